"""Each way of writing an address so that nobody follows it leads back to the same address."""

import pytest

from incidex.link.indicators.forms import is_defanged, refang


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("hxxp://shop[.]example/A", "http://shop.example/A"),
        ("hXXps[:]//shop(.)example", "https://shop.example"),
        ("h**p://shop{dot}example", "http://shop.example"),
        ("http[:]//shop.example[:]8080/x", "http://shop.example:8080/x"),
        ("fxp://shop.example", "ftp://shop.example"),
        ("sftp://shop[.]example", "sftp://shop.example"),
        (r"shop\.example", "shop.example"),
        ("shop [.] example", "shop.example"),
        ("192.0.2[.]7", "192.0.2.7"),
        ("ann[at]shop[dot]example", "ann@shop.example"),
        ("ann (at) shop (dot) example", "ann@shop.example"),
    ],
)
def test_forms(written: str, value: str) -> None:
    assert refang(written) == value
    assert is_defanged(written) == (written != "sftp://shop.example")
    assert refang(value) == value


@pytest.mark.parametrize("written", ["shop.example", "HTTP://Shop.example/x", "ann@shop.example", "192.0.2.7"])
def test_plain_ones_stay(written: str) -> None:
    assert not is_defanged(written)
    assert refang(written).lower() == written.lower()
