"""Texts and findings for Hypothesis to draw, also with characters outside the first plane, line ends and overlaps."""

from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from incidex.labels import scheme
from incidex.records import (
    Analysis,
    Argument,
    Block,
    BlockKind,
    Claim,
    Claimant,
    Document,
    Entity,
    Event,
    EventMention,
    Hedge,
    Imitation,
    Indicator,
    Link,
    Quantity,
    Realis,
    Sentence,
    Span,
    TimeExpression,
)

T = TypeVar("T")

LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("aa b🦊𝕏\r\n\\\u2028\x85")


def texts(*, least: int = 1) -> st.SearchStrategy[str]:
    """Draw a text."""
    return st.text(LETTERS, min_size=least, max_size=60)


def spans(text: str) -> st.SearchStrategy[Span]:
    """Draw a stretch of `text`, which is not empty."""
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] != pair[1])
    return ends.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def events(draw: st.DrawFn, text: str) -> tuple[Event, ...]:
    """Draw events as records hold them: all in order. Their triggers differ."""
    triggers = draw(st.lists(spans(text), unique=True, max_size=6))
    mentions = [draw(_mentions(trigger, text)) for trigger in sorted(triggers)]
    owners = [draw(st.integers(0, 3)) for _ in mentions]
    groups = [
        [mention for mention, owner in zip(mentions, owners, strict=True) if owner == number]
        for number in dict.fromkeys(owners)
    ]
    return tuple(Event(tuple(group)) for group in groups)


@st.composite
def sentences(draw: st.DrawFn, text: str, *, kinds: tuple[BlockKind, ...] = (BlockKind.BODY,)) -> tuple[Sentence, ...]:
    """Draw sentences without overlap, each with any labels."""
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    labels = st.sets(st.sampled_from(scheme().names)).map(scheme().ordered)
    return tuple(
        Sentence(Span(start, end), draw(st.sampled_from(kinds)), draw(labels))
        for start, end in zip(ends[::2], ends[1::2], strict=False)
    )


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Draw a text with sentences and events."""
    text = draw(texts())
    return Analysis(Document(text), draw(sentences(text)), "fake-1", draw(events(text)))


@st.composite
def _mentions(draw: st.DrawFn, trigger: Span, text: str) -> EventMention:
    event_type = draw(st.sampled_from(scheme().event_types))
    licensed = [(kind, role) for role, kinds in event_type.roles.items() for kind in kinds]
    drawn = draw(st.sets(st.tuples(spans(text), st.sampled_from(licensed)), max_size=4))
    arguments = [Argument(span, kind, role) for span, (kind, role) in drawn]
    ordered = sorted(arguments, key=lambda argument: (argument.span, argument.role, argument.entity_type))
    return EventMention(trigger, event_type.name, draw(st.sampled_from(Realis)), tuple(ordered))


@st.composite
def whole(draw: st.DrawFn) -> Analysis:
    """Draw a document with findings of every kind."""
    text = draw(texts())
    document = draw(st.builds(Document, text=st.just(text), blocks=_some(st.builds(Block, span=spans(text)))))
    kinds = tuple(BlockKind)
    links = st.builds(Link)
    return Analysis(
        document,
        tuple(replace(one, scores=draw(_label_scores())) for one in draw(sentences(text, kinds=kinds))),
        draw(st.text(max_size=5)),
        tuple(_scored(event, draw(_SCORES)) for event in draw(events(text))),
        draw(_some(st.builds(Indicator, span=spans(text), imitates=st.none() | _imitations(text)))),
        draw(_some(st.builds(Entity, mentions=_some(spans(text)), candidates=_some(links)))),
        draw(_some(st.builds(TimeExpression, span=spans(text)))),
        draw(_some(st.builds(Quantity, span=spans(text), low=_numbers(), high=_numbers()))),
        draw(_some(_claims(text))),
    )


_SCORES = st.integers(0, 10_000).map(lambda number: number / 10_000)


def _some(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=2).map(tuple)


def _label_scores() -> st.SearchStrategy[tuple[float, ...]]:
    return st.just(()) | st.tuples(*[_SCORES for _ in scheme().names])


def _scored(event: Event, score: float) -> Event:
    return Event(tuple(replace(mention, score=score) for mention in event.mentions))


def _imitations(text: str) -> st.SearchStrategy[Imitation]:
    return st.builds(Imitation, organisation=spans(text))


def _numbers() -> st.SearchStrategy[float | None]:
    return st.none() | st.floats(allow_nan=False, allow_infinity=False)


def _claims(text: str) -> st.SearchStrategy[Claim]:
    place, maybe = spans(text), st.none() | spans(text)
    claimant = st.builds(Claimant, words=place, name=place, person=maybe, role=maybe, organisation=maybe)
    hedge = st.builds(Hedge, span=place, kind=st.just("modal"), band=st.none() | st.text(max_size=3))
    return st.builds(
        Claim,
        claimant=st.none() | claimant,
        words=place,
        cue=place,
        trigger=maybe,
        accused=maybe,
        value=maybe,
        hedges=_some(hedge),
        score=_SCORES,
        rule=st.text(max_size=3),
    )
