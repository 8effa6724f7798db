"""The label scheme as data: the event types in order, their roles, and how labels are written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from incidex.errors import FormatError
from incidex.tables import table

# The relation between two mentions of an event, in CASIE's files and in those of annotation tools.
SAME = "Same"


@dataclass(frozen=True, slots=True)
class EventType:
    """
    A type of event that a sentence can report.

    Attributes:
        name: Its label, such as "AttackRansom".
        casie: Type and subtype in CASIE's files, such as ("Attack", "Ransom").
        reports: A description of what a sentence with this label reports.
        roles: The roles of its arguments, each with the entity types that can fill it.
    """

    name: str
    casie: tuple[str, str]
    reports: str
    roles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """
    All labels, types and roles. The order of each tuple is the order of every score vector over it.

    Attributes:
        event_types: The types of events.
        none: The label of a sentence without events.
        entity_types: The types of arguments.
        realis: Whether an event actually happened.
    """

    event_types: tuple[EventType, ...]
    none: str
    entity_types: tuple[str, ...]
    realis: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the event types, in order."""
        return tuple(event_type.name for event_type in self.event_types)

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles, ordered by name."""
        return tuple(sorted({role for event_type in self.event_types for role in event_type.roles}))

    def event_type(self, name: str) -> EventType:
        """
        Return the event type called `name`.

        Raises:
            FormatError: There is none.
        """
        for known in self.event_types:
            if known.name == name:
                return known
        raise FormatError(f"'{name}' is not an event type. Event types are {', '.join(self.names)}.")

    def written(self, labels: Collection[str]) -> str:
        """Return `labels` as they are written in labelled files: in scheme order, `O` if there are none."""
        return ", ".join(name for name in self.names if name in labels) or self.none

    def parsed(self, written: str) -> tuple[str, ...]:
        """
        Return the comma-separated labels in `written`, in scheme order and without duplicates.

        Raises:
            FormatError: A label is unknown, there is none, or `O` is combined with others.
        """
        found = {name.strip() for name in written.split(",")} - {""}
        unknown = sorted(found - {*self.names, self.none})
        if unknown or not found:
            what = f"'{unknown[0]}' is not a label" if unknown else "There is no label"
            raise FormatError(f"{what}. Labels are {', '.join(self.names)}, or {self.none} for none of them.")
        if self.none in found and len(found) > 1:
            raise FormatError(f"'{self.none}' means no label, so it cannot be combined with others.")
        return self.ordered(found)

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the event types in `labels`, in scheme order, without duplicates."""
        wanted = set(labels)
        return tuple(name for name in self.names if name in wanted)


@cache
def scheme() -> Scheme:
    """Return the label scheme that ships with the package."""
    content = table("incidex.labels", "scheme")
    event_types = tuple(
        EventType(
            name=entry["name"],
            casie=tuple(entry["casie"]),
            reports=entry["reports"],
            roles={role: tuple(entity_types) for role, entity_types in entry["roles"].items()},
        )
        for entry in content["event_types"]
    )
    return Scheme(
        event_types=event_types,
        none=content["none"],
        entity_types=tuple(content["entity_types"]),
        realis=tuple(content["realis"]),
    )
