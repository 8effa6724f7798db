"""Who reads the results, and whether in colour."""

from pathlib import Path

import pytest

from incidex.cli.support.analysing import analysed, for_people, wants_colour
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.pipeline import SentenceScorer


@pytest.mark.parametrize(
    ("job", "is_terminal", "expected"),
    [
        pytest.param(Job(), True, True, id="terminal"),
        pytest.param(Job(), False, False, id="pipe"),
        pytest.param(Job(color="always"), False, True, id="pipe that wants colours, such as less -R"),
        pytest.param(Job(color="never"), True, True, id="terminal without colours"),
        pytest.param(Job(output_dir=Path("out"), color="always"), True, False, id="files"),
    ],
)
def test_results_are_for_people(job: Job, is_terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "is_terminal", is_terminal)
    assert for_people(job, Console()) is expected


@pytest.mark.parametrize(
    ("color", "environment", "expected"),
    [
        pytest.param("auto", {"TERM": "xterm"}, True, id="by default"),
        pytest.param("auto", {"NO_COLOR": "1"}, False, id="no-color.org"),
        pytest.param("auto", {"NO_COLOR": "", "TERM": "xterm"}, True, id="empty is not set"),
        pytest.param("auto", {"TERM": "dumb"}, False, id="a terminal that has none"),
        pytest.param("always", {"NO_COLOR": "1"}, True, id="an option is stronger"),
        pytest.param("never", {"TERM": "xterm"}, False, id="never"),
    ],
)
def test_colours(color: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(color) is expected


def test_a_text_that_is_not_searched_to_its_end_gets_a_warning(
    tmp_path: Path, encoder: SentenceScorer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.findings._MOST_SEARCHED", 30)
    path = tmp_path / "long.txt"
    path.write_text("Thieves stole $5 million from the Alder ferry line.\n\nIt paid $6 million for its ships.", "utf-8")
    with Console() as console:
        analysis = analysed(str(path), Job(), console, lambda: encoder, events=True)
    assert analysis.quantities == ()
    assert capsys.readouterr().err == f"warning: {path}: {analysis.document.warnings[0]}\n"
