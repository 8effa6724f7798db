"""Writes the scores of events as tables for people and as JSON for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from incidex.evaluation.coreference import Coreference
from incidex.evaluation.events import RealisReport, Report
from incidex.evaluation.score import Score
from incidex.export.jsonl.values import json_text
from incidex.export.terminal.text import printable

_MEANINGS = {
    "TI": "TI   triggers: span",
    "TC": "TC   triggers: span and type",
    "trigger_overlap": "     triggers: overlap and type",
    "AI": "AI   arguments: span",
    "AC": "AC   arguments: span and role",
    "AI+": "AI+  arguments: span and trigger",
    "AC+": "AC+  arguments: span, role and trigger",
}
_HEAD = f"{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}"


def to_json(report: Report, given: Report | None, *, judged: str) -> str:
    """Return both reports as one JSON object; see `to_table`."""
    content = {
        "judged": judged,
        **_content(report),
        "gold_triggers": _content(given) if given else None,
    }
    return json_text(content, indent=2)


def to_table(report: Report, given: Report | None, *, judged: str) -> str:
    """
    Return both reports as tables.

    Args:
        report: The scores of events predicted from the text alone.
        given: The scores of events predicted from the text and the gold triggers; None if there are none.
        judged: What was scored against the gold data: the name of the model, or the path of the predictions.
    """
    lines = [
        f"Judged: {judged}",
        f"Articles: {report.articles}; events: {report.events[0]} in gold, {report.events[1]} predicted",
        "",
        *_scores(report, "Triggers and arguments", tuple(_MEANINGS)),
        "",
        *_beyond_spans(report),
        *(_with_gold_triggers(given) if given else ()),
        "",
        *_event_types(report),
        "",
        *_roles(report),
    ]
    return printable("".join(f"{line}\n" for line in lines))


def _content(report: Report) -> dict[str, Any]:
    gold, predicted = report.events
    return {
        "articles": report.articles,
        "events": {"gold": gold, "predicted": predicted},
        **{name: asdict(score) for name, score in report.scores},
        "realis": _realis_content(report.realis),
        "coreference": _coreference_content(report.coreference),
        "event_types": {name: {key: asdict(score) for key, score in scores} for name, scores in report.event_types},
        "roles": {name: {key: asdict(score) for key, score in scores} for name, scores in report.roles},
    }


def _realis_content(realis: RealisReport) -> dict[str, Any]:
    return {
        "matched": realis.matched,
        "accuracy": realis.accuracy,
        "macro_f1": realis.macro_f1,
        "classes": {name: asdict(score) for name, score in realis.classes},
    }


def _coreference_content(coreference: Coreference) -> dict[str, Any]:
    scores = {"MUC": coreference.muc, "B3": coreference.b3, "CEAFe": coreference.ceafe}
    return {**{name: asdict(score) for name, score in scores.items()}, "CoNLL": coreference.conll}


def _scores(report: Report, title: str, names: tuple[str, ...]) -> Iterator[str]:
    yield f"{title:48}{_HEAD}"
    for name, score in report.scores:
        if name in names:
            yield _row(_MEANINGS[name], score)


def _with_gold_triggers(given: Report) -> Iterator[str]:
    yield ""
    yield "With the gold triggers given:"
    yield ""
    yield from _scores(given, "Arguments", ("AI", "AC", "AI+", "AC+"))
    yield ""
    yield from _beyond_spans(given)


def _beyond_spans(report: Report) -> Iterator[str]:
    realis, coreference = report.realis, report.coreference
    yield f"{'Realis':48}{_HEAD}"
    yield from (_row(f"     {name}", score) for name, score in realis.classes)
    yield (
        f"Triggers with the right span and type: {realis.matched}; accuracy on them {realis.accuracy:.3f}, "
        f"macro F1 {realis.macro_f1:.3f}."
    )
    yield ""
    yield f"{'Coreference':48}{_HEAD}"
    yield _row("     MUC: links", coreference.muc)
    yield _row("     B3: mentions", coreference.b3)
    yield _row("     CEAFe: events", coreference.ceafe)
    yield f"CoNLL, the mean of the three F1: {coreference.conll:.3f}."


def _row(name: str, score: Score) -> str:
    return f"{name:48}{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}{score.support:7}"


def _event_types(report: Report) -> Iterator[str]:
    yield f"{'F1 of each event type':26}{'TC':>8}{'overlap':>9}{'AI':>8}{'AC':>8}{'AI+':>8}{'AC+':>8}{'gold':>7}"
    for name, scores in report.event_types:
        trigger, overlap, *arguments = (score.f1 for _, score in scores)
        rest = "".join(f"{f1:8.3f}" for f1 in arguments)
        yield f"{name:26}{trigger:8.3f}{overlap:9.3f}{rest}{scores[0][1].support:7}"


def _roles(report: Report) -> Iterator[str]:
    yield f"{'F1 of each role':26}{'AC':>8}{'AC+':>8}{'gold':>7}"
    for name, scores in report.roles:
        ac, ac_plus = (score for _, score in scores)
        yield f"{name:26}{ac.f1:8.3f}{ac_plus.f1:8.3f}{ac_plus.support:7}"
