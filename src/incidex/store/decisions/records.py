"""What people decide: the records, and what joins and splits mean for the profiles that they concern."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from incidex.labels import scheme
from incidex.records import Event, Realis, Span

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Join:
    """
    Two incidents are one.

    Attributes:
        left: The ids of the profiles that the first one had when this was decided.
        right: Those of the second one.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """
    Some documents of an incident report on another one.

    Attributes:
        apart: The ids of the profiles that leave it, together.
        rest: Those that it keeps.
    """

    apart: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ignore:
    """
    A name, an indicator or another value says nothing: it joins no documents and stands in no dossier.

    Attributes:
        value: As it was given.
    """

    value: str


@dataclass(frozen=True, slots=True)
class Correction:
    """
    A sentence reports something else than the model found.

    Either `labels` is set, or one of the last three.

    Attributes:
        document: The id of the document as it was then.
        words: What is corrected: a sentence or a trigger, as it stands in the text.
        span: Where it stands there.
        labels: What the sentence reports.
        event_type: What the trigger names; it is made one if it was none.
        realis: Whether that happened.
        no_event: Whether the words name no event.
    """

    document: str
    words: str
    span: Span
    labels: tuple[str, ...] | None = None
    event_type: str | None = None
    realis: Realis | None = None
    no_event: bool = False


@dataclass(frozen=True, slots=True)
class Annotation:
    """
    What a person marked in a whole document, in place of what the model found there.

    Attributes:
        document: The id of the document as it was then.
        text: Its text, in which all spans are.
        events: All that it reports, with arguments and realis; None if nobody was asked for events.
        labels: The sentences that report something, each with its labels; all others report nothing. None if nobody was
            asked for labels.
    """

    document: str
    text: str
    events: tuple[Event, ...] | None = None
    labels: tuple[tuple[Span, tuple[str, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """
    An earlier decision does not hold; if that one is an undo, the one before holds again.

    Attributes:
        number: That of the earlier decision.
    """

    number: int


Content = Join | Split | Ignore | Correction | Annotation | Undo
KINDS: Mapping[str, type[Content]] = {
    "join": Join,
    "split": Split,
    "ignore": Ignore,
    "correct": Correction,
    "import": Annotation,
    "undo": Undo,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """
    What somebody decided, when and why.

    Attributes:
        number: They are counted from 1.
        made_at: UTC, ISO 8601.
        author: Who.
        reason: Why, in the author's words; may be empty.
        content: What.
        holds: Whether it has not been undone.
    """

    number: int
    made_at: str
    author: str
    reason: str
    content: Content
    holds: bool = True

    @property
    def kind(self) -> str:
        """Its name: that of the command that makes it."""
        return next(name for name, kind in KINDS.items() if isinstance(self.content, kind))


def subjects(content: Content) -> tuple[str, ...]:
    """Return the ids of the profiles or the document that a decision concerns."""
    match content:
        case Join():
            return content.left + content.right
        case Split():
            return content.apart + content.rest
        case Correction() | Annotation():
            return (content.document,)
    return ()


def constraints(decisions: Iterable[Decision], now: Mapping[str, str]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """
    Return which profiles have to be in one incident, and which must not be.

    A later decision prevails over an earlier one.

    Args:
        decisions: Those that hold, the earliest first.
        now: What the ids of profiles have become; those that are missing are passed over.
    """
    together: list[set[str]] = []
    apart: set[Pair] = set()
    for decision in decisions:
        match decision.content:
            case Join(left, right):
                joined = _now(left + right, now)
                apart = {pair for pair in apart if not joined.issuperset(pair)}
                together.append(joined)
            case Split(some, rest):
                leaving, staying = _now(some, now), _now(rest, now)
                leaving -= staying
                together = [part for group in together for part in _divided(group, leaving, staying)] + [leaving]
                apart |= {_pair(*pair) for pair in product(leaving, staying)}
    must = {pair for group in together for pair in pairwise(sorted(group))}
    return tuple(sorted(must)), tuple(sorted(apart))


def _now(ids: Iterable[str], now: Mapping[str, str]) -> set[str]:
    return {now[id] for id in ids if id in now}


def _divided(group: set[str], leaving: set[str], staying: set[str]) -> tuple[set[str], ...]:
    return (group & leaving, group - leaving) if group & leaving and group & staying else (group,)


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


def told(content: Content) -> str:
    """Return what is decided, in a few words."""
    match content:
        case Join(left, right):
            return f"{left[0]} and {right[0]}"
        case Split(apart, rest):
            return f"{', '.join(apart)} from {rest[0]}"
        case Ignore(value):
            return repr(value)
        case Undo(number):
            return str(number)
        case Correction():
            return f"{content.words!r}: {_now_is(content)}"
        case Annotation():
            return f"{content.document}: {_marked(content)}"


def _now_is(correction: Correction) -> str:
    if correction.labels is not None:
        return scheme().written(correction.labels)
    named = (correction.event_type, correction.realis)
    return "no event" if correction.no_event else ", ".join(filter(None, named))


def _marked(annotation: Annotation) -> str:
    events = None if annotation.events is None else _counted(len(annotation.events), "event")
    labels = None if annotation.labels is None else f"{_counted(len(annotation.labels), 'sentence')} with labels"
    return ", ".join(filter(None, (events, labels)))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
