"""Names are brought into one form, and what is no name into none."""

import pytest

from incidex.link.names.spelling import bare_name, spelling


@pytest.mark.parametrize("name", ["APT28", "APT 28", "Apt-28", "apt 28"])
def test_spellings_of_one_name_have_one_key(name: str) -> None:
    form = spelling(name)
    assert form is not None
    assert form.key == "apt28"


@pytest.mark.parametrize(
    ("name", "cuts"),
    [
        pytest.param("FancyBear", {5, 9}, id="capital inside"),
        pytest.param("Fancy Bear", {5, 9}, id="blank"),
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
    assert bare_name("Mirai (ELF)") == "Mirai"
    assert bare_name("[Vault 7] Longhorn") == "Longhorn"
