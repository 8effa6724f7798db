"""Takes out of a report what it tells of other incidents for comparison: earlier victims, other raids of a gang."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.dossiers.claimants import is_name
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first, grouped
from incidex.english import lexicon
from incidex.english.patterns import alternatives
from incidex.records import BlockKind, Evidence, Realis, Sentence, Value

# Whoever is named as hit in the headline or in so many first sentences is what the report is about.
_FIRST = 4
_LONGEST = 2000
_YEAR = re.compile(r"\bin ((?:19|20)\d\d)\b", re.IGNORECASE)
_ATTACKS = ("AttackDatabreach", "AttackPhishing", "AttackRansom")


@dataclass(frozen=True, slots=True)
class Aside:
    """An event of another incident: who was hit there, and the sentence that says so."""

    victim: str
    event_type: str
    evidence: Evidence


def without_asides(reports: Sequence[Report]) -> tuple[list[Report], tuple[Aside, ...]]:
    """
    Return reports without the sentences that are about other incidents, and what these tell.

    A sentence is an aside if it names somebody else as hit, no victim of the incident, and says that it compares: "In
    an earlier attack, the gang robbed Acme Foods." What goes on about it ("It paid $4 million.") belongs to it.
    """
    main = _main_victims(reports)
    if not main:
        return list(reports), ()
    split = [_split(report, main) for report in reports]
    return [report for report, _ in split], tuple(aside for _, asides in split for aside in asides)


def parties_named(reports: Sequence[Report]) -> frozenset[str]:
    """Return who was hit, as keys, and the words for the products with a weakness: they speak for themselves."""
    products = (
        report.words(argument.span)
        for report in reports
        for mention in report.mentions
        for argument in mention.arguments
        if argument.role == "Vulnerable_System"
    )
    return frozenset((*_main_victims(reports), *products))


def mentioned(asides: Iterable[Aside], counting: Counting) -> tuple[Value, ...]:
    """Return who was hit in other incidents, each once, with the event type as the kind."""
    return best_first(
        counting.value(same[0].victim, same[0].event_type, (one.evidence for one in same))
        for same in grouped(asides, lambda one: _key(one.victim))
    )


def _split(report: Report, main: set[str]) -> tuple[Report, list[Aside]]:
    told = _told_in(report, main)
    asides: list[Aside] = []
    left_out: set[int] = set()
    for number, sentence in enumerate(report.sentences[1:], start=1):
        own = told.get(sentence.span.start, [])
        follows = report.sentences[number - 1].span.start in left_out and _goes_on(report, number)
        if not own and not follows:
            continue
        words = sentence.span.of(report.document.text)[:_LONGEST]
        if sentence.kind is BlockKind.TITLE or _names(words, main) or _mentions(sentence, report, main):
            continue
        if own and _compares(words, report):
            asides.append(own[0])
        elif own or not follows:
            continue
        left_out.add(sentence.span.start)
    return (_without(report, left_out), asides) if left_out else (report, [])


def _told_in(report: Report, main: set[str]) -> dict[int, list[Aside]]:
    """Return the events, by the start of their sentence, that hit somebody named who is no victim of the incident."""
    found: dict[int, list[Aside]] = {}
    for mention in report.mentions:
        sentence = report.sentence(mention.trigger)
        if sentence is None or mention.realis is not Realis.ACTUAL or mention.event_type not in _ATTACKS:
            continue
        for argument in mention.arguments:
            victim = argument.name or report.words(argument.span)
            if argument.role == "Victim" and is_name(victim) and not _names(victim, main):
                aside = Aside(victim, mention.event_type, report.evidence(mention.trigger))
                found.setdefault(sentence.span.start, []).append(aside)
    return found


def _main_victims(reports: Sequence[Report]) -> set[str]:
    """Return the keys of those who are hit in a headline, in the first sentences of a report, or more than once."""
    counts: Counter[str] = Counter()
    for report in reports:
        first = report.sentences[min(_FIRST, len(report.sentences)) - 1].span.end if report.sentences else 0
        title = _key(report.title)
        for mention in report.mentions:
            for argument in mention.arguments:
                victim = argument.name or report.words(argument.span)  # of two Aldens, that which is meant
                key = _key(victim)
                if argument.role != "Victim" or not is_name(victim) or not key:
                    continue
                if counts[key] > 1:  # it is one already, and looking at the sentence takes time
                    continue
                if key in title:
                    counts[key] = 2
                    continue
                sentence = report.sentence(argument.span)
                if not sentence or not _compares(sentence.span.of(report.document.text)[:_LONGEST], report):
                    counts[key] += 2 if argument.span.end <= first else 1
    return {key for key, count in counts.items() if count > 1}


def _names(words: str, main: set[str]) -> bool:
    """Return whether words name a victim of the incident, or are a part of such a name."""
    key = _key(words)
    return any(other in key or (len(key) > 3 and key in other) for other in main)


def _mentions(sentence: Sentence, report: Report, main: set[str]) -> bool:
    """Return whether a victim of the incident is mentioned in a sentence, by whichever of its names."""
    return any(_names(entity.name, main) for entity in report.entities.within(sentence.span))


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold().removeprefix("the "))


def _goes_on(report: Report, number: int) -> bool:
    """Return whether a sentence goes on about the one before: it is near, and opens with a word that refers back."""
    before, own = report.sentences[number - 1].span, report.sentences[number].span
    return own.start - before.end < 3 and bool(_continues().match(own.of(report.document.text)[:_LONGEST]))


def _without(report: Report, left_out: set[int]) -> Report:
    kept: tuple[Sentence, ...] = tuple(one for one in report.sentences if one.span.start not in left_out)
    limited = replace(report, sentences=kept, starts=tuple(one.span.start for one in kept))
    return replace(
        limited,
        mentions=tuple(mention for mention in report.mentions if limited.sentence(mention.trigger)),
        claims=tuple(claim for claim in report.claims if limited.sentence(claim.words)),
    )


def _compares(words: str, report: Report) -> bool:
    """Return whether a sentence sets its event apart: in words, or by a year before that of publication."""
    published = (report.document.published_at or "9999")[:4]
    years = (match[1] for match in _YEAR.finditer(words))
    return bool(_comparing().search(words)) or any(year < published for year in years)


@cache
def _comparing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('in_comparison'), whole=True)})", re.IGNORECASE)


@cache
def _continues() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(lexicon.words('continues_aside'), whole=True)})", re.IGNORECASE)
