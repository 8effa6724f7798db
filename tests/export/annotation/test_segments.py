"""Segments do not overlap, miss no word, and have just those triggers and arguments that cover them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.export.annotation.segments import blocks_of, marks_of, segments
from incidex.records import (
    Analysis,
    Argument,
    Block,
    BlockKind,
    Document,
    Entity,
    Event,
    EventMention,
    Granularity,
    Sentence,
    Span,
    TimeExpression,
)


def shown(analysis: Analysis) -> list[tuple[str, list[str]]]:
    text = analysis.document.text
    return [
        (segment.span.of(text), [mark.argument.role if mark.argument else "trigger" for mark in segment.marks])
        for segment in segments(analysis)
        if segment.marks
    ]


def test_cuts_where_something_begins_or_ends(analysis: Analysis) -> None:
    assert shown(analysis) == [
        ("Ferry line", ["Victim"]),
        ("loses", ["trigger"]),
        ("Thieves", ["Attacker"]),
        ("stole", ["trigger"]),
        ("5,000", ["Number-of-Data", "Compromised-Data"]),
        (" names of passengers", ["Compromised-Data"]),
        ("Alder Ferries.", ["Victim"]),
        (" ", ["Victim"]),
        ("They", ["Victim"]),
        ("Alder  Ferries", ["Victim", "Victim"]),
        ("theft", ["trigger"]),
        ("pay <b>", ["trigger"]),
        ("saltmarsh", ["trigger", "Attacker"]),
        ("</b> a ransom", ["trigger"]),
    ]


def test_knows_block_and_sentence(analysis: Analysis) -> None:
    found = {segment.span.of(analysis.document.text): segment for segment in segments(analysis)}
    assert found["By Ann Lee"].block.kind is BlockKind.BYLINE
    assert found["Thieves"].sentence == analysis.sentences[2]
    assert found[" "].sentence is None


def test_only_the_first_piece_of_a_span_begins_it(analysis: Analysis) -> None:
    found = {segment.span.of(analysis.document.text): segment.begins for segment in segments(analysis) if segment.marks}
    assert (found["5,000"], found[" names of passengers"], found["They"]) == (True, False, False)


def test_names_and_times_are_places_too() -> None:
    text = "They ran on Monday from Marsh Cat."
    time = TimeExpression(Span(12, 18), "weekday", Granularity.DAY)
    name = Entity("Marsh Cat", None, (Span(24, 33),))
    found = segments(Analysis(Document(text), (), "fake-1", times=(time,), entities=(name,)))
    assert [(segment.span.of(text), segment.is_place) for segment in found] == [
        ("They ran on ", False),
        ("Monday from ", True),
        ("Marsh Cat.", True),
    ]


def test_what_an_argument_is_twice_in_one_event_is_marked_once() -> None:
    argument = Argument(Span(0, 2), "Person", "Attacker")
    mentions = tuple(EventMention(Span(at, at + 1), "AttackRansom", arguments=(argument,)) for at in (3, 5))
    found = marks_of(Analysis(Document("We a b"), (), "fake-1", (Event(mentions),)))
    assert [mark.argument for mark in found] == [argument, None, None]


def test_text_outside_of_blocks_is_body() -> None:
    document = Document("One\n\n  Two \nThree\nFour", blocks=(Block(Span(13, 17), BlockKind.CAPTION),))
    assert [(block.span.of(document.text), block.kind) for block in blocks_of(document)] == [
        ("One", BlockKind.BODY),
        ("Two ", BlockKind.BODY),
        ("T", BlockKind.BODY),
        ("hree", BlockKind.CAPTION),
        ("Four", BlockKind.BODY),
    ]


def test_without_text_there_is_no_piece() -> None:
    assert list(segments(Analysis(Document(" \n"), (), "fake-1"))) == []


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Make texts with any blocks and sentences, and spans that overlap at will."""
    text = draw(st.text("ab<& \n\r\u2028", min_size=1, max_size=60))
    edges = st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted)
    stretches = edges.map(lambda at: [Span(*pair) for pair in zip(at[::2], at[1::2], strict=False)])
    some = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Span(start, end))
    )
    kinds = st.sampled_from(BlockKind)
    arguments = st.lists(some.map(lambda span: Argument(span, "Person", "Attacker")), max_size=3).map(tuple)
    mentions = st.builds(EventMention, some, st.just("AttackRansom"), arguments=arguments)
    events = st.lists(st.lists(mentions, min_size=1, max_size=3).map(lambda found: Event(tuple(found))), max_size=3)
    return Analysis(
        Document(text, tuple(Block(span, draw(kinds)) for span in draw(stretches))),
        tuple(Sentence(span, labels=("AttackRansom",)) for span in draw(stretches)),
        "fake-1",
        tuple(draw(events)),
    )


@given(analyses())
@settings(deadline=None)
def test_pieces_are_exact(analysis: Analysis) -> None:
    text = analysis.document.text
    found = list(segments(analysis))
    covered = [position for segment in found for position in range(segment.span.start, segment.span.end)]
    assert covered == sorted(set(covered))
    assert "".join(text[position] for position in covered if not text[position].isspace()) == "".join(text.split())
    for mark in marks_of(analysis):
        inside = [position for position in covered if mark.span.start <= position < mark.span.end]
        pieces_of_it = [segment for segment in found if mark in segment.marks]
        assert [at for segment in pieces_of_it for at in range(segment.span.start, segment.span.end)] == inside
