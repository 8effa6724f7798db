"""What is found beside events, and that labels alone do without it."""

import subprocess
import sys

from incidex.findings import findings
from incidex.records import Document, Sentence, Span

TEXT = "On 3 May 2017 the group Fancy Bear used evil[.]example[.]net against 40,000 people at Acme Foods Inc."


def test_everything_stands_in_its_place() -> None:
    found = findings(Document(TEXT), [Sentence(Span(0, len(TEXT)))], ())
    assert [time.begins for time in found["times"]] == ["2017-05-03"]
    assert [one.mentions[0].of(TEXT) for one in found["entities"]] == ["Fancy Bear", "Acme Foods Inc"]
    assert "40,000 people" in [one.span.of(TEXT) for one in found["quantities"]]
    assert found["claims"] == ()


def test_labels_alone_do_not_load_it() -> None:
    code = "import sys, incidex; incidex.label('Thieves stole data.'); assert 'incidex.findings' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
