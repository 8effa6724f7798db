"""Writes the parts of the model card from invented facts, and looks whether each figure stands where it belongs."""

from pathlib import Path
from typing import Any

import pytest
from scripts import load

CARD = load("docs/model_card.py")


def prf(precision: float, recall: float, f1: float, support: int = 10) -> dict[str, float]:
    return {"precision": precision, "recall": recall, "f1": f1, "support": support}


def totals(weighted: float, macro: float) -> dict[str, Any]:
    each = {"AttackRansom": weighted, "PatchVulnerability": macro, "O": 0.9}
    cross = {"cross_weighted": weighted - 0.01, "cross_macro_events": macro - 0.01}
    errors = {"AttackRansom": 0.012, "PatchVulnerability": 0.034}
    return {"weighted": weighted, "macro_events": macro, "labels": each, **cross, "calibration_error": errors}


def trained(f1: float) -> dict[str, Any]:
    given = {"AC": f1 + 0.1, "AC+": f1 + 0.1, "realis accuracy": f1, "B3": f1, "MUC": f1}
    return {"events": {"TC": f1, "trigger_overlap": f1, "AC": f1, "AC+": f1, "with gold triggers": given}}


def measured(result: Any) -> dict[str, Any]:
    return {"command": "a-command --json", "on": "2026-01-02", "machine": "a machine", "result": result}


SETTINGS = {"epochs": 6, "encoder_rate": 2e-4, "prose_words": [120, 900]}
SENTENCES = {
    "sentences": 2500,
    "labels": {
        "AttackRansom": prf(0.9, 0.6, 0.72, 197),
        "PatchVulnerability": prf(0.7, 0.8, 0.75, 186),
        "O": prf(0.95, 0.9, 0.92, 2100),
    },
    "weighted": prf(0.87, 0.86, 0.859, 2483),
    "macro_events": prf(0.8, 0.7, 0.749, 383),
    "exact_match": 0.8372,
    "confusion": {
        "AttackRansom": {"AttackRansom": 118, "PatchVulnerability": 4, "O": 75},
        "PatchVulnerability": {"AttackRansom": 3, "PatchVulnerability": 149, "O": 34},
        "O": {"AttackRansom": 10, "PatchVulnerability": 60, "O": 2030},
    },
}
SPEED = {"articles": 20, "sentences": 340, "cores": 2, "incidex": 8.0, "bert": 0.5, "bert_512": 0.1}
TIMES = {"times_bert": 16.04, "times_bert_512": 80.2}
ADDED = {
    "articles": 40,
    "cores": 2,
    "labels": {"wall": 100.0, "cpu": 150.0},
    "steps": {"events": {"wall": 12.0, "cpu": 15.0}, "times": {"wall": 3.0, "cpu": 3.0}},
    "whole": {"wall": 115.0, "cpu": 168.0},
    "ratio": {"wall": 1.15, "cpu": 1.12},
    "added": {"wall": 0.0268, "cpu": 0.0182},
}
START = [{"command": "incidex --help", "seconds": 0.081, "over_python": 0.062, "megabytes": 24.4}]


@pytest.fixture
def facts() -> Any:
    model = {
        "labels": ["AttackRansom", "PatchVulnerability"],
        "thresholds": [0.41, 0.5],
        "base": {"name": "small-base", "licence": "Apache-2.0", "source": "a package"},
        "corpora": [{"name": "A corpus", "licence": "none stated", "source": "a host", "cite": "Somebody, 2020"}],
        "training": {
            "seeds": [1, 2],
            "settings": SETTINGS,
            "data": {"train": "aa11", "dev": "bb22"},
            "prose": True,
            "dev": {
                "teachers": [totals(0.80, 0.70), totals(0.84, 0.72)],
                "teachers together": totals(0.86, 0.75),
                "students": [totals(0.80, 0.70) | trained(0.60), totals(0.84, 0.72) | trained(0.64)],
                "mean of the students' weights": totals(0.87, 0.76) | trained(0.66),
            },
        },
        "scores": {
            "dev": totals(0.859, 0.749),
            "dev, floating point": totals(0.861, 0.751),
            "int8 agrees with floating point": 0.9956,
        },
    }
    events = {**_events(0.7), "gold_triggers": _events(0.8)}
    found = {"sentences": SENTENCES, "speed": SPEED | TIMES, "added time": ADDED, "start": START, "events": events}
    found |= {"prose sentences": SENTENCES, "report sentences": SENTENCES}
    found |= {"own sentences": SENTENCES, "own events": _events(0.5) | {"gold_triggers": _events(0.6)}}
    return CARD.Facts(model, {part: measured(result) for part, result in found.items()})


