"""Says who was hit: each victim once, under its most specific name; descriptions only where no report has a name."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.dossiers.claimants import NameResolver, entity_name, is_name
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report, is_dateline
from incidex.dossiers.support import Counting, best_first, grouped, most_frequent
from incidex.english import lexicon
from incidex.records import Argument, EntityKind, Evidence, Realis, Span, Value

_PARTIES = ("Organization", "Person", "Website")


@dataclass(frozen=True, slots=True)
class _Hit:
    """One place that says that somebody was hit: the name, what bears it, and the evidence."""

    name: str
    kind: str
    evidence: Evidence


def victims(reports: Sequence[Report], names: Names, counting: Counting, others: Iterable[str]) -> tuple[Value, ...]:
    """
    Return who was hit, those that most sources name first, then those in headlines.

    With a name among them, words without one ("customers", "the team") are left out: they are about the same victim, or
    about those who depend on it. Left out are also `others`, who have another role in the same reports, groups and
    malware that are known by name, places in datelines, officers who speak, and whoever investigates. Computers and
    systems are victims only where nobody else is.
    """
    excluded = {name.casefold() for name in others}
    hits = [hit for report in reports for hit in _hits(report, names, excluded)]
    values = [_value(group, counting) for group in grouped(hits, _key)]
    titles = " ".join(report.title for report in reports).casefold()
    values.sort(key=lambda value: (value.text.casefold() not in titles, -len(value.evidence)))
    ordered = best_first(values)
    parties = [value for value in ordered if value.kind in _PARTIES]
    named = [value for value in parties if is_name(value.text)]
    named_systems = [value for value in ordered if value.kind not in _PARTIES and is_name(value.text)]
    return tuple(named or parties or named_systems)


def _hits(report: Report, names: Names, excluded: Collection[str]) -> Iterator[_Hit]:
    resolver = NameResolver(report, names)
    speaking = {resolver.claimant(claim) for claim in report.claims}
    claimants = [(claim, claim.claimant) for claim in report.claims if claim.claimant]
    officers = {resolver.claimant(claim) for claim, who in claimants if who.role and who.person}
    for argument in _arguments(report):
        name = names.canonical(argument.name) if argument.name else resolver.organisation(argument.span)
        if _has_capital_by_place(argument.span, report):
            name = name[0].lower() + name[1:]
        if name.casefold() in excluded or _is_nobody(name) or is_dateline(argument.span, report):
            continue
        if _attacks(argument, report) or name in officers or _speaks_for_another(name, name in speaking):
            continue
        yield _Hit(name, argument.entity_type, report.evidence(argument.span))


def _arguments(report: Report) -> Iterator[Argument]:
    happened = _happened(report)
    for mention in report.mentions:
        if mention.trigger in happened:
            yield from (argument for argument in mention.arguments if argument.role == "Victim")


def _has_capital_by_place(span: Span, report: Report) -> bool:
    """Return whether words have a capital only because they begin a sentence: "Ferry line lowers number"."""
    words, sentence = report.words(span), report.sentence(span)
    begins = sentence is not None and sentence.span.start == span.start
    lower = words[1:] == words[1:].lower() and " " in words
    return begins and lower and not entity_name(span, report, (EntityKind.ORGANISATION.value,))


def _is_nobody(name: str) -> bool:
    """Return whether words name nobody: "it", or "the company", which is the victim named elsewhere."""
    last = name.lower().rpartition(" ")[2]
    called = lexicon.words("called_after_kind", forms=("singular",))
    return last in lexicon.words("no_name", "preposition.inside_noun_phrase") or (last in called and not is_name(name))


def _speaks_for_another(name: str, speaks: bool) -> bool:
    """Return whether a name is that of an officer who speaks, or of police, a regulator or a court that does."""
    told = name.lower().split()
    office = lexicon.words("job_title", "staff_noun")
    return not set(told).isdisjoint(office if speaks else ()) or bool(speaks and told[-1] in lexicon.words("outsider"))


def _attacks(argument: Argument, report: Report) -> bool:
    """Return whether an argument names a group or malware and no organisation: "the Qilin gang"."""
    attackers = (EntityKind.INTRUSION_SET.value, EntityKind.MALWARE.value)
    known = entity_name(argument.span, report, attackers) is not None
    return known and entity_name(argument.span, report, (EntityKind.ORGANISATION.value,)) is None


def _happened(report: Report) -> frozenset[Span]:
    """Return the triggers of the events of which a mention says that they happened."""
    return frozenset(
        mention.trigger
        for event in report.analysis.events
        if any(mention.realis is Realis.ACTUAL for mention in event.mentions)
        for mention in event.mentions
    )


def _key(hit: _Hit) -> tuple[str, ...]:
    """Return what is the same for "the clinic" and "clinic"."""
    return tuple(word for word in hit.name.casefold().split() if word not in lexicon.words("determiner"))


def _value(group: Sequence[_Hit], counting: Counting) -> Value:
    return counting.value(
        most_frequent([hit.name for hit in group]),
        most_frequent([hit.kind for hit in group]),
        (hit.evidence for hit in group),
    )
