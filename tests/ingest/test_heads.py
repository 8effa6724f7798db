"""Title, date, publisher and author are found in the lines around an article."""

from typing import Any

import pytest
import yaml
from paths import ROOT

from incidex.ingest.heads import Heads, find_heads
from incidex.ingest.plain import from_text
from incidex.records import Block, BlockKind, Span

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "ingest" / "heads.yaml").read_text("utf-8"))
PARAGRAPH = (
    "Attackers have locked the servers of the bank and demanded a ransom of two million crowns, it said on Friday."
)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_heads(case: dict[str, Any]) -> None:
    text = ""
    blocks = []
    for kind, written in case["lines"]:
        line = written.replace("PARAGRAPH", PARAGRAPH).replace("LONG", "x" * 400)
        blocks.append(Block(Span(len(text), len(text) + len(line)), BlockKind(kind)))
        text += line + "\n"
    assert find_heads(text, blocks) == Heads(**case["expected"])


PROSE = "The gang behind the ransomware Marlock asked the victims of its attacks for money, Brim Labs said on Monday."


CLINICS = "Ransomware aimed at clinics"
FENRAT = "2025-08-15 (FRIDAY): QUILL STEALER WITH FENRAT"
DEMANDS = "Marlock raises its demands"
VERBS = ["remove", "open", "hide", "find", "share", "print", "restore", "save", "move", "copy"]
NOUNS = ["files", "mail", "tools", "pictures", "keys", "notes", "logs"]
MENU = (
    "\n\n".join(f"How to {verb} {noun} on your computer" for verb in VERBS for noun in NOUNS)
    + "\n\nDownloads\n\nForums"
)


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        pytest.param(f"JOINT ADVISORY\n\n{CLINICS}\n\nAB20-302A October 28, 2020", CLINICS, "2020-10-28", id="number"),
        pytest.param(f"Threat Report\n\n{CLINICS}", CLINICS, None, id="kind of report"),
        pytest.param(f"{FENRAT}\n\nNOTES:", FENRAT, "2025-08-15", id="date first"),
        pytest.param(
            f"News\n\n{MENU}\n\n{DEMANDS}\n\nBy Ann Lee\n\nMay 10, 2020", DEMANDS, "2020-05-10", id="below a long menu"
        ),
        pytest.param(f"{DEMANDS} | Example Times", DEMANDS, None, id="name of the site"),
    ],
)
def test_titles_and_dates_of_advisories(text: str, title: str, date: str | None) -> None:
    document = from_text(f"{text}\n\n{PROSE}")
    assert (document.title, document.published_at) == (title, date)


def test_the_credit_of_a_picture_is_no_publisher() -> None:
    assert from_text(f"Marlock raises its demands\n\nSource: Getty Images\n\n{PROSE}").publisher is None
