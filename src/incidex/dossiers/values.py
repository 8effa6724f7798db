"""Collects what reports name: data, products, vulnerabilities, patches, tools, indicators and places."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.dossiers.claimants import speaker
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first, grouped, most_frequent
from incidex.english import lexicon
from incidex.records import (
    ClaimKind,
    EntityKind,
    EventMention,
    Evidence,
    IndicatorKind,
    IndicatorRole,
    Span,
    Value,
)

_LONGEST = 300
_DOUBTED = {ClaimKind.DENIES: "denied", ClaimKind.LEAVES_OPEN: "left open"}


@dataclass(frozen=True, slots=True)
class _Found:
    """One mention: the key that it is grouped by, how it is shown, its kind and its evidence."""

    key: object
    text: str
    kind: str
    evidence: Evidence
    note: str = ""


def named(reports: Iterable[Report], roles: Sequence[str], counting: Counting) -> tuple[Value, ...]:
    """Return what has one of `roles` in an event."""
    return _values(_of_roles(reports, roles), counting)


def data(reports: Iterable[Report], counting: Counting) -> tuple[Value, ...]:
    """Return which data is affected, with a note if somebody denies it or leaves it open."""
    found: list[_Found] = []
    for report in reports:
        doubts = {claim.trigger: claim for claim in report.claims if claim.kind in _DOUBTED}
        for mention in report.mentions:
            doubt = doubts.get(mention.trigger)
            who = speaker(doubt, report) if doubt else None
            note = f"{_DOUBTED[doubt.kind]}{f' by {who}' if who else ''}" if doubt else ""
            found += _with_roles(report, mention, ("Compromised-Data",), note)
    return _values(found, counting)


def tools(reports: Iterable[Report], counting: Counting) -> tuple[Value, ...]:
    """Return malware and tools, under their canonical names, with the other names that reports use."""
    kinds = (EntityKind.MALWARE, EntityKind.TOOL)
    found = []
    for report in reports:
        for entity in report.analysis.entities:
            if entity.kind in kinds:
                spans = [span for span in entity.mentions if report.sentence(span)]
                written = sorted({report.words(span) for span in spans} - {entity.name})
                note = f"also written {', '.join(written[:5])}" if written else ""
                places = (report.evidence(span) for span in spans)
                found += [_Found(entity.name.casefold(), entity.name, entity.kind.value, one, note) for one in places]
    return _values(found, counting)


def vulnerabilities(reports: Sequence[Report], counting: Counting) -> tuple[Value, ...]:
    """Return CVE numbers first, then descriptions ("a flaw in the order page")."""
    found = [
        _Found(one.value, one.value, "cve", report.evidence(one.span))
        for report in reports
        for one in report.inside(report.analysis.indicators)
        if one.kind is IndicatorKind.CVE
    ]
    described = [one for one in _of_roles(reports, ("Vulnerability",)) if not _is_bare(one.key, _any_weakness())]
    if not found and not described:  # "a flaw" is better than nothing
        described = list(_of_roles(reports, ("Vulnerability",)))
    return (*_values(found, counting), *_values(described, counting))


def patches(reports: Sequence[Report], counting: Counting) -> tuple[Value, ...]:
    """Return fixes and their versions; not whoever makes them, nor what gets none."""
    every = list(_of_patches(reports))
    return _values([one for one in every if not _is_bare(one.key, _any_fix())] or every, counting)


def affected_products(reports: Iterable[Report], counting: Counting) -> tuple[Value, ...]:
    """Return what is affected, without its article: "its TransferHub server" is "TransferHub server"."""
    found = _of_roles(reports, ("Vulnerable_System", "Supported_Platform"))
    return _values((replace(one, text=_without_determiner(one.text)) for one in found), counting)


def indicators(reports: Iterable[Report], counting: Counting) -> tuple[Value, ...]:
    """Return the technical values that are a means or a trace of an attack."""
    found = []
    for report in reports:
        for one in report.inside(report.analysis.indicators):
            if one.role is IndicatorRole.INDICATOR and one.kind is not IndicatorKind.CVE:
                note = f"imitates {report.words(one.imitates.organisation)}" if one.imitates else ""
                key = (one.kind, one.value)
                found.append(_Found(key, one.value, one.kind.value, report.evidence(one.span), note))
    return _values(found, counting)


def _of_roles(reports: Iterable[Report], roles: Sequence[str]) -> Iterator[_Found]:
    for report in reports:
        for mention in report.mentions:
            yield from _with_roles(report, mention, roles)


def _with_roles(report: Report, mention: EventMention, roles: Sequence[str], note: str = "") -> Iterator[_Found]:
    for argument in (argument for argument in mention.arguments if argument.role in roles):
        text = report.words(argument.span)
        if (key := _plain(text)) not in lexicon.words("no_name"):
            yield _Found(key, text, argument.entity_type, report.evidence(argument.span), note)


def _of_patches(reports: Iterable[Report]) -> Iterator[_Found]:
    for report in reports:
        makers = {entity.name for entity in report.analysis.entities if entity.kind is EntityKind.ORGANISATION}
        for mention in report.mentions:
            for one in _with_roles(report, mention, ("Patch", "Patch-Number")):
                if one.text not in makers and not _gets_none(report, mention, one.evidence.span):
                    yield one


def _gets_none(report: Report, mention: EventMention, span: Span) -> bool:
    """Return whether a negation stands between a patch and the trigger, or in this: "version 8 will not get a fix"."""
    first, last = min(span.start, mention.trigger.start), max(span.end, mention.trigger.end)
    between = report.document.text[first : min(last, first + _LONGEST)].lower().split()
    return not lexicon.words("negation.verb").isdisjoint(between)


def _is_bare(words: object, known: frozenset[str]) -> bool:
    """Return whether words tell nothing from others of its kind: "critical flaw", "a fix"."""
    return all(word in known for word in str(words).split())


@cache
def _any_weakness() -> frozenset[str]:
    return frozenset(lexicon.words("weakness", "plain_of_weakness", "determiner"))


@cache
def _any_fix() -> frozenset[str]:
    return frozenset(lexicon.words("plain_of_fix", "determiner"))


def _without_determiner(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in lexicon.words("determiner") else words


def _plain(words: str) -> str:
    """Return words in lower case without their article: "The personal details" and "personal details" are one."""
    lowered = words.casefold()
    first, _, rest = lowered.partition(" ")
    return rest if rest and first in lexicon.words("determiner") else lowered


def _values(found: Iterable[_Found], counting: Counting) -> tuple[Value, ...]:
    key: Callable[[_Found], object] = lambda one: one.key  # noqa: E731
    return best_first(
        counting.value(
            most_frequent([one.text for one in group]),
            most_frequent([one.kind for one in group]),
            (one.evidence for one in group),
            max((one.note for one in group), key=len),
        )
        for group in grouped(found, key)
    )
