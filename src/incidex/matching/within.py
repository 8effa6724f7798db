"""Takes from an analysis what its document says of one incident: of a round-up, what stands in one item."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from incidex.records import Analysis, BlockKind, Profile, Span


def within(analysis: Analysis, profiles: Iterable[Profile]) -> Analysis:
    """
    Return what was found in the sentences of `profiles`, which are of the same document.

    The analysis itself is returned if the document is no round-up, or if there are no profiles.
    """
    own = sorted({span for profile in profiles for span in profile.sentences})
    told = [s for s in analysis.sentences if s.kind.in_article and s.kind is not BlockKind.TITLE]
    if not own or len(own) >= len(told):
        return analysis
    starts = [span.start for span in own]

    def has(span: Span) -> bool:
        place = bisect_right(starts, span.start) - 1
        return place >= 0 and span.start < own[place].end

    events = (replace(event, mentions=tuple(m for m in event.mentions if has(m.trigger))) for event in analysis.events)
    entities = (replace(entity, mentions=tuple(filter(has, entity.mentions))) for entity in analysis.entities)
    return replace(
        analysis,
        sentences=tuple(sentence for sentence in analysis.sentences if has(sentence.span)),
        events=tuple(event for event in events if event.mentions),
        indicators=tuple(one for one in analysis.indicators if has(one.span)),
        entities=tuple(entity for entity in entities if entity.mentions),
        times=tuple(one for one in analysis.times if has(one.span)),
        quantities=tuple(one for one in analysis.quantities if has(one.span)),
        claims=tuple(one for one in analysis.claims if has(one.words)),
    )
