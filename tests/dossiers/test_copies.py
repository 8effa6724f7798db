"""Near-copies: the bundled syndicated article and its cuts are found, other reports of the same event are not."""

import pytest
from paths import ROOT

from incidex.dossiers.copies import COPIED, containment, copies, shingles
from incidex.dossiers.report import Report, report
from incidex.ingest import from_text, read
from incidex.records import Analysis, Document
from incidex.text.sentences import document_sentences

EXAMPLES = ROOT / "examples"
NAMES = ("northern-wire-ferry-leak.txt", "gullholm-gazette-ferry-leak.html")
OTHERS = ("alder-courier-ferry-leak.txt", "observer-ferry-leak.html", "skerry-radio-ferry-leak.html")


def of_document(document: Document) -> Report:
    return report(Analysis(document, document_sentences(document), "none"), ())


@pytest.fixture(scope="module")
def articles() -> dict[str, Report]:
    return {name: of_document(read(str(EXAMPLES / name))) for name in (*NAMES, *OTHERS)}


def test_a_syndicated_copy_with_another_headline_and_cuts_is_a_copy(articles: dict[str, Report]) -> None:
    wire, printed = (shingles(articles[name]) for name in NAMES)
    assert containment(wire, printed) > 0.9


@pytest.mark.parametrize("other", OTHERS)
def test_another_hand_s_report_of_the_same_event_is_none(articles: dict[str, Report], other: str) -> None:
    own = shingles(articles[other])
    assert all(containment(own, shingles(found)) < 0.1 for name, found in articles.items() if name != other)


@pytest.mark.parametrize(("kept", "expected"), [(1.0, True), (0.5, True), (0.25, True)])
def test_how_much_was_cut_matters_little(articles: dict[str, Report], kept: float, expected: bool) -> None:
    wire = articles[NAMES[0]]
    text = wire.document.text
    cut = of_document(from_text(text[: int(len(text) * kept)]))
    assert (containment(shingles(wire), shingles(cut)) > COPIED) is expected


def test_each_copy_leads_to_the_first_of_its_kind(articles: dict[str, Report]) -> None:
    found = copies([shingles(articles[name]) for name in (NAMES[0], *OTHERS, NAMES[1])])
    assert found == {4: 0}


def test_a_short_note_is_never_a_copy() -> None:
    note = of_document(from_text("Acme Foods was attacked on Monday, it said."))
    assert copies([shingles(note)] * 2) == {}


def test_five_hundred_copies_take_no_time(articles: dict[str, Report]) -> None:
    found = copies([shingles(articles[NAMES[0]])] * 500)
    assert len(found) == 499
    assert set(found.values()) == {0}
