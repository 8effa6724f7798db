"""Sources are analysed, and what the reader should know is printed."""

from concurrent.futures import Future
from pathlib import Path

import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.documents import analyse_source
from incidex.cli.support.options import Job
from incidex.ingest import read
from incidex.pipeline import SentenceScorer
from incidex.records import Document


def test_a_text_that_is_not_searched_to_its_end_gets_a_warning(
    tmp_path: Path, encoder: SentenceScorer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.findings._MOST_SEARCHED", 30)
    path = tmp_path / "long.txt"
    path.write_text("Thieves stole $5 million from the Alder ferry line.\n\nIt paid $6 million for its ships.", "utf-8")
    with Console() as console:
        document: Future[Document] = Future()
        document.set_result(read(path))
        analysis = analyse_source(str(path), document, Job(), console, lambda: encoder, events=True)
    assert analysis.quantities == ()
    assert capsys.readouterr().err == f"warning: {path}: {analysis.document.warnings[0]}\n"
