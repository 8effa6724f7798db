"""Title, time, publisher and author are read from JSON-LD, meta tags and <time>, whatever stands in them."""

from typing import Any

import pytest
import yaml
from paths import ROOT

from incidex.ingest.heads import Heads
from incidex.ingest.html_fields import find_fields
from incidex.ingest.html_tree import parse_html

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "ingest" / "html_fields.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_fields(case: dict[str, Any]) -> None:
    script = f'<script type="application/ld+json">{case["ld"]}</script>' if "ld" in case else ""
    tree, json_ld = parse_html(f"<html><body><p>Text.</p>{script}{case.get('html', '')}</body></html>", name="a.html")
    assert find_fields(tree, json_ld) == Heads(**case["expected"])


def test_very_deep_json_ld_is_passed_over() -> None:
    tree, _ = parse_html("<p>Text.</p>", name="a.html")
    deep = '{"@type": "Article", "a": ' * 500 + '{"@type": "Article", "author": "Jane Roe"}' + "}" * 500
    assert find_fields(tree, ["[" * 100_000, deep]).author is None
