"""`incidex evaluate incidents`: scores merging against articles that people grouped into incidents."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model, open_pool, open_reader
from incidex.cli.support.options import Reading
from incidex.cli.support.sources import expand_sources, for_each
from incidex.cli.support.values import Source
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.evaluation.incidents import Gold, IncidentScores
    from incidex.evaluation.score import Score
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis


@click.command(short_help="Precision and recall of merging.")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option("--articles", type=Source(), multiple=True, metavar="SOURCE", help="Articles to merge; repeat for more.")
@options.JSON
@options.MODEL
@options.with_console()
def incidents(console: Console, gold: Path, articles: tuple[str, ...], as_json: bool, model: Path | None) -> int:
    """
    Score merging against GOLD, a JSON file that says which articles report the same incident.

    All articles are analysed and merged, and those that GOLD lists are scored. GOLD names each by its file name
    without the ending. Without --articles, they are read from the folder `casie` beside the folder of GOLD.

    Example: incidex evaluate incidents corpus/incidents/dev.json
    """
    sources = articles or (str(gold.resolve().parent.parent / "casie"),)
    return evaluate_gold(gold, sources, as_json=as_json, console=console, encoder=partial(open_model, model))


def evaluate_gold(
    path: Path,
    sources: Sequence[str],
    *,
    as_json: bool,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
) -> int:
    """Merge all `sources`, score them against the gold at `path`, print the report and return the exit code."""
    from incidex.evaluation.incidents import evaluate_incidents, read_gold
    from incidex.matching.merge import merge
    from incidex.pipeline import analyse

    gold = read_gold(path)
    console.protect([path])
    found = {Path(source).stem: source for source in expand_sources(sources, console)}
    _check(gold, frozenset(found), path, sources)
    analyses: dict[str, Analysis] = {}

    def analyse_one(source: str) -> None:
        analyses[Path(source).stem] = analyse(reader.read(source), encoder=encoder())

    with open_pool(Reading()) as pool, open_reader(Reading(), pool) as reader:
        code = for_each(tuple(found.values()), analyse_one, console)
    names: dict[str, list[str]] = {}
    for name, analysis in analyses.items():
        names.setdefault(analysis.document.id, []).append(name)
    merged = merge(analyses.values())
    scores = evaluate_incidents(
        gold, [[name for document in incident.documents for name in names[document]] for incident in merged]
    )
    write = to_json if as_json else to_table
    console.write(write(scores, articles=len(analyses), incidents=len(merged), judged=encoder().name))
    return code


def _check(gold: "Gold", found: frozenset[str], path: Path, sources: Sequence[str]) -> None:
    missing = sorted(gold.listed - found)
    if missing:
        raise InputError(
            f"{path} lists {len(missing)} articles that are not in {', '.join(sources)}, such as {missing[0]}.\n"
            "Name the folder that holds them with --articles."
        )


def to_json(scores: "IncidentScores", *, articles: int, incidents: int, judged: str) -> str:
    """Return the scores as one JSON object; see `to_table`."""
    from incidex.export.jsonl.values import json_text

    content = {"judged": judged, "articles": articles, "incidents": incidents, **asdict(scores)}
    return json_text(content, indent=2)


def to_table(scores: "IncidentScores", *, articles: int, incidents: int, judged: str) -> str:
    """
    Return the scores as a person reads them.

    Args:
        articles: How many articles were merged, including those that are not scored.
        incidents: How many incidents came out.
        judged: The name of the model.
    """
    lines = [
        f"Judged: {judged}",
        f"Articles: {articles}, of which {scores.documents} are scored; incidents: {incidents}",
        "",
        f"{'':<44}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}",
        _row("pairs of articles in one incident", scores.pairs),
        _row("B3, articles of incidents with several", scores.b3),
        _row("pairs, mean over incidents", scores.macro),
        "",
        f"Look-alike pairs merged: {len(scores.look_alikes)} of {scores.look_alikes_listed}",
        *(f"  {one} {other}" for one, other in scores.look_alikes),
        f"Pairs wrongly merged: {len(scores.false_pairs)}",
        *(f"  {one} {other}" for one, other in scores.false_pairs),
    ]
    return "".join(f"{line}\n" for line in lines)


def _row(name: str, score: "Score") -> str:
    return f"{name:<44}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.support:>7}"
