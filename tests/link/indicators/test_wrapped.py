"""Values that were broken at the end of a line are read whole."""

import pytest

from incidex.link.indicators.wrapped import wrapped_forms
from incidex.records import Block, BlockKind, Span

HALF = "28b41fbae3fec855c2f4779dde8d4e99"


def wrapped(first: str, second: str) -> list[str]:
    text = f"{first}\n\n{second}"
    spans = (Span(0, len(first)), Span(len(first) + 2, len(text)))
    return [form.value for _, form in wrapped_forms(text, [Block(span, BlockKind.BODY) for span in spans])]


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        pytest.param(f"SHA-256: {HALF}", f"{HALF[::-1]} and", [HALF + HALF[::-1]], id="a SHA-256 in two"),
        pytest.param(HALF, HALF[::-1], [], id="two MD5 in a list"),
        pytest.param(f"MD5: {HALF}", HALF[::-1], [], id="two MD5 below their name"),
        pytest.param(HALF[:20], f"{HALF[20:]}.", [HALF], id="an MD5 in two"),
        pytest.param("the flaw CVE-2026-", "12345 was", ["CVE-2026-12345"], id="a CVE number after its hyphen"),
        pytest.param("the flaw CVE", "-2026-12345 was", ["CVE-2026-12345"], id="a CVE number before its year"),
        pytest.param("the server 192.0.", "2[.]7 was", ["192.0.2.7"], id="an address"),
        pytest.param("the share was 12.", "5.30 p.m.", [], id="numbers"),
        pytest.param("as in 2026", "12345 people", [], id="two numbers"),
    ],
)
def test_halves_are_joined(first: str, second: str, values: list[str]) -> None:
    assert wrapped(first, second) == values
