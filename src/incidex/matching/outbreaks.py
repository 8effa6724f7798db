"""
Recognises outbreaks: incidents with many reports that share little but the name of the outbreak.

Each report of a worldwide outbreak tells of other victims in other words. Once some of them are joined for other
reasons, the name that is in focus in nearly all of them identifies the incident.
"""

from collections import Counter

from incidex.matching.comparable import Comparable

# So many reports are needed to say what identifies their incident.
_LEAST_REPORTS = 4
# The average focus, in units of `focus_counts`, from which on a name identifies the incident.
_IDENTIFYING = 600
# Malware or a CVE number of this weight is fully in focus.
_FULL_FOCUS = 0.6
# How much better two groups fit that are about the same outbreak, and the least share of its focus that they have.
BONUS = 2.5
_LEAST_SHARE = 0.5


def focus_counts(report: Comparable) -> Counter[str]:
    """
    Return how much a report is about each name, malware and CVE number, 0..1000.

    They are whole numbers, so that the sum over a group is the same in whatever order its members came.
    """
    focus = {f"name {name}": weight for name, weight in report.foci.items()}
    for kind, weighted in (("malware", report.software), ("vulnerability", report.cves)):
        focus |= {f"{kind} {name}": min(1.0, weight / _FULL_FOCUS) for name, weight in weighted.items()}
    return Counter({name: round(1000 * weight) for name, weight in focus.items()})


def outbreak_bonus(larger: Counter[str], count: int, smaller: Counter[str], smaller_count: int) -> float:
    """
    Return how much better two groups fit than their reports alone, since the smaller one is about the outbreak of the
    larger one: 0..`BONUS`.

    Args:
        larger: The sum of `focus_counts` over the larger group.
        count: How many reports it has.
        smaller: The same sum over the smaller group.
        smaller_count: How many reports that one has.
    """
    if count < _LEAST_REPORTS:
        return 0.0
    identifying = {name: total / count for name, total in larger.items() if total >= _IDENTIFYING * count}
    if not identifying:
        return 0.0
    share = min(1.0, *(smaller[name] / smaller_count / weight for name, weight in identifying.items()))
    return BONUS * share if share >= _LEAST_SHARE else 0.0
