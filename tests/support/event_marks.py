"""Makes mentions from sentences in which the words are given."""

from incidex.records import Argument, EventMention, Realis, Span


def span_of(text: str, words: str) -> Span:
    """Return where `words` stand in `text` first."""
    start = text.index(words)
    return Span(start, start + len(words))


def mention(
    text: str,
    trigger: str,
    *arguments: tuple[str, str, str],
    event_type: str = "AttackDatabreach",
    realis: Realis = Realis.ACTUAL,
) -> EventMention:
    """Return a mention; an argument is given by its role, entity type and words."""
    made = (Argument(span_of(text, words), entity_type, role, 0.5) for role, entity_type, words in arguments)
    ordered = tuple(sorted(made, key=lambda argument: argument.span))
    return EventMention(span_of(text, trigger), event_type, realis, ordered, 0.5)