def _events(f1: float) -> dict[str, Any]:
    names = ("TI", "TC", "trigger_overlap", "AI", "AC", "AI+", "AC+")
    coreference = {name: prf(0, 0, f1 + 0.03) for name in ("MUC", "B3", "CEAFe")}
    return {
        **{name: prf(0, 0, f1) for name in names},
        "realis": {"accuracy": f1 + 0.01, "macro_f1": f1 + 0.02},
        "coreference": {**coreference, "CoNLL": f1 + 0.04},
    }


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("summary", "F1 of 0.859 over all six labels and a macro F1 of 0.749 over the five event labels. An"),
        ("summary", "article takes 125 ms on 2 processor cores, from text to labels;"),
        ("data", "| small-base | weights to begin with | Apache-2.0 | a package |"),
        ("data", "| A corpus | annotations | none stated | a host; Somebody, 2020 |"),
        ("training", "| seeds | 1, 2 |"),
        ("training", "| prose | yes |"),
        ("training", "| `encoder_rate` | 0.0002 |"),
        ("training", "| `prose_words` | 120 to 900 |"),
        ("training", "| SHA-256 of dev | `bb22` |"),
        ("labels", "| `AttackRansom` | 0.900 | 0.600 | 0.720 | 197 | 0.820 ± 0.028 |"),
        ("labels", "| macro, five event labels | 0.800 | 0.700 | 0.749 | 383 | 0.710 ± 0.014 |"),
        ("networks", "| teachers, seed 2 | 0.840 | 0.720 | 0.830 | 0.710 |"),
        ("networks", "| teachers, mean and spread | 0.820 ± 0.028 | 0.710 ± 0.014 | 0.810 ± 0.028 | 0.700 ± 0.014 |"),
        ("networks", "| teachers together | 0.860 | 0.750 | 0.850 | 0.740 |"),
        ("networks", "| students, mean and spread | 0.820 ± 0.028 | 0.710 ± 0.014 | 0.810 ± 0.028 | 0.700 ± 0.014 |"),
        ("networks", "| **shipped** | 0.859 | 0.749 | 0.849 | 0.739 |"),
        ("calibration", "| `AttackRansom` | 0.41 | 0.012 |"),
        ("quantisation", "It gives the same labels as the floating-point network in 99.56% of the sentences."),
        ("weakest", "- Most is missed of `AttackRansom`: 40% of its sentences do not get it."),
        ("weakest", "- Least reliable is `PatchVulnerability`: 30% of its predictions are wrong."),
        ("weakest", "- 109 labels are missed with no other in their place, 70 given where there is none, 7 confused."),
        ("events", "| trigger, exact span and type | TC | 0.700 |  |"),
        ("events", "| argument, exact span and role, of which trigger | AC+ | 0.700 | 0.800 |"),
        ("events", "| coreference, B3 |  | 0.730 | 0.830 |"),
        ("event_spread", "| TC | 0.620 ± 0.028 | 0.660 |"),
        ("event_spread", "| AC+, gold triggers | 0.720 ± 0.028 | 0.760 |"),
        ("prose", "| macro, five event labels | 0.749 | 383 |"),
        ("reports", "| `AttackRansom` | 0.720 | 197 |"),
        ("beyond", "| `AttackRansom` | 0.720 | 197 |"),
        ("beyond", "| trigger, exact span and type | TC | 0.500 |  |"),
        ("speed", "| BERT-base in PyTorch, a sentence at a time | 0.50 | 16.0 times |"),
        ("speed", "Measured with `a-command --json` on 2026-01-02, a machine."),
        ("added_time", "| times | 3.0 | 3.0 | 2% |"),
        ("added_time", "| whole analysis | 115.0 | 168.0 | 112% |"),
        ("start", "| `incidex --help` | 0.08 | 0.06 | 24 |"),
    ],
)
def test_says(facts: Any, part: str, line: str) -> None:
    written = CARD.PARTS[part](facts)
    assert line in written.splitlines() or written.endswith(line)


def test_without_prose_and_with_one_seed_it_claims_neither(facts: Any) -> None:
    run = facts.model["training"]
    run.update(prose=False, seeds=[1])
    run["dev"]["students"] = run["dev"]["students"][:1]
    assert "| prose | no |" in CARD.training(facts)
    assert "0.800 |" in CARD.labels(facts).splitlines()[2]
    assert "±" not in CARD.labels(facts)


def test_what_was_measured_of_another_model_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "measured.json").write_text('{"model": "another", "parts": {}}', "utf-8")
    monkeypatch.setattr(CARD, "_MEASURED", tmp_path / "measured.json")
    assert CARD.main(["summary"]) == 1
    assert "run benchmarks/measure.py first" in capsys.readouterr().err


def test_a_part_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert CARD.main(["colour"]) == 2
    assert "Usage: python docs/model_card.py summary|data|" in capsys.readouterr().err
