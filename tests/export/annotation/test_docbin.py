"""DocBin: spaCy reads it, every span is exact, and nothing of the events is lost. Skipped where spaCy is missing."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
from drawn import analyses
from hypothesis import given, settings
from paths import ROOT

from incidex.errors import MissingExtra
from incidex.export import formats
from incidex.export.annotation.docbin import to_docbin
from incidex.records import Analysis, Document

SKIPPED = pytest.mark.skipif(find_spec("spacy") is None, reason="needs the extra 'spacy'")
PAGE = ROOT / "docs" / "reference" / "formats" / "docbin.md"


def needs_spacy(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test that is run where analysts' tools are installed, and skipped where spaCy is not."""
    return pytest.mark.readers(SKIPPED(test))


def read(content: bytes) -> list[Any]:
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_bytes(content).get_docs(spacy.blank("en").vocab))


def spans(doc: Any, key: str) -> list[tuple[int, int, str, str]]:
    return [(span.start_char, span.end_char, span.label_, span.id_) for span in doc.spans[key]]


@needs_spacy
def test_what_is_where(analysis: Analysis) -> None:
    (doc,) = read(to_docbin([analysis]))
    text = analysis.document.text
    assert doc.text == text
    assert [span.text for span in doc.spans["triggers"]] == ["loses", "stole", "theft", "pay <b>saltmarsh</b> a ransom"]
    assert [(span.label_, span.id_) for span in doc.spans["triggers"]] == [
        ("AttackDatabreach", "E1"),
        ("AttackDatabreach", "E2"),
        ("AttackDatabreach", "E3"),
        ("AttackRansom", "E4"),
    ]
    assert ("Thieves", "Attacker", "E2") in [(span.text, span.label_, span.id_) for span in doc.spans["arguments"]]
    assert ("Thieves", "Person") in [(span.text, span.label_) for span in doc.spans["entities"]]
    assert [span.label_ for span in doc.spans["sentences"]] == [
        "AttackDatabreach",
        "AttackDatabreach",
        "O",
        "AttackDatabreach",
        "AttackRansom",
    ]
    data = doc.user_data["incidex"]
    assert (data["id"], data["source"], data["model"]) == (analysis.document.id, analysis.document.source, "fake-1")
    assert data["mentions"]["E3"] == {"event": 0, "realis": "Other"}


@needs_spacy
@given(analyses())
@settings(deadline=None, max_examples=100)
def test_nothing_is_lost(analysis: Analysis) -> None:
    (doc,) = read(to_docbin([analysis]))
    assert doc.text == analysis.document.text
    mentions = [mention for event in analysis.events for mention in event.mentions]
    named = [(f"E{place}", mention) for place, mention in enumerate(mentions, 1)]
    assert spans(doc, "triggers") == [(m.trigger.start, m.trigger.end, m.event_type, name) for name, m in named]
    assert spans(doc, "arguments") == [
        (a.span.start, a.span.end, a.role, name) for name, m in named for a in m.arguments
    ]
    assert set(spans(doc, "entities")) == {
        (a.span.start, a.span.end, a.entity_type, "") for _, m in named for a in m.arguments
    }
    assert spans(doc, "sentences") == [
        (one.span.start, one.span.end, label, "") for one in analysis.sentences for label in one.labels or ("O",)
    ]
    data = doc.user_data["incidex"]["mentions"]
    assert [data[name]["realis"] for name, _ in named] == [mention.realis for mention in mentions]
    assert [data[name]["event"] for name, _ in named] == [
        number for number, event in enumerate(analysis.events) for _ in event.mentions
    ]


@needs_spacy
def test_several_documents_are_in_one_file(analysis: Analysis) -> None:
    assert len(read(to_docbin([analysis, analysis]))) == 2


@needs_spacy
def test_a_file_name_that_is_no_unicode_does_not_stop_it() -> None:
    (doc,) = read(to_docbin([Analysis(Document("Thieves stole.", source="caf\udce9.txt"), (), "")]))
    assert doc.user_data["incidex"]["source"] == "caf\ufffd.txt"


@needs_spacy
def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"^```py\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    exec(code, {})
    assert "triggers [('stole', 'AttackDatabreach', 'E1')]" in capsys.readouterr().out


def test_without_spacy_the_message_says_what_to_install(analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"incidex\[spacy\]"):
        to_docbin([analysis])
