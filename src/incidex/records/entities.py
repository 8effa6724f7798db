"""The records of entities: the actors, malware, tools and organisations that a document names."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records.span import Span


class EntityKind(StrEnum):
    """What an entity is, in the words of STIX."""

    INTRUSION_SET = "intrusion-set"
    """A group of attackers, by whatever name."""
    MALWARE = "malware"
    TOOL = "tool"
    """Software that is not malicious in itself, but used by attackers."""
    ORGANISATION = "organisation"
    """A company, an agency, a party, a hospital, a university or another body. STIX calls it an identity."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a source knows by one name and its aliases.

    Attributes:
        id: The source's own, such as "G0007", or a UUID.
        name: The one that the source prefers.
        kind: What it is.
        aliases: Its other names, as the source writes them.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """
    What an entity may be, in one source of names.

    Attributes:
        source: The source and its version, such as "MITRE ATT&CK 18.1".
        id: The source's own, such as "G0007", or a UUID.
        name: The name that the source prefers.
        kind: What the source says it is.
        alias: The name in the source that the text matched, as the source writes it.
        why: What in the text says that this name is meant, in words.
    """

    source: str
    id: str
    name: str
    kind: EntityKind
    alias: str
    why: str


@dataclass(frozen=True, slots=True)
class Entity:
    """
    An actor, a malware, a tool or an organisation that a document names: all its mentions.

    Attributes:
        name: The canonical name; the words of the first mention where the sources do not agree on one. Of an
            organisation, the fullest proper name that the document uses.
        kind: What it is; None where a source has the name for an actor and for software, and the text does not tell.
        mentions: Where it is named in `Document.text`, in the order of the text.
        candidates: What it may be: one link for each entry of a source. It is ambiguous where one source has several;
            a name that no source knows has none, and so has an organisation.
        decision: The number of the decision in the store by which a person set it or confirmed it; None for what the
            machine found.
    """

    name: str
    kind: EntityKind | None
    mentions: tuple[Span, ...]
    candidates: tuple[Link, ...] = ()
    decision: int | None = None
