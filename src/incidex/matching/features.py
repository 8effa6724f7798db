"""
Says in numbers how alike two profiles are: one number for each sign that they report the same happening, or do not.

The signs follow Miranda and others, Multilingual Clustering of Streaming News, EMNLP 2018 (cosines of words and names,
and the time between), with what security news needs beyond that: weaknesses, malware, victims, amounts, days.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

from incidex.matching.comparable import Sketch
from incidex.matching.words import name_rarity
from incidex.records import Weighted

# Where a date is missing, two reports are taken to be as far apart as this.
_UNKNOWN_GAP = 60
# A report of an older happening says when it was: at most so long before its first report, or so shortly after it.
_BEFORE, _AFTER = timedelta(45), timedelta(15)
_LATER = 30
# Dates of articles are wrong by a year now and then. Two reports of an attack that are about a year apart are taken to
# be as many days apart as the rest of it, if they share so much that two attacks hardly do.
_YEAR, _ABOUT = 365, 15
_SHARED_NAMES, _SHARED_FOCUS = 1.3, 0.25
# Reports of what came of a happening, long after it, are taken to come so many days later, if they share so much.
_LATE, _SHARED_LATE = 14, 0.5
# Malware or a weakness with this weight is what a report is about.
_SUBJECT = 0.5


def signals(left: Sketch, right: Sketch, shared: float, days: int | None) -> dict[str, float]:
    """
    Return each sign's number, most of them 0..1; `weights.yaml` says what they weigh.

    Args:
        shared: What `distinct` gives for the two.
        days: What `gap` gives for the two.
    """
    flaws = left.flaw and right.flaw
    gone = _UNKNOWN_GAP if days is None else days
    apart = math.log1p(gone) / math.log(366)
    # What is left of 1 after some days: a tenth after a week, a third after a month.
    near, month = math.exp(-gone / 3), math.exp(-gone / 30)
    focus = _common(left.foci, right.foci)
    covers = (_known(left.subjects, right), _known(right.subjects, left))
    return {
        "words": cosine(left.words, right.words),
        "names": _cosine_of_names(left, right),
        "titles": cosine(left.title, right.title),
        "title_in_text": (cosine(left.title, right.words) + cosine(right.title, left.words)) / 2,
        "subjects": sum(covers) / 2,
        "least_subjects": min(covers),
        "least_foci": min(_known(left.in_focus, right), _known(right.in_focus, left)),
        "focus": focus,
        "focus_soon": focus * month,
        "names_apart": min(3.0, shared) / 3,
        "cve_differs": float(bool(left.cves and right.cves) and not left.cves.keys() & right.cves.keys()),
        "software": _common(left.software, right.software),
        "victim": _common(left.victims, right.victims),
        "victims_differ": float(are_of_others(left, right)),
        "amounts": min(2, len(left.amounts & right.amounts)) / 2,
        "day": float(bool(left.days & right.days)),
        "soon": near,
        "subject_soon": _subject(left, right) * near,
        "gap_of_attacks": 0.0 if flaws else apart,
        "gap_of_flaws": apart if flaws else 0.0,
        "date_untold": float(days is not None and days > _LATER and not tells_of(left, right)),
    }


def are_of_others(left: Sketch, right: Sketch) -> bool:
    """
    Return whether each of two reports of an attack is about organisations that the other does not name.

    Reports of one outbreak, or of one way in, tell of many victims; that they differ says nothing.
    """
    if left.flaw or right.flaw or not left.parties or not right.parties:
        return False
    if left.software.keys() & right.software.keys() or left.cves.keys() & right.cves.keys():
        return False
    return not any(map(right.mentions, left.parties)) and not any(map(left.mentions, right.parties))


def _subject(left: Sketch, right: Sketch) -> float:
    """Return 1 if both are, first of all, about the same malware or weakness."""
    both = max(_common(left.software, right.software), _common(left.cves, right.cves))
    return float(both >= _SUBJECT)


def gap(left: Sketch, right: Sketch, shared: float) -> int | None:
    """
    Return how many days lie between the publication of two reports; None if that is not known.

    Where both say in full on which day it happened, one date of publication may well be wrong: then it is 0. So may one
    that is a year off. What came of a happening is told late: two weeks at most are counted then.

    Args:
        shared: What `distinct` gives for the two.
    """
    if left.stated & right.stated:
        return 0
    days = days_apart(left, right)
    if days is None:
        return None
    days = abs(days - _YEAR) if is_year_off(left, right, shared) else days
    return min(days, _LATE) if tells_what_came(left, right, shared) else days


def days_apart(left: Sketch, right: Sketch) -> int | None:
    """Return how many days lie between the dates of two reports, right or wrong; None if one has none."""
    if left.published is None or right.published is None:
        return None
    return abs((left.published - right.published).days)


def is_year_off(left: Sketch, right: Sketch, shared: float) -> bool:
    """Return whether one of two dates seems to be a year off. Twin headlines of patches are a year apart, too."""
    days = days_apart(left, right)
    if days is None or abs(days - _YEAR) > _ABOUT or (left.flaw and right.flaw) or shared < _SHARED_NAMES:
        return False
    return _cosine_of_names(left, right) >= _SHARED_FOCUS


def tells_what_came(left: Sketch, right: Sketch, shared: float) -> bool:
    """Return whether the later of two reports seems to tell what came of what the earlier one reports."""
    in_order = _in_order(left, right)
    return in_order is not None and shared >= _SHARED_LATE and in_order[1].profile.aftermath


def _cosine_of_names(left: Sketch, right: Sketch) -> float:
    return cosine(left.names, right.names) / (left.norm * right.norm)


def distinct(left: Sketch, right: Sketch) -> float:
    """
    Return how many names two reports share, rare ones counting more; names that stand together count once.

    "Super Mario Run" gives one name, however many of its parts both reports have.
    """
    shared = [name for name in left.names if name in right.names]
    first: dict[str, str] = {}
    for name in shared:
        one, _, other = name.partition(" ")
        if other:
            first[_head(other, first)] = _head(one, first)
    best: dict[str, float] = {}
    for name in shared:
        head = _head(name.split(" ")[0], first)
        best[head] = max(best.get(head, 0.0), name_rarity(name) ** 3)
    return sum(best.values())


def _head(word: str, first: Mapping[str, str]) -> str:
    seen = {word}
    while (before := first.get(word, word)) not in seen:
        seen.add(before)
        word = before
    return word


def _known(names: Sequence[Weighted], other: Sketch) -> float:
    """Return which share of the weight of some names of one report belongs to those that the other has too."""
    whole = sum(weight for _, weight in names)
    return sum(weight for name, weight in names if name in other.names) / whole if whole else 0.0


def tells_of(left: Sketch, right: Sketch) -> bool:
    """Return whether the later of two reports names a time at which the earlier one was new."""
    in_order = _in_order(left, right)
    if in_order is None:
        return False
    earlier, later = in_order
    assert earlier.published
    begin, end = earlier.published - _BEFORE, earlier.published + _AFTER
    return any(begins <= end and ends >= begin for begins, ends in later.spans)


def _in_order(left: Sketch, right: Sketch) -> tuple[Sketch, Sketch] | None:
    """Return two reports in the order of their publication; None if that is not known."""
    if left.published is None or right.published is None:
        return None
    return (left, right) if left.published < right.published else (right, left)


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the sum of the products of the weights that two reports give to the same; 0..1 if they are normed."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return sum(weight * many[key] for key, weight in few.items() if key in many)


def _common(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the greatest weight that something has in both."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return max((min(weight, many[key]) for key, weight in few.items() if key in many), default=0.0)
