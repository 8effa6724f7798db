"""Names are brought into one form, and what is no name has none."""

import pytest

from incidex.english.names import (
    name_key,
    plain_name,
    spelling,
    without_introduction,
    without_legal_form,
    without_possessive,
    without_remark,
    without_title,
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("The Acme Corp.", "acme"),
        ("Acme Holdings,  Inc.", "acme holdings"),
        ("Mr. Macron", "macron"),
        ("Lt. Gen. Jane Roe", "jane roe"),
        ("Macron’s party", "macron's party"),
        ("the company", "company"),
        ("Limited", "limited"),
    ],
)
def test_plain_names(written: str, plain: str) -> None:
    assert plain_name(written) == plain


def test_words_keep_their_case_where_an_end_is_cut_off() -> None:
    assert without_legal_form(("Acme", "Foods", "Ltd")) == ("Acme", "Foods")
    assert without_title(("Mr", "Roe")) == ("Roe",)


def test_words_in_front_are_no_part_of_a_name() -> None:
    assert without_introduction(("the", "group", "Grey", "Heron")) == ("Grey", "Heron")
    assert without_introduction(("The", "Wire")) == ("Wire",)
    assert without_introduction(("360", "Security")) == ("360", "Security")


@pytest.mark.parametrize("written", ["Acme’s", "Acme's", "Acme"])
def test_a_possessive_is_no_part_of_a_name(written: str) -> None:
    assert without_possessive(written) == "Acme"


@pytest.mark.parametrize("name", ["En Marche!", "en-marche", "Én Marché"])
def test_a_key_has_letters_and_digits_alone(name: str) -> None:
    assert name_key(name) == "enmarche"


@pytest.mark.parametrize("name", ["APT28", "APT 28", "Apt-28", "apt 28"])
def test_spellings_of_one_name_have_one_key(name: str) -> None:
    form = spelling(name)
    assert form is not None
    assert form.key == "apt28"


@pytest.mark.parametrize(
    ("name", "cuts"),
    [
        pytest.param("FancyBear", {5, 9}, id="capital inside"),
        pytest.param("Fancy Bear", {5, 9}, id="space"),
        pytest.param("Fancybear", {9}, id="one word"),
        pytest.param("TA505", {2, 5}, id="digits"),
        pytest.param("njRAT", {2, 5}, id="capitals at the end"),
    ],
)
def test_a_name_is_divided_where_its_parts_end(name: str, cuts: set[int]) -> None:
    form = spelling(name)
    assert form is not None
    assert form.cuts == cuts


@pytest.mark.parametrize(
    "name",
    ["", "X", "28", "Backdoor.Win32.PoisonIvy", "Trojan:Win32/Sisproc", "Unidentified 103 (FIN8)", "a" * 60, "$$$"],
)
def test_what_is_no_name_has_no_spelling(name: str) -> None:
    assert spelling(name) is None


def test_a_remark_in_brackets_is_no_part_of_a_name() -> None:
    assert without_remark("Mirai (ELF)") == "Mirai"
    assert without_remark("[Vault 7] Longhorn") == "Longhorn"
