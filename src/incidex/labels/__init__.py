"""The label scheme as data: which event types there are, in which order, and how a set of them is written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from incidex.errors import FormatError
from incidex.tables import table

# What binds two mentions of one event in CASIE's files, and in those of tools where people mark texts.
SAME = "Same"


@dataclass(frozen=True, slots=True)
class EventType:
    """
    One kind of event that a sentence can report.

    Attributes:
        name: As it is written in the labelled form, such as "AttackRansom".
        casie: Type and subtype in CASIE's files, such as ("Attack", "Ransom").
        reports: What a sentence of this type says, in words.
        roles: The roles that its arguments can have, each with the entity types that can stand in it.
    """

    name: str
    casie: tuple[str, str]
    reports: str
    roles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """
    What can be said of a text. The order of each tuple is the order of every score vector over it.

    Attributes:
        event_types: What happens.
        none: How "none of them" is written.
        entity_types: What kind of thing an argument is.
        realis: Whether an event really happened.
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
        Return the event type that is called `name`.

        Raises:
            FormatError: There is none.
        """
        for known in self.event_types:
            if known.name == name:
                return known
        raise FormatError(f"'{name}' is no event type. Event types are {', '.join(self.names)}.")

    def written(self, labels: Collection[str]) -> str:
        """Return `labels` as the labelled form writes them: in scheme order, `O` if there are none."""
        return ", ".join(name for name in self.names if name in labels) or self.none

    def parsed(self, written: str) -> tuple[str, ...]:
        """
        Return the labels in `written`, which is comma-separated, in scheme order and without doubles.

        Raises:
            FormatError: A name is not in the scheme, nothing is written, or `O` stands beside others.
        """
        found = {name.strip() for name in written.split(",")} - {""}
        unknown = sorted(found - {*self.names, self.none})
        if unknown or not found:
            what = f"'{unknown[0]}' is no label" if unknown else "There is no label"
            raise FormatError(f"{what}. Labels are {', '.join(self.names)}, or {self.none} for none of them.")
        if self.none in found and len(found) > 1:
            raise FormatError(f"'{self.none}' means that there is no label, so it cannot stand beside others.")
        return self.ordered(found)

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return those of `labels` that are event types, in scheme order, without doubles."""
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
