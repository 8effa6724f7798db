"""Title, date, publisher and author are found in the lines around an article."""

from typing import Any

import pytest
import yaml
from paths import ROOT

from incidex.ingest.heads import Heads, find_heads
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
