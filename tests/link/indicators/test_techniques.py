"""Techniques of ATT&CK have numbers, and some have names that nothing else has."""

import re

import pytest

from incidex.link.indicators.techniques import is_technique, may_be_new, named_form, names_pattern


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("spearphishing attachment", "T1566.001"),
        ("Spear-Phishing Link", "T1566.002"),
        ("spear phishing links", "T1566.002"),
        ("credential-stuffing", "T1110.004"),
        ("DLL side-loading", "T1574.001"),
        ("DLL sideloading", "T1574.001"),
        ("pass-the-hash", "T1550.002"),
        ("web shell", "T1505.003"),
        ("Exploit Public-Facing Application", "T1190"),
    ],
)
def test_a_name_stands_for_its_number(text: str, number: str) -> None:
    match = re.search(names_pattern(), f"They used {text} there.")
    assert match
    form = named_form(match.string, match)
    assert form
    assert form.value == number


@pytest.mark.parametrize("text", ["phishing", "malware", "a tool", "domains", "the server", "spearphishing"])
def test_ordinary_words_stand_for_none(text: str) -> None:
    assert not re.search(names_pattern(), f"They used {text} there.")


def test_a_name_beside_its_number_is_not_found_again() -> None:
    match = re.search(names_pattern(), "T1110.003 Password Spraying")
    assert match
    assert named_form(match.string, match) is None


def test_numbers_are_known_or_newer_than_all_known() -> None:
    assert is_technique("T1566.001")
    assert is_technique("T1064")  # withdrawn
    assert not is_technique("T1250")
    assert not may_be_new("T1250")
    assert may_be_new("T1999")
    assert may_be_new("T1566.009")
