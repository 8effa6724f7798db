"""The label scheme as data: which event types there are, in which order, and how a set of them is written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from incidex.errors import FormatError
from incidex.tables import table


@dataclass(frozen=True, slots=True)
class EventType:
    """
    One kind of event that a sentence can report.

    Attributes:
        name: As it is written in the labelled form, such as "AttackRansom".
        casie: Type and subtype in CASIE's files, such as ("Attack", "Ransom").
        reports: What a sentence of this type says, in words.
    """

    name: str
    casie: tuple[str, str]
    reports: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The event types in the order of every score vector, and the word for "none of them"."""

    event_types: tuple[EventType, ...]
    none: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the event types, in order."""
        return tuple(event_type.name for event_type in self.event_types)

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
        EventType(name=entry["name"], casie=tuple(entry["casie"]), reports=entry["reports"])
        for entry in content["event_types"]
    )
    return Scheme(event_types=event_types, none=content["none"])
