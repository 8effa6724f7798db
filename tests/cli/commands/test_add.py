"""`incidex add` and `incidex reanalyse`, with a stand-in for the model: a line for each source, failures, going on."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidex.cli.commands.add import add_sources
from incidex.cli.commands.reanalyse import reanalyse_all
from incidex.cli.support.console import Console
from incidex.pipeline import SentenceScorer
from incidex.store import Store, open_store

FERRY = "Kestrel Ferries said on Tuesday that thieves stole the names of its passengers. It is sorry for it.\n"
BANK = "Marrow Bank said on Friday that a flaw in its web site let somebody read the letters of customers.\n"

Run = Callable[..., int]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as store:
        yield store


@pytest.fixture
def run(store: Store, encoder: SentenceScorer) -> Run:
    def run(*sources: Path, as_json: bool = False) -> int:
        with Console() as console:
            return add_sources(
                [str(source) for source in sources], store, console=console, encoder=lambda: encoder, as_json=as_json
            )

    return run


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_line_for_each_source(run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ferry, bank = written(tmp_path / "ferry.txt", FERRY), written(tmp_path / "bank.txt", BANK)
    assert run(ferry, bank) == 0
    assert run(ferry) == 0
    written(ferry, FERRY.replace("Tuesday", "Wednesday"))
    assert run(ferry) == 0
    first, second, third, fourth = capsys.readouterr().out.splitlines()
    assert first.startswith(f"added          {ferry}  ->  ")
    assert first.endswith("(1 document)")
    assert second.startswith(f"added          {bank}  ->  ")
    assert third.startswith(f"known already  {ferry}  ->  ")
    assert fourth.startswith(f"new revision   {ferry}  ->  ")
    assert len(store.document_ids()) == 2


def test_a_source_that_fails_is_named_and_all_others_are_added(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "missing.txt", written(tmp_path / "ferry.txt", FERRY), tmp_path / "gone.txt") == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == len(store.document_ids()) == 1
    assert f"error: {tmp_path / 'missing.txt'} does not exist." in err
    assert "2 of 3 sources could not be used; all others are done." in err


def test_json_is_one_list(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ferry = written(tmp_path / "ferry.txt", FERRY)
    assert run(ferry, tmp_path / "missing.txt", as_json=True) == 1
    added, failed = json.loads(capsys.readouterr().out)
    assert (added["source"], added["status"]) == (str(ferry), "added")
    assert added["incidents"][0]["documents"] == [added["document"]]
    assert (failed["status"], failed["reason"].partition("\n")[0]) == (
        "failed",
        f"{tmp_path / 'missing.txt'} does not exist.",
    )


def test_what_the_analysis_warns_of_is_said_once(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.findings._MOST_SEARCHED", 30)
    article = written(tmp_path / "long.txt", "Thieves stole $5 million from the Alder ferry line, and paid nobody.")
    assert run(article) == 0
    assert capsys.readouterr().err.count("warning: ") == 1


def test_what_is_known_is_not_analysed_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ferry = written(tmp_path / "ferry.txt", FERRY)
    run(ferry)
    monkeypatch.setattr("incidex.pipeline.analyse", lambda *_, **__: pytest.fail("It was analysed again."))
    assert run(ferry, written(tmp_path / "copy.txt", FERRY)) == 0
    assert capsys.readouterr().out.count("known already") == 2


def test_an_interruption_keeps_what_is_done(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = [written(tmp_path / f"{number}.txt", f"Ship {number}: thieves stole it.") for number in range(9)]
    # The package has the command under the name of its module.
    module = sys.modules["incidex.cli.commands.add"]
    add, done = module._add, list[str]()

    def interrupted(source: str, *rest: object) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(source)
        add(source, *rest)

    monkeypatch.setattr(module, "_add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(*sources, as_json=True)
    assert len(json.loads(capsys.readouterr().out)) == len(store.document_ids()) == 3
    monkeypatch.undo()
    assert run(*sources) == 0
    assert len(store.document_ids()) == 9


def test_reanalyse_takes_the_present_model(
    run: Run, store: Store, encoder: SentenceScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(written(tmp_path / "ferry.txt", FERRY))
    (before,) = store.incidents()
    store.correct(store.document_ids()[0], "It is sorry for it.", labels=["AttackRansom"], author="Ada")
    capsys.readouterr()
    with Console() as console:
        assert reanalyse_all(store, console=console, encoder=lambda: encoder) == 0
        assert "words-1 and this version have already analysed" in capsys.readouterr().err
        encoder.name = "words-2"
        assert reanalyse_all(store, console=console, encoder=lambda: encoder, as_json=True) == 0
    (anew,) = json.loads(capsys.readouterr().out)
    assert (anew["status"], anew["incidents"][0]["id"]) == ("analysed anew", before.id)
    analysis = store.analysis(store.document_ids()[0])
    assert analysis.model == "words-2"
    assert analysis.sentences[1].labels == ("AttackRansom",)


def test_the_items_of_a_feed_are_added_each_for_itself(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>https://wire.example/{number}</link>"
        f"<content:encoded>{text}</content:encoded></item>"
        for number, (title, text) in enumerate([("Ferry line robbed", FERRY), ("A flaw in a bank", BANK)])
    )
    feed = written(
        tmp_path / "feed.xml",
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Harbour &amp; Wire</title>{items}<item/></channel></rss>",
    )
    assert (
        run(
            feed,
            written(tmp_path / "broken.rss", "<rss>"),
            written(tmp_path / "notes.xml", "<?xml version='1.0'?><a/>"),
        )
        == 1
    )
    out, err = capsys.readouterr()
    first, second = out.splitlines()
    assert first.startswith("added          https://wire.example/0  ->  ")
    assert second.startswith("added          https://wire.example/1  ->  ")
    assert "1 items without any text are left out" in err
    assert "broken.rss is a damaged feed: " in err
    assert "notes.xml is XML, not a report" in err
    documents = store.documents(store.document_ids())
    assert [document.publisher for document in documents] == ["Harbour & Wire"] * 2
    assert run(feed) == 0
    assert "known already  https://wire.example/0" in capsys.readouterr().out
