"""
Writes the parts of README and docs that say what the shipped model is and how good it is.

Usage: python docs/model_card.py PART

PART is the name of a function below that takes `Facts`. What is said comes from bundle.json and from
docs/measured.json, which benchmarks/measure.py writes. docs/refresh.py puts the parts into their pages.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from incidex.encoder.bundle import open_bundle

_MEASURED = Path(__file__).resolve().parent / "measured.json"
# How the scores of a bundle are called, and what the page calls them.
_TOTALS = {
    "weighted": "weighted F1",
    "macro_events": "macro F1, events",
    "cross_weighted": "weighted F1, other articles",
    "cross_macro_events": "macro F1, events, other articles",
}
_EVENTS = {
    "TI": "trigger, exact span",
    "TC": "trigger, exact span and type",
    "trigger_overlap": "trigger, overlapping span and type",
    "AI": "argument, exact span",
    "AC": "argument, exact span and role",
    "AI+": "argument, exact span, of which trigger",
    "AC+": "argument, exact span and role, of which trigger",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """
    All that a part may draw on.

    Attributes:
        model: What bundle.json says.
        measured: What benchmarks/measure.py found: for each part its command, day, machine and result.
    """

    model: dict[str, Any]
    measured: dict[str, Any]

    def result(self, part: str) -> Any:
        """Return what was found when `part` was measured."""
        return self.measured[part]["result"]


def main(arguments: list[str]) -> int:
    """Print one part."""
    if len(arguments) != 1 or arguments[0] not in PARTS:
        sys.stderr.write(f"Usage: python docs/model_card.py {'|'.join(PARTS)}\n")
        return 2
    model = open_bundle().metadata
    measured = json.loads(_MEASURED.read_text("utf-8")) if _MEASURED.exists() else {}
    if measured.get("model") != model["files"]["model.onnx"]:
        sys.stderr.write("docs/measured.json is not about the shipped model: run benchmarks/measure.py first.\n")
        return 1
    sys.stdout.write(PARTS[arguments[0]](Facts(model, measured["parts"])) + "\n")
    return 0


def summary(facts: Facts) -> str:
    """Return how good it is, in one paragraph."""
    labels, speed = facts.result("sentences"), facts.result("speed")
    weighted, events = labels["weighted"]["f1"], labels["macro_events"]["f1"]
    return "\n".join(
        [
            f"On {labels['sentences']:,} sentences of articles that it was not trained on, the labels reach a weighted",
            f"F1 of {weighted:.3f} over all six labels and a macro F1 of {events:.3f} over the five event labels. An",
            f"article takes {1000 / speed['incidex']:.0f} ms on {speed['cores']} processor cores, from text to labels;",
            f"BERT-base in PyTorch, a sentence at a time, takes {speed['times_bert']:.1f} times as long.",
        ]
    )


def data(facts: Facts) -> str:
    """Return the base model and the corpora, with their terms."""
    base = facts.model["base"]
    rows = [(base["name"], "weights to begin with", base["licence"], base["source"])]
    rows += [(one["name"], "annotations", one["licence"], f"{one['source']}; {one['cite']}") for one in _corpora(facts)]
    return table(("what", "used as", "licence", "where from"), rows)


def training(facts: Facts) -> str:
    """Return everything that was set, and the hashes of the data."""
    run = facts.model["training"]
    rows = [
        ("seeds", ", ".join(map(str, run["seeds"]))),
        ("prose", "yes" if run["prose"] else "no"),
        *((f"SHA-256 of {part}", f"`{digest}`") for part, digest in run["data"].items()),
        *((f"`{name}`", _setting(value)) for name, value in run["settings"].items()),
    ]
    return table(("setting", "value"), rows)


def labels(facts: Facts) -> str:
    """Return the scores of each label, with the spread over the students, which differ in nothing but the seed."""
    found, runs = facts.result("sentences"), facts.model["training"]["dev"]["students"]
    rows = []
    for name, score in found["labels"].items():
        figures = [f"{score[figure]:.3f}" for figure in ("precision", "recall", "f1")]
        rows.append((f"`{name}`", *figures, score["support"], spread([run["labels"][name] for run in runs])))
    for key, name in (("weighted", "weighted, six labels"), ("macro_events", "macro, five event labels")):
        figures = [f"{found[key][figure]:.3f}" for figure in ("precision", "recall", "f1")]
        rows.append((name, *figures, found[key]["support"], spread([run[key] for run in runs])))
    return table(("label", "precision", "recall", "F1", "gold", f"F1 of {len(runs)} students"), rows)


def networks(facts: Facts) -> str:
    """Return the scores of each network on the way to the shipped one."""
    run, scores = facts.model["training"], facts.model["scores"]
    steps = run["dev"]
    rows: list[tuple[object, ...]] = []
    for name, step in steps.items():
        if isinstance(step, dict):
            rows.append((name, *_totals(step)))
        else:
            rows += [(f"{name}, seed {seed}", *_totals(one)) for seed, one in zip(run["seeds"], step, strict=True)]
            rows.append((f"{name}, mean and spread", *(spread([one[key] for one in step]) for key in _TOTALS)))
    rows.append(("shipped, before quantisation", *_totals(scores["dev, floating point"])))
    rows.append(("**shipped**", *_totals(scores["dev"])))
    return table(("network", *_TOTALS.values()), rows)


def calibration(facts: Facts) -> str:
    """Return the threshold and the expected calibration error of each event type."""
    errors = facts.model["scores"]["dev"]["calibration_error"]
    rows = [
        (f"`{name}`", f"{threshold:.2f}", f"{errors[name]:.3f}")
        for name, threshold in zip(facts.model["labels"], facts.model["thresholds"], strict=True)
    ]
    return table(("label", "threshold", "expected calibration error"), rows)


def quantisation(facts: Facts) -> str:
    """Return how far the shipped int8 network agrees with the floating-point one."""
    agreed = facts.model["scores"]["int8 agrees with floating point"]
    return f"It gives the same labels as the floating-point network in {agreed:.2%} of the sentences."


def weakest(facts: Facts) -> str:
    """Return in which labels, and in what way, it is worst."""
    found, names = facts.result("sentences"), facts.model["labels"]
    each = {name: found["labels"][name] for name in names}
    missed, false = (min(names, key=lambda name: each[name][figure]) for figure in ("recall", "precision"))
    (none,) = set(found["labels"]) - set(names)
    confusion = found["confusion"]
    taken = sum(confusion[name][other] for name in names for other in names if other != name)
    return "\n".join(
        [
            f"- Most is missed of `{missed}`: {1 - each[missed]['recall']:.0%} of its sentences do not get it.",
            f"- Least reliable is `{false}`: {1 - each[false]['precision']:.0%} of its predictions are wrong.",
            f"- {sum(confusion[name][none] for name in names)} labels are missed with no other in their place, "
            f"{sum(confusion[none][name] for name in names)} given where there is none, {taken} confused.",
            f"- All labels are right in {found['exact_match']:.1%} of the sentences.",
        ]
    )


def events(facts: Facts) -> str:
    """Return the scores of triggers, arguments, realis and coreference."""
    return _events(facts.result("events"))


def event_spread(facts: Facts) -> str:
    """Return the scores of events of the students, which differ in nothing but the seed, and of their mean."""
    steps = facts.model["training"]["dev"]
    students = [_event_figures(one) for one in steps["students"]]
    together = _event_figures(list(steps.values())[-1])
    rows = [(name, spread([one[name] for one in students]), f"{together[name]:.3f}") for name in together]
    return table(("figure", f"{len(students)} students", list(steps)[-1]), rows)


def _event_figures(scores: dict[str, Any]) -> dict[str, float]:
    """Return the figures of one network, those with gold triggers named so."""
    events = scores["events"]
    given = events["with gold triggers"]
    named = {name: events[name] for name in ("TC", "trigger_overlap", "AC", "AC+")}
    return {name.replace("_", " "): figure for name, figure in named.items()} | {
        f"{name}, gold triggers": given[name] for name in ("AC", "AC+", "realis accuracy", "B3", "MUC")
    }


def prose(facts: Facts) -> str:
    """Return the scores of the labels on prose by others that no training saw."""
    return _labels_beyond(facts.result("prose sentences"))


def newer(facts: Facts) -> str:
    """Return precision, recall and F1 of the labels on parts of reports of every kind that no training saw."""
    found = facts.result("newer sentences")
    named = {f"`{name}`": score for name, score in found["labels"].items()}
    named |= {"weighted, six labels": found["weighted"], "macro, five event labels": found["macro_events"]}
    rows = [
        (name, *(f"{score[figure]:.3f}" for figure in ("precision", "recall", "f1")), score["support"])
        for name, score in named.items()
    ]
    return table(("label", "precision", "recall", "F1", "gold"), rows)


def reports(facts: Facts) -> str:
    """Return the scores of the labels on articles that were written after the training data was fixed."""
    return _labels_beyond(facts.result("report sentences"))


def beyond(facts: Facts) -> str:
    """Return the scores on our own articles, which are about what happened later than what the model learnt from."""
    return f"{_labels_beyond(facts.result('own sentences'))}\n\n{_events(facts.result('own events'))}"


def _labels_beyond(labels: dict[str, Any]) -> str:
    rows = [(f"`{name}`", _f1(score), score["support"]) for name, score in labels["labels"].items()]
    rows.append(("weighted, six labels", _f1(labels["weighted"]), labels["weighted"]["support"]))
    rows.append(("macro, five event labels", _f1(labels["macro_events"]), labels["macro_events"]["support"]))
    return table(("label", "F1", "gold"), rows)


def _events(found: dict[str, Any]) -> str:
    given = found["gold_triggers"]
    rows: list[tuple[str, ...]] = [
        (meaning, name.replace("trigger_overlap", ""), _f1(found[name]), _f1(given[name]) if name[0] == "A" else "")
        for name, meaning in _EVENTS.items()
    ]
    rows.append(("realis, accuracy", "", *(f"{one['realis']['accuracy']:.3f}" for one in (found, given))))
    rows.append(("realis, macro F1", "", *(f"{one['realis']['macro_f1']:.3f}" for one in (found, given))))
    rows += [
        (f"coreference, {name}", "", *(_f1(one["coreference"][name]) for one in (found, given)))
        for name in ("MUC", "B3", "CEAFe")
    ]
    rows.append(("coreference, their mean", "CoNLL", *(f"{o['coreference']['CoNLL']:.3f}" for o in (found, given))))
    return table(("F1 of", "name", "from the text alone", "with gold triggers"), rows)


def speed(facts: Facts) -> str:
    """Return how fast it is, against BERT-base."""
    found = facts.result("speed")
    rows = [
        ("Incidex, text to labels", f"{found['incidex']:.2f}", ""),
        ("BERT-base in PyTorch, a sentence at a time", f"{found['bert']:.2f}", f"{found['times_bert']:.1f} times"),
        ("the same, padded to 512 tokens", f"{found['bert_512']:.2f}", f"{found['times_bert_512']:.1f} times"),
    ]
    told = f"{found['articles']} articles with {found['sentences']} sentences, {found['cores']} cores."
    return f"{table(('what', 'articles a second', 'Incidex is faster'), rows)}\n\n{told} {_where(facts, 'speed')}"


def added_time(facts: Facts) -> str:
    """Return what the whole analysis takes against labels alone, and each of its steps."""
    found = facts.result("added time")
    costs = {"labels alone": found["labels"], **found["steps"], "whole analysis": found["whole"]}
    of_labels = {name: cost["cpu"] / found["labels"]["cpu"] for name, cost in costs.items()}
    rows = [
        (name, f"{cost['wall']:.1f}", f"{cost['cpu']:.1f}", f"{of_labels[name]:.0%}") for name, cost in costs.items()
    ]
    told = (
        f"The whole analysis takes {found['ratio']['wall']:.2f} times as long as labels alone "
        f"({found['ratio']['cpu']:.2f} times as much processor time); all steps but events add "
        f"{found['added']['wall']:.0%} to labels and events ({found['added']['cpu']:.0%}). "
        f"{found['articles']} articles, {found['cores']} cores."
    )
    head = ("step", "ms an article", "ms of processors", "share of labels")
    return f"{table(head, rows)}\n\n{told} {_where(facts, 'added time')}"


def start(facts: Facts) -> str:
    """Return what a new process costs."""
    rows = [
        (f"`{row['command']}`", f"{row['seconds']:.2f}", f"{row['over_python']:.2f}", f"{row['megabytes']:.0f}")
        for row in facts.result("start")
    ]
    return f"{table(('command', 'seconds', 'over bare Python', 'MB'), rows)}\n\n{_where(facts, 'start')}"


PARTS: dict[str, Callable[[Facts], str]] = {
    part.__name__: part
    for part in (
        summary,
        data,
        training,
        labels,
        networks,
        calibration,
        quantisation,
        weakest,
        events,
        event_spread,
        prose,
        newer,
        reports,
        beyond,
        speed,
        added_time,
        start,
    )
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def spread(values: Sequence[float]) -> str:
    """Return mean and standard deviation; of a single value, itself."""
    return f"{mean(values):.3f} ± {stdev(values):.3f}" if len(values) > 1 else f"{values[0]:.3f}"


def _setting(value: object) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list) else str(value)


def _totals(scores: dict[str, float]) -> Iterator[str]:
    return (f"{scores[key]:.3f}" for key in _TOTALS)


def _f1(score: dict[str, float]) -> str:
    return f"{score['f1']:.3f}"


def _corpora(facts: Facts) -> list[dict[str, str]]:
    return list(facts.model["corpora"])


def _where(facts: Facts, part: str) -> str:
    measured = facts.measured[part]
    return f"Measured with `{measured['command']}` on {measured['on']}, {measured['machine']}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
