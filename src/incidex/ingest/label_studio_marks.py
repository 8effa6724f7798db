"""Reads one annotation of Label Studio: turns regions, choices and relations into labels and events."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from incidex.errors import FormatError
from incidex.labels import SAME, scheme
from incidex.records import Argument, Event, EventMention, Realis, Span

_HELP = "See docs/reference/formats/label-studio.md for the labelling configuration."

_Labels = tuple[tuple[Span, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """
    The annotations of one text.

    Attributes:
        events: As in `Annotated`.
        labels: As in `Annotated`.
        warnings: The annotations that could not be used, one sentence for each kind.
    """

    events: tuple[Event, ...]
    labels: _Labels | None
    warnings: tuple[str, ...]


def read_marks(result: Iterable[dict[str, Any]], text: str, *, place: str) -> Marks:
    """
    Return the annotations in `result`, the list of that name in an annotation of `text`.

    A trigger without realis counts as Actual. What cannot be used (text that is not at its offset, an argument not
    linked to a trigger, a relation without a role) is left out with a warning.

    Args:
        result: Regions, choices and relations.
        text: The text of the task.
        place: The name of the task for messages.

    Raises:
        FormatError: An annotation does not follow Label Studio's format or our labelling configuration.
    """
    read = _Reader(text, place)
    for entry in result:
        read.take(entry)
    return read.marks()


@dataclass
class _Reader:
    """The annotations read so far, by their ids, in the order of the file."""

    text: str
    place: str
    sentences: list[tuple[Span, tuple[str, ...]]] = field(default_factory=list)
    triggers: dict[str, tuple[Span, str]] = field(default_factory=dict)
    arguments: dict[str, tuple[Span, str]] = field(default_factory=dict)
    realis: dict[str, Realis] = field(default_factory=dict)
    arrows: list[tuple[str, str, list[str]]] = field(default_factory=list)
    lost: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unusual: list[str] = field(default_factory=list)

    def take(self, entry: dict[str, Any]) -> None:
        """Read one entry of the list `result`."""
        kind = entry.get("type")
        if kind == "relation":
            source, target = str(entry.get("from_id")), str(entry.get("to_id"))
            self.arrows.append((source, target, self._names(entry, "labels", _labels_of_arrows())))
        elif kind == "choices":
            for name in self._names(self._value(entry), "choices", scheme().realis):
                self.realis[str(entry.get("id"))] = Realis(name)
        elif kind == "labels":
            self._region(entry)
        else:
            self.lost["of an unknown kind"].append(str(kind))

    def marks(self) -> Marks:
        """Return what was read."""
        roles, same = self._tied()
        mentions = {name: self._mention(name, roles[name]) for name in self.triggers}
        groups: dict[str, list[EventMention]] = defaultdict(list)
        for name, mention in mentions.items():
            groups[_root(same, name)].append(mention)
        events = [Event(tuple(sorted(group, key=lambda one: one.trigger))) for group in groups.values()]
        ordered = tuple(sorted(events, key=lambda event: event.mentions[0].trigger))
        labels = tuple(sorted(self.sentences, key=lambda one: one[0])) if self.sentences else None
        return Marks(ordered, labels, tuple(self._warnings()))

    def _region(self, entry: dict[str, Any]) -> None:
        value, name = self._value(entry), str(entry.get("id"))
        control = entry.get("from_name")
        if not isinstance(control, str) or control not in _labels_of_regions():
            raise FormatError(
                f"{self.place}: {_shown(control)} is not part of Incidex's labelling configuration.\n{_HELP}"
            )
        labels = self._names(value, "labels", _labels_of_regions()[control])
        span = self._span(value)
        if span is None or not labels:
            why = "without a label" if span else "whose text is not at the given offset"
            self.lost[why].append(f"{control} {value.get('text')!r}")
        elif control == "sentence":
            self.sentences.append((span, scheme().ordered(labels)))
        else:
            (self.triggers if control == "trigger" else self.arguments)[name] = (span, labels[0])
            more = [f"{value.get('text')!r} as {label}" for label in labels[1:]]
            if more:
                self.lost[f"with a second label, which a {control} cannot have"] += more

    def _tied(self) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
        """Return the arguments and roles of each trigger, and for each trigger another one of the same event."""
        roles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        same = {name: name for name in self.triggers}
        tied = set()
        for source, target, names in self.arrows:
            if source in self.arguments and target in self.triggers:
                source, target = target, source
            own = [name for name in names if name != SAME]
            if source in self.triggers and target in self.arguments and own:
                roles[source] += [(target, name) for name in own]
                tied.add(target)
            elif source in self.triggers and target in self.triggers and SAME in names:
                same[_root(same, target)] = _root(same, source)
            else:
                self.lost["that are relations without a role, or between regions that cannot be related"].append(
                    f"{self._words(source)} to {self._words(target)}"
                )
        for name in self.arguments.keys() - tied:
            self.lost["that are arguments not linked to a trigger"].append(self._words(name))
        return roles, same

    def _mention(self, name: str, roles: list[tuple[str, str]]) -> EventMention:
        trigger, event_type = self.triggers[name]
        found = {Argument(*self.arguments[argument], role) for argument, role in roles}
        licensed = scheme().event_type(event_type).roles
        odd = (one for one in found if one.entity_type not in licensed.get(one.role, ()))
        self.unusual += [f"{event_type} with {one.role} of type {one.entity_type}" for one in odd]
        ordered = sorted(found, key=lambda one: (one.span, one.role, one.entity_type))
        return EventMention(trigger, event_type, self.realis.get(name, Realis.ACTUAL), tuple(ordered))

    def _span(self, value: dict[str, Any]) -> Span | None:
        """Return the span of a region if its text is there. Label Studio counts code points, as we do."""
        start, end, words = value.get("start"), value.get("end"), value.get("text")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(self.text):
            return None
        if not isinstance(words, str):
            return Span(start, end)
        # A long span for a short text is skipped, as comparing many of these would take long.
        same = end - start <= 2 * len(words) + 100 and _bare(words) == _bare(self.text[start:end])
        return Span(start, end) if same else None

    def _names(self, value: dict[str, Any], key: str, known: tuple[str, ...]) -> list[str]:
        found = value.get(key) or []
        if not isinstance(found, list):
            raise FormatError(f'{self.place}: "{key}" should be a list.\n{_HELP}')
        for name in found:
            if name not in known:
                raise FormatError(f"{self.place}: {_shown(name)} is not one of {', '.join(known)}.\n{_HELP}")
        return found

    def _value(self, entry: dict[str, Any]) -> dict[str, Any]:
        value = entry.get("value")
        if not isinstance(value, dict):
            raise FormatError(f'{self.place}: an annotation has no "value".\n{_HELP}')
        return value

    def _words(self, name: str) -> str:
        span = (self.triggers.get(name) or self.arguments.get(name) or (None, ""))[0]
        return repr(span.of(self.text)) if span else "a missing region"

    def _warnings(self) -> Iterator[str]:
        for why, what in self.lost.items():
            yield f"Annotations left out {why}: {len(what)}, such as {sorted(what)[0][:80]}."
        if self.unusual:
            count, first = len(self.unusual), min(self.unusual)
            yield f"Arguments outside the scheme, kept as they are: {count}, such as {first}."


@cache
def _labels_of_regions() -> dict[str, tuple[str, ...]]:
    """Return the labels that each kind of region can have."""
    known = scheme()
    return {"sentence": (*known.names, known.none), "trigger": known.names, "argument": known.entity_types}


@cache
def _labels_of_arrows() -> tuple[str, ...]:
    """Return the labels that relations can have."""
    return SAME, *scheme().roles


def _root(same: dict[str, str], name: str) -> str:
    """Return the trigger that represents the event of a trigger (union-find)."""
    while same[name] != name:
        same[name] = same[same[name]]
        name = same[name]
    return name


def _shown(value: object) -> str:
    """Return a name in quotes, shortened for a message."""
    return f"{value[:60]!r}" if isinstance(value, str) else "a value that is not a string"


def _bare(words: str) -> str:
    """Return text without white space, and without the escapes that Label Studio writes for line breaks."""
    return "".join(words.replace("\\n", " ").split())
