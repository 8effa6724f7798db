"""The records of decisions, and what joins and splits mean for the profiles concerned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from incidex.labels import scheme
from incidex.records import Event, Realis, Span
from incidex.store.decisions.edits import Edit, describe_edit

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Join:
    """
    Two incidents are the same.

    Attributes:
        left: The ids of the profiles of the first one at the time of the decision.
        right: Those of the second one.
        named: How the person named the two; empty in decisions of earlier versions.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """
    Some documents of an incident report on another one.

    Attributes:
        apart: The ids of the profiles that leave it together.
        rest: Those of the profiles that stay.
        named: How the person named the incident and the documents; empty in decisions of earlier versions.
    """

    apart: tuple[str, ...]
    rest: tuple[str, ...]
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """
    Somebody could not tell whether two incidents are the same, and leaves it to a colleague.

    Attributes:
        left: The ids of the profiles of the first one at the time of the decision.
        right: Those of the second one.
        named: How the person named the two.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignore:
    """
    A name, indicator or other value means nothing: it joins no documents and is left out of dossiers.

    Attributes:
        value: As the person wrote it.
        document: The id of the only document in which that is so, at the time of the decision; empty if there is no
            such limit.
        incident: The ids of the profiles, at the time of the decision, of the only incident in which that is so.
    """

    value: str
    document: str = ""
    incident: tuple[str, ...] = ()

    @property
    def is_everywhere(self) -> bool:
        """Whether it is so in every document and incident."""
        return not self.document and not self.incident


@dataclass(frozen=True, slots=True)
class Correction:
    """
    A sentence reports something other than the model found.

    Either `labels` is set, or some of the last three.

    Attributes:
        document: The id of the document at the time of the decision.
        words: The sentence or trigger that is corrected, as in the text.
        span: The place of `words`.
        labels: The labels of the sentence.
        event_type: The event type of the trigger. Words that are not a trigger become one.
        realis: The realis of the event mention.
        no_event: Whether the words are not a trigger.
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
    A person's annotation of a whole document, which replaces what the model found there.

    Attributes:
        document: The id of the document at the time of the decision.
        text: Its text, which all spans refer to.
        events: All events, with arguments and realis; None if events were not annotated.
        labels: The sentences that have labels, each with its labels; None if labels were not annotated.
    """

    document: str
    text: str
    events: tuple[Event, ...] | None = None
    labels: tuple[tuple[Span, tuple[str, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """
    Documents were deleted with everything that came from them.

    Attributes:
        documents: Their ids, from which no content can be told.
    """

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """
    An earlier decision is no longer in force; if that one is an undo, what it undid is in force again.

    Attributes:
        number: The number of the earlier decision.
    """

    number: int


Content = Join | Split | Unsure | Ignore | Correction | Edit | Annotation | Remove | Undo
KINDS: Mapping[str, type[Content]] = {
    "join": Join,
    "split": Split,
    "unsure": Unsure,
    "ignore": Ignore,
    "correct": Correction,
    "edit": Edit,
    "import": Annotation,
    "remove": Remove,
    "undo": Undo,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """
    A decision with its author, time and reason.

    Attributes:
        number: Counted from 1 in the order of the decisions.
        made_at: UTC, ISO 8601.
        author: Who decided it.
        reason: Why, in the author's words; may be empty.
        content: What was decided.
        holds: Whether it is in force: it has not been undone.
    """

    number: int
    made_at: str
    author: str
    reason: str
    content: Content
    holds: bool = True

    @property
    def kind(self) -> str:
        """What was done, in one word: "join", "correct", "edit"."""
        return next(name for name, kind in KINDS.items() if isinstance(self.content, kind))


def subjects(content: Content) -> tuple[str, ...]:
    """Return the ids of the profiles or the document that a decision concerns."""
    match content:
        case Remove():
            return content.documents
        case Join() | Unsure():
            return content.left + content.right
        case Ignore():
            return (content.document, *content.incident) if content.document else content.incident
        case Split():
            return content.apart + content.rest
        case Correction() | Edit() | Annotation():
            return (content.document,)
    return ()


def constraints(decisions: Iterable[Decision], now: Mapping[str, str]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """
    Return the pairs of profiles that must be in the same incident, and those that must not.

    A later decision prevails over an earlier one.

    Args:
        decisions: Those in force, the earliest first.
        now: The present id of each profile by its former one. Missing profiles are passed over.
    """
    together: list[set[str]] = []
    apart: set[Pair] = set()
    for decision in decisions:
        match decision.content:
            case Join(left=left, right=right):
                joined = _present(left + right, now)
                apart = {pair for pair in apart if not joined.issuperset(pair)}
                together.append(joined)
            case Split(apart=some, rest=rest):
                leaving, staying = _present(some, now), _present(rest, now)
                leaving -= staying
                together = [part for group in together for part in _divided(group, leaving, staying)] + [leaving]
                apart |= {_pair(*pair) for pair in product(leaving, staying)}
    must = {pair for group in together for pair in pairwise(sorted(group))}
    return tuple(sorted(must)), tuple(sorted(apart))


def _present(ids: Iterable[str], now: Mapping[str, str]) -> set[str]:
    return {now[id] for id in ids if id in now}


def _divided(group: set[str], leaving: set[str], staying: set[str]) -> tuple[set[str], ...]:
    return (group & leaving, group - leaving) if group & leaving and group & staying else (group,)


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


# What is left of a correction of a document that was removed.
_REMOVED = "words that were removed"


def describe(content: Content) -> str:
    """Return what was decided in a few words."""
    match content:
        case Join(left, right, named) | Unsure(left, right, named):
            return " and ".join(named or (left[0], right[0]))
        case Split(apart, rest, named):
            return f"{', '.join(named[1:] or apart)} from {(named or rest)[0]}"
        case Remove(documents):
            return ", ".join(documents)
        case Ignore(value, document, incident):
            where = (
                f" in the document {document}" if document else f" in the incident {incident[0]}" if incident else ""
            )
            return f"{value!r}{where}"
        case Edit():
            return describe_edit(content)
        case Undo(number):
            return str(number)
        case Correction():
            return f"{repr(content.words) if content.words else _REMOVED}: {_change(content)}"
        case Annotation():
            return f"{content.document}: {_extent(content) or _REMOVED}"


def _change(correction: Correction) -> str:
    if correction.labels is not None:
        return scheme().written(correction.labels)
    named = (correction.event_type, correction.realis)
    return "no event" if correction.no_event else ", ".join(filter(None, named))


def _extent(annotation: Annotation) -> str:
    events = None if annotation.events is None else _counted(len(annotation.events), "event")
    labels = None if annotation.labels is None else f"{_counted(len(annotation.labels), 'sentence')} with labels"
    return ", ".join(filter(None, (events, labels)))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
