"""Gives spans of an analysis their names: the actors, malware, tools and parties that other tools are told of."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import replace

from incidex.english import lexicon
from incidex.english.names import without_introduction, without_possessive
from incidex.matching.words import proper_name
from incidex.records import Analysis, Claim, ClaimKind, Entity, EntityKind, Link, NamedEntity, Observable, Span

LONGEST_NAME = 120
LONGEST_QUOTE = 300

# `Link.source` begins so for names of the MISP galaxy; the list and its version follow.
GALAXY = "MISP galaxy: "

ACTING = (EntityKind.INTRUSION_SET, EntityKind.MALWARE, EntityKind.TOOL)


class EntityIndex:
    """Finds the entities that are named within a span."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Index the mentions of `entities`."""
        mentions = [(span, number, entity) for number, entity in enumerate(entities) for span in entity.mentions]
        self._mentions = sorted(mentions, key=lambda mention: mention[0].start)
        self._starts = [span.start for span, _, _ in self._mentions]

    def within(self, span: Span) -> list[Entity]:
        """Return the entities with a mention within `span`, in the order in which they were given."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        found = {number: entity for place, number, entity in self._mentions[first:last] if place.end <= span.end}
        return [found[number] for number in sorted(found)] if len(found) > 1 else list(found.values())


class EntityNames:
    """All names in one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        """Take the entities of `analysis`."""
        self._text = analysis.document.text
        self._within = EntityIndex(analysis.entities).within

    def software(self, span: Span) -> NamedEntity | None:
        """Return the malware or tool that is named within `span`; None if there is none."""
        return self._known(span, (EntityKind.MALWARE, EntityKind.TOOL))

    def actor(self, span: Span) -> NamedEntity | None:
        """Return the attacker that `span` names; None if it names nobody ("hackers", "the group")."""
        found = self._known(span, (EntityKind.INTRUSION_SET,))
        name = None if found or self.software(span) else self.party(span)
        return found or (NamedEntity(name, None) if name else None)

    def accused(self, claim: Claim) -> NamedEntity | None:
        """
        Return whom a claim accuses or clears; None if it names nobody.

        In "Grey Heron denies that it did it", "it" is the claimant.
        """
        if claim.accused is None:
            return None
        own = claim.accused.of(self._text).lower() in lexicon.words("speaking_pronoun")
        own = own and claim.kind in (ClaimKind.DENIES, ClaimKind.CLAIMS_RESPONSIBILITY)
        return self.actor(claim.claimant.name if own and claim.claimant else claim.accused)

    def party(self, span: Span) -> str | None:
        """Return the name of an organisation or a person; None if `span` has no name."""
        whole = self._text[span.start : min(span.end, span.start + LONGEST_NAME)]
        for entity in self._within(span):
            if entity.kind not in (*ACTING, None):
                return one_line(entity.name, LONGEST_NAME)
        return bare_name(whole) if proper_name(whole) else None

    def is_organisation(self, span: Span) -> bool:
        """Return whether `span` names a known organisation."""
        return any(entity.kind is EntityKind.ORGANISATION for entity in self._within(span))

    def _known(self, span: Span, kinds: Collection[EntityKind]) -> NamedEntity | None:
        return next((named_entity(entity) for entity in self._within(span) if entity.kind in kinds), None)


def named_entity(entity: Entity) -> NamedEntity:
    """Return an actor, malware or tool with its entries in published lists."""
    links = tuple(_cleaned(link) for link in entity.candidates if link.name.strip())
    sources = [link.source for link in links]
    name = one_line(entity.name, LONGEST_NAME) or "unnamed"
    return NamedEntity(name, entity.kind, links, len(sources) > len(set(sources)))


def unique_entities(entities: Iterable[NamedEntity]) -> tuple[NamedEntity, ...]:
    """Return each name once for each kind, whatever its case."""
    return tuple({(one.name.casefold(), one.kind): one for one in entities}.values())


def unique_observables(values: Iterable[Observable]) -> tuple[Observable, ...]:
    """Return each technical value once: as malicious if it is so anywhere."""
    found: dict[tuple[str, str], Observable] = {}
    for one in values:
        before = found.get((one.kind, one.value))
        if before is None or (one.malicious and not before.malicious):
            found[one.kind, one.value] = one
    return tuple(found.values())


def bare_name(written: str) -> str:
    """Return a name on one line, without possessive and without what precedes it: "the group Grey Heron"."""
    words = one_line(written, LONGEST_NAME).strip(" ,;:.\"'“”‘’()[]").split(" ")
    return without_possessive(" ".join(without_introduction(words)))


def one_line(words: str, most: int) -> str:
    """Return `words` on one line without control characters, cut off after `most` characters."""
    line = " ".join(words[: 2 * most].split())
    if not line.isprintable():
        line = "".join(letter if letter.isprintable() else "�" for letter in line)
    return line if len(line) <= most and len(words) <= 2 * most else f"{line[: most - 1].rstrip()}…"


def _cleaned(link: Link) -> Link:
    name, source, number = (one_line(words, LONGEST_NAME) for words in (link.name, link.source, link.id))
    return replace(link, name=name, source=source, id=number, alias=one_line(link.alias, LONGEST_NAME) or name)
