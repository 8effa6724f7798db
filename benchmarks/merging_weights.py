"""
Learns the weights of the features by which reports are merged; prints src/incidex/matching/weights.yaml.

    python benchmarks/merging_weights.py --corpus ../shared/corpus > weights.yaml

Logistic regression on the pairs of three annotations: `incidents/dev.json` of the corpus;
`tests/cases/incidents-train.json`, which lists other articles of the same corpus; and made-up articles of our own, in
`tests/cases/incidents-newer/learnt`, which count little, as they are harder than most. Pairs with conflicts, or
with nothing in common that identifies an incident, are left out, as their features are never weighed. Each pair of an
incident counts less the larger the incident is.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from incidex.evaluation.incidents import Gold, read_gold
from incidex.ingest import read
from incidex.matching.candidates import Index
from incidex.matching.comparable import comparable
from incidex.matching.compare import compare, has_anchor
from incidex.matching.features import effective_gap, features, shared_names
from incidex.matching.profiles import profiles
from incidex.pipeline import analyse
from incidex.records import Profile

_ROOT = Path(__file__).resolve().parents[1]
_OWN = _ROOT / "tests" / "cases" / "incidents-train.json"
_NEWER = _ROOT / "tests" / "cases" / "incidents-newer" / "learnt"
# How much a pair of made-up articles counts.
_SHARE_OF_NEWER = 0.3
# How strongly weights are drawn towards 0.
_RIDGE = 1.0

Examples = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def main() -> int:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_ROOT.parent / "shared" / "corpus", metavar="FOLDER")
    parser.add_argument("--threshold", type=float, default=-0.1, help="the score from which on groups are joined")
    parser.add_argument("--only", choices=("corpus", "own"), help="learn from one annotation, to test with the other")
    options = parser.parse_args()
    found = of_corpus(options.corpus)
    files = {"corpus": options.corpus / "incidents" / "dev.json", "own": _OWN}
    golds = [read_gold(path) for name, path in files.items() if options.only in (None, name)]
    names, (values, truth, counts) = examples(
        of_files(sorted(_NEWER.glob("*.html"))), read_gold(_NEWER.with_suffix(".json"))
    )
    weights = fit([*(examples(found, gold)[1] for gold in golds), (values, truth, counts * _SHARE_OF_NEWER)])
    print(written(names, weights, options.threshold), end="")
    return 0


def of_corpus(corpus: Path) -> dict[str, Profile]:
    """Return the profile of each article of CASIE's train and dev, as `of_files` does."""
    return of_files([path for part in ("train", "dev") for path in sorted((corpus / "casie" / part).glob("*.json"))])


def of_files(files: Iterable[Path]) -> dict[str, Profile]:
    """Return the profile of each article, by the name of its file; of a round-up the first."""
    found = {path.stem: profiles(analyse(read(str(path)))) for path in files}
    return {name: of_one[0] for name, of_one in found.items() if of_one}


def examples(found: dict[str, Profile], gold: Gold) -> tuple[list[str], Examples]:
    """Return the names of the features, and the features, truth and weight of each pair of listed articles."""
    reports = {name: comparable(profile) for name, profile in found.items()}
    names: list[str] = []
    rows, truth, counts = [], [], []
    sizes = {name: len(incident.documents) for incident in gold.incidents for name in incident.documents}
    for one, other in _pairs(found, gold):
        pair = reports[one], reports[other]
        shared = shared_names(*pair)
        compared = compare(*pair)
        if has_anchor(*pair, shared) and not (compared.conflicts or compared.doubts):
            row = features(*pair, shared, effective_gap(*pair, shared))
            names = list(row)
            rows.append(list(row.values()))
            truth.append(frozenset((one, other)) in gold.same)
            counts.append(2 / (sizes[one] - 1) if truth[-1] else 1.0)
    return names, (np.array(rows), np.array(truth, float), np.array(counts))


def fit(parts: list[Examples]) -> NDArray[np.float64]:
    """Return the weights, the intercept last: Newton's method for ridge logistic regression."""
    values, truth, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    rows = np.c_[values, np.ones(len(values))]
    penalty = np.diag([_RIDGE] * values.shape[1] + [0.0])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (likely - truth)) + penalty @ weights
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def written(names: list[str], weights: NDArray[np.float64], threshold: float) -> str:
    """Return weights.yaml."""
    lines = [
        "# The weights of the features (see features.py) in the score that two reports are of the same incident. It is",
        "# the logarithm of the odds. Printed by benchmarks/merging_weights.py.",
        "",
        f"intercept: {weights[-1]:.2f}",
        "",
        "# The score from which on two groups of reports are joined.",
        f"threshold: {threshold:g}",
        "",
        "weights:",
        *(f"  {name}: {weight:.2f}" for name, weight in zip(names, weights, strict=False)),
    ]
    return "\n".join(lines) + "\n"


def _pairs(found: dict[str, Profile], gold: Gold) -> Iterator[tuple[str, str]]:
    """Yield the pairs of listed articles that are compared and scored."""
    by_id = {profile.id: name for name, profile in found.items()}
    index = Index(found.values())
    near = {name: {by_id[other] for other in index.candidates(profile)} for name, profile in found.items()}
    for one, other in combinations(sorted(gold.listed & found.keys()), 2):
        if (other in near[one] or one in near[other]) and frozenset((one, other)) not in gold.unscored:
            yield one, other


if __name__ == "__main__":
    sys.exit(main())
