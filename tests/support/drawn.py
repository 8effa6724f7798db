"""Texts and findings for Hypothesis to draw, also with characters outside the first plane, line ends and overlaps."""

from hypothesis import strategies as st

from incidex.labels import scheme
from incidex.records import Analysis, Argument, BlockKind, Document, Event, EventMention, Realis, Sentence, Span

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
