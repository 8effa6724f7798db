"""Says which names the spans of an analysis stand for, in the form that other tools show."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from incidex.export.exchange.facts import Named
from incidex.matching.words import proper_name
from incidex.records import Analysis, Claim, ClaimKind, Entity, EntityKind, Link, Span

LONGEST_NAME = 120
LONGEST_QUOTE = 300

# How `Link.source` begins for names in published lists: the list and its version follow.
ATTACK = "MITRE ATT&CK"
GALAXY = "MISP galaxy: "

ACTING = (EntityKind.INTRUSION_SET, EntityKind.MALWARE, EntityKind.TOOL)
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "who", "that", "this"])
_ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "her", "our"])


class Naming:
    """All names of one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        """Take the names that were found in `analysis`."""
        self._text = analysis.document.text
        self._entities = [(span, entity) for entity in analysis.entities for span in entity.mentions]

    def software(self, span: Span) -> Named | None:
        """Return the malware or tool that is named within `span`; None if none is."""
        return self._known(span, (EntityKind.MALWARE, EntityKind.TOOL))

    def actor(self, span: Span) -> Named | None:
        """Return whom `span` names as an attacker; None if it names nobody ("hackers", "the group")."""
        found = self._known(span, (EntityKind.INTRUSION_SET,))
        name = None if found or self.software(span) else self.party(span)
        return found or (Named(name, None) if name else None)

    def accused(self, claim: Claim) -> Named | None:
        """Return whom a claim accuses or clears; None if it names nobody. In "It denies that it did" the claimant."""
        if claim.accused is None:
            return None
        himself = claim.accused.of(self._text).lower() in PRONOUNS
        himself = himself and claim.kind in (ClaimKind.DENIES, ClaimKind.CLAIMS_RESPONSIBILITY)
        return self.actor(claim.claimant.name if himself and claim.claimant else claim.accused)

    def party(self, span: Span) -> str | None:
        """Return the name of an organisation or a person; None if `span` has no name."""
        whole = self._text[span.start : min(span.end, span.start + LONGEST_NAME)]
        for entity in self._within(span):
            if entity.kind not in (*ACTING, None):
                return one_line(entity.name, LONGEST_NAME)
        return shown(whole) if proper_name(whole) else None

    def is_organisation(self, span: Span) -> bool:
        """Return whether `span` names a known organisation."""
        return any(entity.kind is EntityKind.ORGANISATION for entity in self._within(span))

    def _known(self, span: Span, kinds: Collection[EntityKind]) -> Named | None:
        return next((named(entity) for entity in self._within(span) if entity.kind in kinds), None)

    def _within(self, span: Span) -> Iterable[Entity]:
        return (entity for place, entity in self._entities if span.covers(place))


def named(entity: Entity) -> Named:
    """Return an actor, a malware or a tool that was found, as other tools know it."""
    links = tuple(_cleaned(link) for link in entity.candidates if link.name.strip())
    sources = [link.source for link in links]
    name = one_line(entity.name, LONGEST_NAME) or "unnamed"
    return Named(name, entity.kind, links, len(sources) > len(set(sources)))


def _cleaned(link: Link) -> Link:
    name, source, number = (one_line(words, LONGEST_NAME) for words in (link.name, link.source, link.id))
    return replace(link, name=name, source=source, id=number, alias=one_line(link.alias, LONGEST_NAME) or name)


def shown(written: str) -> str:
    """Return a name on one line, without possessive and without what stands before it: "the group Grey Heron"."""
    words = one_line(written, LONGEST_NAME).strip(" ,;:.\"'“”‘’()[]").split(" ")
    while len(words) > 1 and (words[0].islower() or words[0].lower() in _ARTICLES):
        words.pop(0)
    return " ".join(words).removesuffix("’s").removesuffix("'s")


def one_line(words: str, most: int) -> str:
    """Return `words` on one line without control characters, cut off after `most` characters."""
    line = " ".join(words[: 2 * most].split())
    line = "".join(letter if letter.isprintable() or letter == " " else "�" for letter in line)
    return line if len(line) <= most and len(words) <= 2 * most else f"{line[: most - 1].rstrip()}…"
