"""Says which attacks a document reports: what makes each an incident, and in which sentences it is told."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from incidex.dossiers.build import dossier
from incidex.export.exchange.facts import Happening, Named, names_once
from incidex.export.exchange.naming import GALAXY, Naming, one_line
from incidex.export.exchange.parties import Parties, parties_of
from incidex.export.exchange.stamps import stamp
from incidex.matching.clusters import Cluster
from incidex.matching.merge import incident as incident_of
from incidex.records import Analysis, Claim, EventMention, Granularity, Profile, Realis, Span
from incidex.tables import table

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
        parties: Who is in it.
    """

    happening: Happening
    scope: Scope
    parties: Parties


def words_for(event_type: str) -> str:
    """Return what an event of `event_type` is in words, such as "data breach"."""
    words: str = event_types()[event_type]["words"]
    return words


def said_types(happening: Happening) -> str:
    """Return "Reported: phishing, data breach.": the types of the events of `happening` in a sentence."""
    return f"Reported: {', '.join(map(words_for, happening.types))}."


def event_types() -> dict[str, dict[str, Any]]:
    """Return what event_types.yaml says of each event type."""
    found: dict[str, dict[str, Any]] = table("incidex.export.exchange", "event_types")
    return found


def happenings(
    analysis: Analysis, naming: Naming, known: Iterable[Profile], parties: Parties | None = None
) -> tuple[Reported, ...]:
    """
    Return the attacks in the `known` profiles; a mere kind of event is none, and a weakness neither.

    Args:
        analysis: What was found in a document.
        naming: Its names.
        known: Its profiles.
        parties: Who is in the incident that the document reports with others; by default whom it names itself.
    """
    mentions = [m for event in analysis.events for m in event.mentions if m.realis is not Realis.GENERIC]
    attacks = [mention for mention in mentions if event_types()[mention.event_type]["attack"]]
    found = (_reported(profile, attacks, analysis, naming, parties) for profile in known)
    return tuple(reported for reported in found if reported)


def _reported(
    profile: Profile, attacks: Iterable[EventMention], analysis: Analysis, naming: Naming, parties: Parties | None
) -> Reported | None:
    spans = sorted(profile.sentences)
    scope = Scope(frozenset(profile.mentions), tuple(s.start for s in spans), tuple(s.end for s in spans))
    own = [mention for mention in attacks if mention.trigger in scope.triggers]
    if not own:
        return None
    kinds = [mention.event_type for mention in own]
    types = sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))
    if parties is None:
        parties = parties_of(dossier(incident_of(Cluster((profile,))), [analysis], [profile]), analysis.entities)
    happening = Happening(
        id=profile.id,
        name=_name(profile, types[0], parties),
        types=tuple(types),
        happened=any(mention.realis is Realis.ACTUAL for mention in own),
        day=_day(own, analysis),
        victims=parties.victims,
        attackers=parties.attackers,
        software=names_once(_software(own, naming)),
        is_ransomware=_is_ransomware(own, analysis, naming),
    )
    return Reported(happening, scope, parties)


def _name(profile: Profile, event_type: str, parties: Parties) -> str:
    """Return a name that tells the happening from others: tools bring together what has the same one."""
    what = words_for(event_type)
    victim = parties.hit_in(profile.document)
    who = victim.name if victim else one_line(profile.title, _LONGEST)
    published = stamp(profile.published_at)
    return f"{who} – {what} – {f'reported {published[:7]}' if published else f'report {profile.id[:8]}'}"


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
    return any(link.source.startswith(f"{GALAXY}Ransomware") for link in software.links)


def _day(mentions: Iterable[EventMention], analysis: Analysis) -> str | None:
    """Return the day that the text gives as the time of one of `mentions`, the first of several."""
    days = {time.span: time.begins for time in analysis.times if time.granularity is Granularity.DAY and not time.bound}
    for mention in mentions:
        for argument in mention.arguments:
            for span, begins in days.items():
                if argument.role == "Time" and begins and argument.span.covers(span):
                    return begins[:10]
    return None
