"""What is found beside events, and that labels alone do without it."""

import subprocess
import sys

import pytest

from incidex import findings as module
from incidex.findings import findings
from incidex.records import Block, BlockKind, Document, Event, EventMention, Realis, Sentence, Span

TEXT = "On 3 May 2017 the group Fancy Bear used evil[.]example[.]net against 40,000 people at Acme Foods Inc."


def test_everything_stands_in_its_place() -> None:
    found = findings(Document(TEXT), [Sentence(Span(0, len(TEXT)))], ())
    assert [time.begins for time in found["times"]] == ["2017-05-03"]
    assert [one.mentions[0].of(TEXT) for one in found["entities"]] == ["Fancy Bear", "Acme Foods Inc"]
    assert "40,000 people" in [one.span.of(TEXT) for one in found["quantities"]]
    assert found["claims"] == ()


def test_a_known_actor_is_accused_by_its_name_alone() -> None:
    text = "Foxglove linked the attack to Scattered Spider."
    event = Event((EventMention(Span(18, 28), "AttackDatabreach", Realis.ACTUAL),))
    (claim,) = findings(Document(text), [Sentence(Span(0, len(text)))], (event,))["claims"]
    assert claim.accused
    assert claim.accused.of(text) == "Scattered Spider"


def test_of_a_text_longer_than_any_article_the_beginning_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{TEXT} Nobody paid the $5 million."
    sentences = [Sentence(Span(0, len(TEXT))), Sentence(Span(len(TEXT) + 1, len(text)))]
    document = Document(text, (Block(Span(0, len(text)), BlockKind.BODY),))
    whole = findings(document, sentences, ())
    assert "$5 million" in [one.span.of(text) for one in whole["quantities"]]
    assert whole["document"] == document
    monkeypatch.setattr(module, "_MOST_SEARCHED", len(text) - 1)
    cut = findings(document, sentences, ())
    assert cut["document"].text == text
    assert f"the first {len(TEXT)} alone" in cut["document"].warnings[0]
    assert cut["indicators"] == whole["indicators"] != ()
    assert cut["quantities"] == whole["quantities"][:-1]
    assert findings(cut["document"], sentences, ())["document"] == cut["document"]


def test_labels_alone_do_not_load_it() -> None:
    code = "import sys, incidex; incidex.label('Thieves stole data.'); assert 'incidex.findings' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
