"""Says which attacks a document reports, who was hit by each, and who is said to have done it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from incidex.export.exchange.facts import Happening, Named, Party, names_once
from incidex.export.exchange.naming import Naming, one_line
from incidex.export.exchange.stamps import stamp
from incidex.incidents import Profile
from incidex.records import Analysis, Claim, ClaimKind, EventMention, Granularity, Realis, Span
from incidex.tables import table

_ACCUSING = (ClaimKind.ATTRIBUTED_TO, ClaimKind.SUSPECTS, ClaimKind.CLAIMS_RESPONSIBILITY)
_VICTIMS = {"Organization": False, "Person": True}
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Where a document is about a happening.

    Attributes:
        triggers: The triggers of its event mentions.
        starts: Where its sentences begin.
        ends: Where these end.
    """

    triggers: frozenset[Span]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, claim: Claim) -> bool:
        """Return whether the claim is about the happening: about its event, or without any in one of its sentences."""
        if claim.trigger:
            return claim.trigger in self.triggers
        index = bisect_right(self.starts, claim.words.start) - 1
        return index >= 0 and claim.words.start < self.ends[index]


@dataclass(frozen=True, slots=True)
class Reported:
    """
    A happening, and where the document is about it.

    Attributes:
        happening: The happening.
        scope: Where.
    """

    happening: Happening
    scope: Scope


def words_for(event_type: str) -> str:
    """Return what an event of `event_type` is in words, such as "data breach"."""
    words: str = event_types()[event_type]["words"]
    return words


def event_types() -> dict[str, dict[str, Any]]:
    """Return what event_types.yaml says of each event type."""
    found: dict[str, dict[str, Any]] = table("incidex.export.exchange", "event_types")
    return found


def happenings(analysis: Analysis, naming: Naming, known: Iterable[Profile]) -> tuple[Reported, ...]:
    """Return the attacks in the `known` profiles; a mere kind of event is none, and a weakness neither."""
    mentions = [m for event in analysis.events for m in event.mentions if m.realis is not Realis.GENERIC]
    attacks = [mention for mention in mentions if event_types()[mention.event_type]["attack"]]
    found = (_reported(profile, attacks, analysis, naming) for profile in known)
    return tuple(reported for reported in found if reported)


def _reported(profile: Profile, attacks: Iterable[EventMention], analysis: Analysis, naming: Naming) -> Reported | None:
    spans = sorted(profile.sentences)
    scope = Scope(frozenset(profile.mentions), tuple(s.start for s in spans), tuple(s.end for s in spans))
    own = [mention for mention in attacks if mention.trigger in scope.triggers]
    if not own:
        return None
    kinds = [mention.event_type for mention in own]
    types = sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))
    claims = [claim for claim in analysis.claims if scope.has(claim)]
    attackers = names_once([*_attackers(own, naming), *_accused(claims, naming)])
    accused = {attacker.name.casefold() for attacker in attackers}
    victims = tuple(victim for victim in _victims(own, naming) if victim.name.casefold() not in accused)
    happening = Happening(
        id=profile.id,
        name=_name(profile, types[0], victims),
        types=tuple(types),
        happened=any(mention.realis is Realis.ACTUAL for mention in own),
        day=_day(own, analysis),
        victims=victims,
        attackers=attackers,
        software=names_once(_software(own, naming)),
        is_ransomware=_is_ransomware(own, analysis, naming),
    )
    return Reported(happening, scope)


def _name(profile: Profile, event_type: str, victims: Sequence[Party]) -> str:
    """Return a name that tells the happening from others: tools bring together what has the same one."""
    what = words_for(event_type)
    who = victims[0].name if victims else one_line(profile.title, _LONGEST)
    published = stamp(profile.published_at)
    return f"{who} – {what} – {f'reported {published[:7]}' if published else f'report {profile.id[:8]}'}"


def _victims(mentions: Iterable[EventMention], naming: Naming) -> Iterator[Party]:
    seen = set()
    for mention in mentions:
        for argument in mention.arguments:
            if argument.role == "Victim" and argument.entity_type in _VICTIMS:
                name = naming.party(argument.span)
                if name and name.casefold() not in seen:
                    seen.add(name.casefold())
                    yield Party(name, is_person=_VICTIMS[argument.entity_type])


def _attackers(mentions: Iterable[EventMention], naming: Naming) -> Iterator[Named]:
    for mention in mentions:
        if mention.realis is Realis.ACTUAL:
            found = (naming.actor(argument.span) for argument in mention.arguments if argument.role == "Attacker")
            yield from (actor for actor in found if actor)


def _accused(claims: Iterable[Claim], naming: Naming) -> Iterator[Named]:
    for claim in claims:
        if claim.kind in _ACCUSING and claim.accused:
            actor = naming.accused(claim)
            if actor:
                yield actor


def _software(mentions: Iterable[EventMention], naming: Naming) -> Iterator[Named]:
    for mention in mentions:
        if mention.realis is Realis.ACTUAL:
            found = (naming.software(argument.span) for argument in mention.arguments if argument.role == "Tool")
            yield from (software for software in found if software)


def _is_ransomware(mentions: Iterable[EventMention], analysis: Analysis, naming: Naming) -> bool:
    """Return whether the words for a ransom or what it was done with are "ransomware", or the name of one."""
    for mention in mentions:
        if mention.event_type == "AttackRansom" and mention.realis is Realis.ACTUAL:
            means = [a.span for a in mention.arguments if a.role in ("Tool", "Attack-Pattern")]
            words = (span.of(analysis.document.text).lower() for span in (mention.trigger, *means))
            used = (named for span in means if (named := naming.software(span)))
            if any("ransomware" in each for each in words) or any(map(_is_listed_ransomware, used)):
                return True
    return False


def _is_listed_ransomware(software: Named) -> bool:
    return any(link.source.startswith("MISP galaxy: Ransomware") for link in software.links)


def _day(mentions: Iterable[EventMention], analysis: Analysis) -> str | None:
    """Return the day that the text gives as the time of one of `mentions`, the first of several."""
    days = {time.span: time.begins for time in analysis.times if time.granularity is Granularity.DAY and not time.bound}
    for mention in mentions:
        for argument in mention.arguments:
            for span, begins in days.items():
                if argument.role == "Time" and begins and argument.span.covers(span):
                    return begins[:10]
    return None
