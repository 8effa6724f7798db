"""
Computes the features of a pair of profiles: numbers that say how alike they are and how far apart.

The features follow Miranda and others, Multilingual Clustering of Streaming News, EMNLP 2018 (cosines of words and
names, and the time between), with what security news needs beyond that: vulnerabilities, malware, victims, amounts,
days.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

from incidex.matching.comparable import Comparable
from incidex.matching.frequencies import is_unknown_name, name_rarity
from incidex.records import Weighted

# Where a date is missing, two reports are taken to be so many days apart.
_UNKNOWN_GAP = 60
# A late report gives the time of the incident: at most so long before the first report, or so shortly after it.
_BEFORE, _AFTER = timedelta(45), timedelta(15)
_LATE_DAYS = 30
# Dates of articles are wrong by a year now and then. Two reports of an attack that are about a year apart are taken to
# be the remaining days apart if they share so much that reports of two attacks hardly would.
_YEAR, _ABOUT = 365, 15
_SHARED_NAMES, _SHARED_FOCUS = 1.3, 0.25
# A report of the aftermath, long after the incident, is taken to be at most so many days later if they share so much.
_AFTERMATH_DAYS, _SHARED_AFTERMATH = 14, 0.5
# Malware or a vulnerability with this weight is the subject of a report.
_SUBJECT = 0.5


def features(left: Comparable, right: Comparable, shared: float, days: int | None) -> dict[str, float]:
    """
    Return the value of each feature, most of them 0..1; `weights.yaml` has their weights.

    Args:
        shared: The result of `shared_names` for the two.
        days: The result of `effective_gap` for the two.
    """
    flaws = left.about_flaw and right.about_flaw
    gap = _UNKNOWN_GAP if days is None else days
    log_gap = math.log1p(gap) / math.log(366)
    # These fall with the days between: to a tenth after a week, and to a third after a month.
    week, month = math.exp(-gap / 3), math.exp(-gap / 30)
    focus = _greatest_common(left.foci, right.foci)
    covered = (_covered(left.subjects, right), _covered(right.subjects, left))
    return {
        "words": cosine(left.words, right.words),
        "names": _cosine_of_names(left, right),
        "titles": cosine(left.title, right.title),
        "title_in_text": (cosine(left.title, right.words) + cosine(right.title, left.words)) / 2,
        "subjects": sum(covered) / 2,
        "least_subjects": min(covered),
        "least_foci": min(_covered(left.in_focus, right), _covered(right.in_focus, left)),
        "focus": focus,
        "focus_soon": focus * month,
        "unknown_name": _unknown_name(left, right),
        "shared_names": min(3.0, shared) / 3,
        "cve_differs": float(bool(left.cves and right.cves) and not left.cves.keys() & right.cves.keys()),
        "software": _greatest_common(left.software, right.software),
        "victim": _greatest_common(left.victims, right.victims),
        "victims_differ": float(have_different_victims(left, right)),
        "amounts": min(2, len(left.amounts & right.amounts)) / 2,
        "day": float(bool(left.days & right.days)),
        "soon": week,
        "subject_soon": _same_subject(left, right) * week,
        "gap_of_attacks": 0.0 if flaws else log_gap,
        "gap_of_flaws": log_gap if flaws else 0.0,
        "late_without_date": float(days is not None and days > _LATE_DAYS and not mentions_time_of(left, right)),
    }


def have_different_victims(left: Comparable, right: Comparable) -> bool:
    """
    Return whether each of two reports of an attack is about organisations that the other does not name.

    Reports of one outbreak, or of one vulnerability, have many victims, so that other victims say nothing there.
    """
    if left.about_flaw or right.about_flaw or not left.organisation_words or not right.organisation_words:
        return False
    if left.software.keys() & right.software.keys() or left.cves.keys() & right.cves.keys():
        return False
    return not any(map(right.has_word, left.organisation_words)) and not any(
        map(left.has_word, right.organisation_words)
    )


def have_different_headline_victims(left: Comparable, right: Comparable) -> bool:
    """
    Return whether the headlines of two reports of attacks each name an organisation that the other report does not.

    Two victims of one gang are two incidents, also if the gang and its malware are all that the reports have. Those of
    one outbreak are one.
    """
    if left.of_outbreak or right.of_outbreak:
        return False
    if left.about_flaw or right.about_flaw or not left.headline_words or not right.headline_words:
        return False
    return not any(map(right.has_word, left.headline_words)) and not any(map(left.has_word, right.headline_words))


def attacked_through_flaw(left: Comparable, right: Comparable) -> str:
    """
    Return the victim in the headline of a report of an attack that a report about a vulnerability does not name; empty
    unless the two are such. The flaw, and the breach of one victim through it, are two incidents.
    """
    if left.about_flaw == right.about_flaw:
        return ""
    flaw, attack = (left, right) if left.about_flaw else (right, left)
    named = attack.headline_words
    return "" if any(map(flaw.has_word, named)) else ", ".join(sorted(named))


def effective_gap(left: Comparable, right: Comparable, shared: float) -> int | None:
    """
    Return how many days apart two reports are taken to be; None if that is not known.

    Where both give the same day of the incident in full, one date of publication may well be wrong: then it is 0. So
    may a date that is a year off. An aftermath is reported late: at most two weeks are counted for it.

    Args:
        shared: The result of `shared_names` for the two.
    """
    if left.stated_days & right.stated_days:
        return 0
    days = days_apart(left, right)
    if days is None:
        return None
    days = abs(days - _YEAR) if is_year_off(left, right, shared) else days
    return min(days, _AFTERMATH_DAYS) if is_aftermath(left, right, shared) else days


def days_apart(left: Comparable, right: Comparable) -> int | None:
    """Return how many days lie between the dates of two reports, right or wrong; None if one has none."""
    if left.published is None or right.published is None:
        return None
    return abs((left.published - right.published).days)


def is_year_off(left: Comparable, right: Comparable, shared: float) -> bool:
    """Return whether one of two dates seems to be a year off, which cannot be told for patches: they recur yearly."""
    days = days_apart(left, right)
    flaws = left.about_flaw and right.about_flaw
    if days is None or abs(days - _YEAR) > _ABOUT or flaws or shared < _SHARED_NAMES:
        return False
    return _cosine_of_names(left, right) >= _SHARED_FOCUS


def is_aftermath(left: Comparable, right: Comparable, shared: float) -> bool:
    """Return whether the later of two reports seems to be about the aftermath of what the earlier one reports."""
    in_order = _in_order(left, right)
    return in_order is not None and shared >= _SHARED_AFTERMATH and in_order[1].profile.aftermath


def mentions_time_of(left: Comparable, right: Comparable) -> bool:
    """Return whether the later of two reports mentions a time at which the earlier one was new."""
    in_order = _in_order(left, right)
    if in_order is None:
        return False
    earlier, later = in_order
    assert earlier.published
    begin, end = earlier.published - _BEFORE, earlier.published + _AFTER
    return any(begins <= end and ends >= begin for begins, ends in later.periods)


def shared_names(left: Comparable, right: Comparable) -> float:
    """
    Return how many names two reports share, rare ones counting more; names that occur together count once.

    "Super Mario Run" gives one name, however many of its parts both reports have.
    """
    gangs = left.gangs | right.gangs
    shared = [name for name in left.names if name in right.names and name not in gangs]
    previous: dict[str, str] = {}
    for name in shared:
        one, _, other = name.partition(" ")
        if other:
            previous[_head(other, previous)] = _head(one, previous)
    best: dict[str, float] = {}
    for name in shared:
        head = _head(name.split(" ")[0], previous)
        best[head] = max(best.get(head, 0.0), name_rarity(name) ** 3)
    return sum(best.values())


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the sum of the products of the weights in both; 0..1 if the squares of each add up to 1."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return sum(weight * many[key] for key, weight in few.items() if key in many)


def _in_order(left: Comparable, right: Comparable) -> tuple[Comparable, Comparable] | None:
    """Return two reports in the order of their publication; None if that is not known."""
    if left.published is None or right.published is None:
        return None
    return (left, right) if left.published < right.published else (right, left)


def _unknown_name(left: Comparable, right: Comparable) -> float:
    """Return how much a name is in focus of both that no other report has: that of a small firm, say; 0..1."""
    gangs = left.gangs | right.gangs
    shared = (name for name in left.foci if name in right.foci and name not in gangs and is_unknown_name(name))
    return max((min(left.foci[name], right.foci[name]) for name in shared), default=0.0)


def _same_subject(left: Comparable, right: Comparable) -> float:
    """Return 1 if the subject of both is the same malware or vulnerability, else 0."""
    common = max(_greatest_common(left.software, right.software), _greatest_common(left.cves, right.cves))
    return float(common >= _SUBJECT)


def _cosine_of_names(left: Comparable, right: Comparable) -> float:
    return cosine(left.names, right.names) / (left.norm * right.norm)


def _head(word: str, previous: Mapping[str, str]) -> str:
    """Return the first word of the name that `word` is part of, given which word comes before which."""
    seen = {word}
    while (before := previous.get(word, word)) not in seen:
        seen.add(before)
        word = before
    return word


def _covered(names: Sequence[Weighted], other: Comparable) -> float:
    """Return which share of the weight of some names of one report belongs to names that the other has too."""
    total = sum(weight for _, weight in names)
    return sum(weight for name, weight in names if name in other.names) / total if total else 0.0


def _greatest_common(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the greatest weight that something has in both."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return max((min(weight, many[key]) for key, weight in few.items() if key in many), default=0.0)
