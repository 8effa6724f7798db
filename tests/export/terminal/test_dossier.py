"""The briefing for terminals: it fits, it says where everything stands, and hostile words do nothing."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from incidex.export.terminal.dossier import to_terminal_dossier
from incidex.records import Dossier

HOSTILE = "<script>alert(1)</script> \x1b]0;title\x07 \u202egpj.exe"


@pytest.mark.parametrize("width", [40, 80, 100])
def test_every_line_fits(made: Dossier, width: int) -> None:
    lines = to_terminal_dossier(made, width=width, colour=False).splitlines()
    assert max(map(len, lines)) <= width


def test_it_says_what_differs_who_denies_and_what_counts_once(made: Dossier) -> None:
    text = to_terminal_dossier(made, width=200, colour=False)
    assert "people (reports differ)" in text
    assert "Night Ledger (disputed)" in text
    assert "denied by Night Ledger “it was behind the theft” (likely) [2]" in text
    assert "one claimant in 2 reports" in text
    assert "3 reports, 2 independent sources" in text
    assert "counted together with [1]: A copy of Harbour Post" in text


def test_it_says_why_reports_are_together_and_which_incidents_may_belong_to_it(made: Dossier) -> None:
    related = replace(made, reasons=("same victim: acme foods",), related=("9d0c61aa-0000", "71fe22bb-0000"))
    text = to_terminal_dossier(related, colour=False, titles={"9d0c61aa-0000": "Zeta Bank robbed \x1b[2J"})
    assert "\nWhy these reports were grouped\n  same victim: acme foods\n" in text
    assert "\nPossibly related incidents\n  9d0c61aa Zeta Bank robbed" in text
    assert "\n  71fe22bb\n" in text
    assert "\x1b" not in text


def test_words_stand_in_one_pair_of_quotation_marks(made: Dossier) -> None:
    (said,) = (replace(one, quote='"We do not pay,"') for one in made.status_evidence[:1])
    text = to_terminal_dossier(replace(made, status_evidence=(said,)), width=200, colour=False)
    assert "“We do not pay,”" in text


def test_control_characters_and_long_names_do_nothing(hostile: Callable[[str], Dossier]) -> None:
    text = to_terminal_dossier(hostile(HOSTILE + " Aa" * 100_000), colour=False)
    assert not [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf") and letter != "\n"]
    assert len(text) < 20_000


def test_colours_say_nothing_that_words_do_not(made: Dossier) -> None:
    plain, painted = to_terminal_dossier(made, colour=False), to_terminal_dossier(made, colour=True)
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain
