"""
Tells what the reports of a happening that many report are about, and whether others are about the same.

A worldwide outbreak has many reports that share little but its name: they tell of other victims, in other words. Once
some of them hang together for their own sake, the name that nearly all of them are about stands for the happening.
"""

from collections import Counter

from incidex.matching.comparable import Sketch

# So many reports say between them what their happening is known by.
_LEAST = 4
# What is in focus of each of them so much, on average, that it stands for the happening; `foci` gives up to 1000.
_KNOWN_BY = 600
# Malware or a CVE number of this weight is in focus as much as anything can be.
_SUBJECT = 0.6
# How much better two groups fit that are about the same, and from which share of it on they are.
BONUS = 2.5
_SAME = 0.5


def foci(own: Sketch) -> Counter[str]:
    """
    Return how much a report is about each name, malware and CVE number, 0..1000.

    They are whole numbers, so that the sum over a group is the same in whatever order its members came.
    """
    about = {f"name {name}": weight for name, weight in own.foci.items()}
    for kind, weighted in (("malware", own.software), ("weakness", own.cves)):
        about |= {f"{kind} {name}": min(1.0, weight / _SUBJECT) for name, weight in weighted.items()}
    return Counter({name: round(1000 * weight) for name, weight in about.items()})


def bonus(many: Counter[str], count: int, few: Counter[str], few_count: int) -> float:
    """
    Return how much better than their reports alone two groups fit, as the smaller one is about what the larger one is
    known by: 0..`BONUS`.

    Args:
        many: The sum of `foci` over the larger group.
        count: How many reports it has.
        few: The same sum over the smaller group.
        few_count: How many that one has.
    """
    if count < _LEAST:
        return 0.0
    known_by = {name: total / count for name, total in many.items() if total >= _KNOWN_BY * count}
    if not known_by:
        return 0.0
    share = min(1.0, *(few[name] / few_count / weight for name, weight in known_by.items()))
    return BONUS * share if share >= _SAME else 0.0
