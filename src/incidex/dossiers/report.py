"""Limits an analysis to what its document says about one incident, and makes evidence of spans in it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from incidex.dossiers.entities import EntityIndex
from incidex.records import (
    Analysis,
    BlockKind,
    Claim,
    Document,
    EventMention,
    Evidence,
    Profile,
    Realis,
    Sentence,
    Span,
)

# "COLUMBUS, Ohio, March 15 (Northern Wire) - "
_DATELINE = re.compile(
    r"[A-Z][A-Z .,’'/-]{2,40},? ?(?:(?<=, )[A-Z][a-z.]{1,15}(?: [A-Z][a-z.]{1,15})?(?:, ?| (?=[(–—-])))?"
    r"(?:[\w.]{2,12} \d{1,2},? ?(?:\d{4},? ?)?)?(?:\([\w .]{2,30}\) ?)?[-–—] "
)
_LONGEST_QUOTE, _LONGEST_CONTEXT, _LONGEST_HEDGE = 300, 600, 80


class _Place(Protocol):
    @property
    def span(self) -> Span: ...


_P = TypeVar("_P", bound=_Place)


@dataclass(frozen=True, slots=True)
class Report:
    """
    A document, limited to what it says about one incident.

    Attributes:
        id: The id of the document.
        analysis: All that was found in the document.
        title: Its headline.
        sentences: Its sentences that are about the incident, in the order of the text.
        starts: Where these begin.
        entities: The entities of the document.
        mentions: The event mentions in them, except generic ones.
        claims: The claims in them.
        hedged: Those with hedges, by the beginning of their sentence.
    """

    id: str
    analysis: Analysis
    title: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    entities: EntityIndex
    mentions: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    hedged: Mapping[int, tuple[Claim, ...]] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The document."""
        return self.analysis.document

    def words(self, span: Span) -> str:
        """Return the words of `span` on one line, at most 300 characters."""
        return _shortened(self.document.text, span, span, _LONGEST_QUOTE)

    def sentence(self, span: Span) -> Sentence | None:
        """Return the sentence that `span` begins in, if it is about the incident."""
        index = bisect_right(self.starts, span.start) - 1
        found = self.sentences[index] if index >= 0 else None
        return found if found and span.start < found.span.end else None

    def inside(self, found: Iterable[_P]) -> list[_P]:
        """Return those of `found` that are in sentences about the incident."""
        return [record for record in found if self.sentence(record.span)]

    def evidence(self, span: Span, *, claim: Claim | None = None, claimant: str | None = None) -> Evidence:
        """Return the evidence at `span`, with the claim that is made there and its claimant."""
        text, sentence = self.document.text, self.sentence(span)
        around = sentence.span if sentence else span
        told = claim or self._doubt(span, around)
        return Evidence(
            document=self.id,
            span=span,
            quote=self.words(span),
            sentence=around,
            context=_shortened(text, around, span, _LONGEST_CONTEXT),
            claimant=claimant,
            kind=claim.kind.value if claim else None,
            hedges=tuple(h.span.of(text)[:_LONGEST_HEDGE] for h in told.hedges) if told else (),
        )

    def _doubt(self, span: Span, around: Span) -> Claim | None:
        """Return the hedged claim whose words hold `span`, if there is one."""
        found = (claim for claim in self.hedged.get(around.start, ()) if claim.words.covers(span))
        return min(found, key=lambda claim: claim.words.end - claim.words.start, default=None)


def report(analysis: Analysis, profiles: Sequence[Profile]) -> Report:
    """Return what the document says in the sentences of `profiles`; without any, what its whole article says."""
    spans = {span for profile in profiles for span in profile.sentences}
    titles = {profile.title for profile in profiles}
    text = analysis.document.text
    sentences = tuple(
        sentence
        for sentence in analysis.sentences
        if sentence.kind.in_article and (not profiles or sentence.span in spans or _is_title(sentence, text, titles))
    )
    starts = tuple(sentence.span.start for sentence in sentences)
    own = profiles[0].document if profiles else analysis.document.id
    title = next(iter(titles), None) or analysis.document.title or ""
    entities = EntityIndex(analysis.entities)
    empty = Report(own, analysis, " ".join(title.split())[:_LONGEST_QUOTE], sentences, starts, entities)
    mentions = (mention for event in analysis.events for mention in event.mentions)
    claims = tuple(claim for claim in analysis.claims if empty.sentence(claim.words))
    return replace(
        empty,
        mentions=tuple(m for m in mentions if m.realis is not Realis.GENERIC and empty.sentence(m.trigger)),
        claims=claims,
        hedged=_hedged(claims, empty),
    )


def _hedged(claims: Iterable[Claim], of: Report) -> dict[int, tuple[Claim, ...]]:
    found: dict[int, tuple[Claim, ...]] = {}
    for claim in claims:
        sentence = of.sentence(claim.words) if claim.hedges else None
        if sentence:
            found[sentence.span.start] = (*found.get(sentence.span.start, ()), claim)
    return found


def is_dateline(span: Span, report: Report) -> bool:
    """Return whether `span` stands in a dateline: "PORT ALDER, March 15 (Northern Wire) - Ferry operator ..."."""
    sentence = report.sentence(span)
    text = report.document.text
    match = _DATELINE.match(text, sentence.span.start, sentence.span.start + 120) if sentence else None
    return bool(match and span.end <= match.end())


def _is_title(sentence: Sentence, text: str, titles: Iterable[str]) -> bool:
    """Return whether the sentence is the headline of a profile. Profiles do not count headlines as sentences."""
    if sentence.kind is not BlockKind.TITLE:
        return False
    words = " ".join(sentence.span.of(text).split())
    return any(words in title or title in words for title in titles)


def _shortened(text: str, around: Span, span: Span, most: int) -> str:
    """Return the words of `around` on one line; if there are too many, those around `span`."""
    if around.end - around.start <= most:
        return " ".join(text[around.start : around.end].split())
    start = max(around.start, min(span.start - most // 3, around.end - most))
    words = " ".join(text[start : min(around.end, start + most)].split())
    return f"{'…' if start > around.start else ''}{words}{'…' if start + most < around.end else ''}"
