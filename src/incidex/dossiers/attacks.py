"""Says which attacks a document reports: what makes each an incident, and in which sentences it is reported."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from incidex.dossiers.entities import GALAXY, EntityNames, one_line, unique_entities
from incidex.dossiers.parties import Parties
from incidex.dossiers.stamps import stamp
from incidex.records import Analysis, Attack, Claim, EventMention, Granularity, NamedEntity, Profile, Realis, Span
from incidex.tables import table

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Where a document is about an attack.

    Attributes:
        triggers: The triggers of its event mentions.
        starts: Where its sentences begin.
        ends: Where these end.
    """

    triggers: frozenset[Span]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, claim: Claim) -> bool:
        """Return whether a claim is about one of the event mentions, or about none and in one of the sentences."""
        if claim.trigger:
            return claim.trigger in self.triggers
        index = bisect_right(self.starts, claim.words.start) - 1
        return index >= 0 and claim.words.start < self.ends[index]


@dataclass(frozen=True, slots=True)
class ReportedAttack:
    """An attack, where the document is about it, and the parties to it."""

    attack: Attack
    scope: Scope
    parties: Parties


def words_for(event_type: str) -> str:
    """Return what an event of `event_type` is called in prose, such as "data breach"; itself if it is not known."""
    known = _event_types().get(event_type)
    return str(known["words"]) if known else event_type


def is_attack(event_type: str) -> bool:
    """Return whether an event of `event_type` is an attack."""
    attack: bool = _event_types()[event_type]["attack"]
    return attack


def reported_attacks(
    analysis: Analysis, names: EntityNames, profiles: Iterable[Profile], parties: Callable[[Profile], Parties]
) -> tuple[ReportedAttack, ...]:
    """
    Return the attacks in `profiles`. Generic events are none, and neither are vulnerabilities.

    Args:
        analysis: The analysis of a document.
        names: Its names.
        profiles: Its profiles.
        parties: Returns the parties to what a profile is about; called for attacks only.
    """
    mentions = [m for event in analysis.events for m in event.mentions if m.realis is not Realis.GENERIC]
    attacks = [mention for mention in mentions if is_attack(mention.event_type)]
    found = (_reported(profile, attacks, analysis, names, parties) for profile in profiles)
    return tuple(reported for reported in found if reported)


def joined(id: str, reported: Sequence[Attack]) -> tuple[Attack, ...]:
    """Return the attacks of several reports of one incident as one with its `id`; none if there are none."""
    if not reported:
        return ()
    first = next((one for one in reported if one.id == id), reported[0])
    kinds = [kind for one in reported for kind in one.types]
    attack = Attack(
        id=id,
        name=first.name,
        types=tuple(sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))),
        happened=any(one.happened for one in reported),
        day=next((one.day for one in (first, *reported) if one.day), None),
        victims=first.victims,
        attackers=first.attackers,
        software=unique_entities(software for one in reported for software in one.software),
        is_ransomware=any(one.is_ransomware for one in reported),
    )
    return (attack,)


def _event_types() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = table("incidex.dossiers", "event_types")
    return found


def _reported(
    profile: Profile,
    attacks: Iterable[EventMention],
    analysis: Analysis,
    names: EntityNames,
    parties: Callable[[Profile], Parties],
) -> ReportedAttack | None:
    spans = sorted(profile.sentences)
    scope = Scope(frozenset(profile.mentions), tuple(s.start for s in spans), tuple(s.end for s in spans))
    own = [mention for mention in attacks if mention.trigger in scope.triggers]
    if not own:
        return None
    kinds = [mention.event_type for mention in own]
    types = sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))
    involved = parties(profile)
    attack = Attack(
        id=profile.id,
        name=_name(profile, types[0], involved),
        types=tuple(types),
        happened=any(mention.realis is Realis.ACTUAL for mention in own),
        day=_day(own, analysis),
        victims=involved.victims,
        attackers=involved.attackers,
        software=unique_entities(_software(own, names)),
        is_ransomware=_is_ransomware(own, analysis, names),
    )
    return ReportedAttack(attack, scope, involved)


def _name(profile: Profile, event_type: str, parties: Parties) -> str:
    """Return a name that no other attack has: some tools merge whatever has the same name."""
    what = words_for(event_type)
    victim = parties.hit_in(profile.document)
    who = victim.name if victim else one_line(profile.title, _LONGEST)
    published = stamp(profile.published_at)
    return f"{who} – {what} – {f'reported {published[:7]}' if published else f'report {profile.id[:8]}'}"


def _software(mentions: Iterable[EventMention], names: EntityNames) -> Iterator[NamedEntity]:
    for mention in mentions:
        if mention.realis is Realis.ACTUAL:
            found = (names.software(argument.span) for argument in mention.arguments if argument.role == "Tool")
            yield from (software for software in found if software)


def _is_ransomware(mentions: Iterable[EventMention], analysis: Analysis, names: EntityNames) -> bool:
    """Return whether an attack for ransom, or what was used for it, is called ransomware or is listed as such."""
    for mention in mentions:
        if mention.event_type == "AttackRansom" and mention.realis is Realis.ACTUAL:
            means = [a.span for a in mention.arguments if a.role in ("Tool", "Attack-Pattern")]
            words = (span.of(analysis.document.text).lower() for span in (mention.trigger, *means))
            used = (found for span in means if (found := names.software(span)))
            if any("ransomware" in each for each in words) or any(map(_is_listed_ransomware, used)):
                return True
    return False


def _is_listed_ransomware(software: NamedEntity) -> bool:
    return any(link.source.startswith(f"{GALAXY}Ransomware") for link in software.links)


def _day(mentions: Iterable[EventMention], analysis: Analysis) -> str | None:
    """Return the day that the text gives for one of `mentions`, the first of several."""
    days = {time.span: time.begins for time in analysis.times if time.granularity is Granularity.DAY and not time.bound}
    for mention in mentions:
        for argument in mention.arguments:
            for span, begins in days.items():
                if argument.role == "Time" and begins and argument.span.covers(span):
                    return begins[:10]
    return None
