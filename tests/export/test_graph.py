"""The graph of who says what about whom."""

import json
from dataclasses import replace

import dossier_case

from incidex.export.graph import edges, to_dot, to_graph


def test_an_edge_leads_from_who_says_it_to_whom_it_is_about() -> None:
    made = dossier_case.made()
    made = replace(made, statements=made.actors[0].accused_by + made.actors[0].denied_by)
    found = {(one.claimant, one.kind, one.about, one.sources) for one in edges(made)}
    assert found == {
        ("Jane Roe", "attributed-to", "Night Ledger", (1, 2)),
        ("Night Ledger", "denies", "Night Ledger", (2,)),
    }


def test_json_has_the_part_of_each_name() -> None:
    made = dossier_case.made()
    graph = json.loads(to_graph(replace(made, statements=made.actors[0].accused_by)))
    assert graph["nodes"] == [{"name": "Jane Roe", "part": "claimant"}, {"name": "Night Ledger", "part": "actor"}]
    assert [edge["quote"] for edge in graph["edges"]] == ["Night Ledger did it"]


def test_dot_quotes_what_pages_write_and_dashes_denials() -> None:
    made = dossier_case.made()
    dot = to_dot(replace(made, title='Attack "A\\B"', statements=made.actors[0].denied_by))
    assert dot.startswith('digraph "Attack \\"A\\\\B\\"" {')
    assert '[label="denies [2]", tooltip="it was behind the theft", style=dashed];' in dot
