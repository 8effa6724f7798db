"""Names in plain form."""

import pytest

from incidex.matching.plain_names import plain_name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the Fjord Cargo Inc.", "fjord cargo"),
        ("The company", ""),
        ("users", ""),
        ("its customers", ""),
        ("Barne’s Bakery", "barne bakery"),
    ],
)
def test_plain_name(written: str, expected: str) -> None:
    assert plain_name(written) == expected
