"""Where the name of an owner begins, by the bundled list: the cases are those of publicsuffix.org's own test file."""

import pytest

from incidex.link.indicators.suffixes import owned_name, public_suffix, shown


@pytest.mark.parametrize(
    ("host", "suffix", "owned"),
    [
        ("example.com", "com", "example.com"),
        ("b.example.uk.com", "uk.com", "example.uk.com"),
        ("a.b.test.ac", "ac", "test.ac"),
        ("c.kobe.jp", "c.kobe.jp", None),
        ("a.b.c.kobe.jp", "c.kobe.jp", "b.c.kobe.jp"),
        ("www.city.kobe.jp", "kobe.jp", "city.kobe.jp"),
        ("www.test.k12.ak.us", "k12.ak.us", "test.k12.ak.us"),
        ("食狮.公司.cn", "公司.cn", "食狮.公司.cn"),
        ("xn--85x722f.xn--55qx5d.cn", "xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("com", "com", None),
        ("shop.github.io", "github.io", "shop.github.io"),
        ("github.io", "github.io", "github.io"),
        ("abcdef.onion", "onion", "abcdef.onion"),
        ("readme.md", "md", "readme.md"),
        ("file.notadomain", None, None),
        ("xn--a-broken-\udcff.com", "com", "xn--a-broken-\udcff.com"),
    ],
)
def test_owner(host: str, suffix: str | None, owned: str | None) -> None:
    assert (public_suffix(host), owned_name(host)) == (suffix, owned)


@pytest.mark.parametrize(
    ("label", "letters"),
    [("xn--55qx5d", "公司"), ("example", "example"), ("xn--a-broken-\udcff", "xn--a-broken-\udcff")],
)
def test_a_label_is_shown_in_its_own_letters(label: str, letters: str) -> None:
    assert shown(label) == letters
