"""Makes profiles: what one document says about one incident, in the form in which reports are compared."""

import re
import uuid
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from incidex.english import lexicon
from incidex.english.tokens import Token
from incidex.ingest.dates import dated_by_address, published
from incidex.matching.frequencies import is_ordinary_word, name_rarity
from incidex.matching.round_ups import items
from incidex.matching.weighting import (
    ASIDE,
    BODY,
    LEAD,
    LEAD_SENTENCES,
    TITLE,
    weighted_mentions,
    weighted_names,
    weighted_title,
    weighted_words,
)
from incidex.matching.words import (
    announces_another,
    has_capital,
    is_adjacent,
    is_distinctive,
    names,
    proper_name,
    tells_aftermath,
    words,
)
from incidex.records import (
    NAMESPACE,
    Analysis,
    BlockKind,
    EntityKind,
    EventMention,
    IndicatorKind,
    Period,
    Profile,
    Realis,
    Sentence,
    Span,
    Weighted,
)

# The aftermath of an incident is the topic if the headline or one of so many sentences is about it.
_OPENING_SENTENCES = 4
# A name of this weight occurs in the headline, or several times.
_PROMINENT = 0.3
_MOST_VALUES = 12
_SITE = re.compile(r" (?:[|«»]|[-–—]) ")
# A name that so few reports have distinguishes one incident from another.
_DISTINCTIVE = 0.5
# Words between a number and what it counts: "85 serious new flaws".
_BETWEEN = 3


def profiles(analysis: Analysis) -> tuple[Profile, ...]:
    """
    Return one profile for each item of a round-up, one for any other document, and none for one without sentences.

    The profile of a document that reports nothing in particular has no types: it has no event, or all its events are
    generic and it names no vulnerability, malware, tool or actor. It may still be about what others report.
    """
    title = headline(analysis)
    found = items(analysis, title)
    if found:
        return tuple(
            _ProfileBuilder(analysis, item.sentences).profile(item.title, f"item at {item.sentences[0].span.start}")
            for item in found
        )
    inside = [sentence for sentence in analysis.sentences if sentence.kind.in_article]
    if not inside:
        return ()
    profile = _ProfileBuilder(analysis, inside).profile(title, "profile")
    if _reports_something(analysis, profile):
        return (profile,)
    return (replace(profile, id=_id(analysis, "nothing in particular"), types=()),)


def headline(analysis: Analysis) -> str:
    """Return the document's headline without the name of the site; its first sentence if it has none."""
    document = analysis.document
    of_blocks = (block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.TITLE)
    title = " ".join((document.title or next(of_blocks, "")).split())
    first = next((sentence.span.of(document.text) for sentence in analysis.sentences if sentence.kind.in_article), "")
    text = document.text.lower()
    parts = _SITE.split(title)
    while len(parts) > 1 and not _is_of_article(parts[-1], text):
        parts.pop()
    kept = title[: title.rfind(parts[-1]) + len(parts[-1])] if parts else title
    return kept or first[:200]


def within(analysis: Analysis, profiles: Iterable[Profile]) -> Analysis:
    """
    Return what was found in the sentences of `profiles`, which are of the same document: one item of a round-up.

    The analysis itself is returned if the document is no round-up, or if there are no profiles.
    """
    own = {span for profile in profiles for span in profile.sentences}
    body = [s for s in analysis.sentences if s.kind.in_article and s.kind is not BlockKind.TITLE]
    if not own or len(own) >= len(body):
        return analysis
    has = _begins_in(own)
    events = (replace(event, mentions=tuple(m for m in event.mentions if has(m.trigger))) for event in analysis.events)
    entities = (replace(entity, mentions=tuple(filter(has, entity.mentions))) for entity in analysis.entities)
    return replace(
        analysis,
        sentences=tuple(sentence for sentence in analysis.sentences if has(sentence.span)),
        events=tuple(event for event in events if event.mentions),
        indicators=tuple(indicator for indicator in analysis.indicators if has(indicator.span)),
        entities=tuple(entity for entity in entities if entity.mentions),
        times=tuple(time for time in analysis.times if has(time.span)),
        quantities=tuple(quantity for quantity in analysis.quantities if has(quantity.span)),
        claims=tuple(claim for claim in analysis.claims if has(claim.words)),
    )


def _begins_in(sentences: Iterable[Span]) -> Callable[[Span], bool]:
    """Return a function that says whether a span begins in one of `sentences`, which do not overlap."""
    own = sorted(sentences)
    starts = [span.start for span in own]

    def has(span: Span) -> bool:
        place = bisect_right(starts, span.start) - 1
        return place >= 0 and span.start < own[place].end

    return has


def _reports_something(analysis: Analysis, profile: Profile) -> bool:
    named = profile.cves or profile.software or profile.actors or any(w >= _PROMINENT for _, w in profile.names)
    realis = {mention.realis for event in analysis.events for mention in event.mentions}
    if realis - {Realis.GENERIC}:
        return True
    return bool(named) and bool(profile.types)


def _id(analysis: Analysis, place: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{analysis.document.id} {place}"))


def _is_of_article(part: str, text: str) -> bool:
    """Return whether most words of a part of the headline are in the article, which a site's name is not."""
    written = [word.lower for word in words(part)]
    return len(written) > 2 and sum(word in text for word in written) > 0.6 * len(written)


class _ProfileBuilder:
    """Makes the profile of some sentences of a document."""

    def __init__(self, analysis: Analysis, sentences: Sequence[Sentence]) -> None:
        """Take `sentences` of the article that `analysis` is of."""
        self._analysis = analysis
        self._text = analysis.document.text
        self._spans = [sentence.span for sentence in sentences if sentence.kind is not BlockKind.TITLE]
        self._has = _begins_in(self._spans)
        self._in_headline = _begins_in([sentence.span for sentence in sentences if sentence.kind is BlockKind.TITLE])
        # What is said about another incident: "It is the second clinic in a week: St Elm's was attacked in May."
        later = self._spans[LEAD_SENTENCES:]
        asides = [span for span in later if announces_another(span.of(analysis.document.text))]
        self._is_aside = _begins_in(asides)

    def profile(self, title: str, place: str) -> Profile:
        """Return the profile, under the headline `title`; its id is made from `place`."""
        document = self._analysis.document
        published_at = dated_by_address(document.published_at or published(title), document.source)
        texts = [span.of(self._text) for span in self._spans if not self._is_aside(span)]
        title_words, body = words(title), [words(text) for text in texts]
        body_names = [tuple(names(sentence, text)) for sentence, text in zip(body, texts, strict=True)]
        title_names = _title_names(title, title_words, body_names)
        weighted = weighted_names(title_names, body_names)
        lead = [title_words, *body[:LEAD_SENTENCES]]
        mentions = self._mentions()
        is_another = any(map(announces_another, [title, *texts[:LEAD_SENTENCES]]))
        return Profile(
            id=_id(self._analysis, place),
            document=document.id,
            title=title,
            publisher=document.publisher,
            published_at=published_at[:10] if published_at else None,
            types=_types(mentions) or self._labels(),
            sentences=tuple(self._spans),
            mentions=tuple(mention.trigger for mention in mentions),
            victims=self._victims(title),
            organisations=self._organisations(title),
            cves=self._cves(title),
            software=self._entities(title, {EntityKind.MALWARE, EntityKind.TOOL}),
            actors=self._entities(title, {EntityKind.INTRUSION_SET, None}),
            names=weighted,
            words=weighted_words(title_words, body),
            title_words=weighted_title(title_words),
            amounts=self._amounts(),
            periods=self._periods(),
            months=_months(lead),
            counts=_counts(lead),
            another=_main_name(weighted, title_names, body) if is_another else "",
            aftermath=any(map(tells_aftermath, [title, *texts[:_OPENING_SENTENCES]])),
        )

    def _weight(self, span: Span) -> float:
        lead = self._spans[LEAD_SENTENCES - 1 : LEAD_SENTENCES]
        if not lead or span.start < lead[0].end:
            return LEAD
        return ASIDE if self._is_aside(span) else BODY

    def _mentions(self) -> list[EventMention]:
        return [m for event in self._analysis.events for m in event.mentions if self._has(m.trigger)]

    def _labels(self) -> tuple[str, ...]:
        """Return the labels of the sentences, the most frequent first: events are missed now and then."""
        own = {span.start for span in self._spans}
        inside = (sentence for sentence in self._analysis.sentences if sentence.span.start in own)
        return tuple(label for label, _ in Counter(label for each in inside for label in each.labels).most_common())

    def _victims(self, title: str) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for event in self._analysis.events:
            for mention in event.mentions:
                for argument in mention.arguments:
                    name = proper_name(argument.span.of(self._text))
                    if argument.role == "Victim" and name and self._has(argument.span):
                        weights[name] += self._weight(argument.span)
        return weighted_mentions(weights, title)

    def _organisations(self, title: str) -> tuple[str, ...]:
        found = (
            proper_name(entity.name)
            for entity in self._analysis.entities
            if entity.kind is EntityKind.ORGANISATION
            and (entity.name.lower() in title.lower() or any(map(self._is_in_lead, entity.mentions)))
        )
        return tuple(dict.fromkeys(name for name in found if name))

    def _is_in_lead(self, span: Span) -> bool:
        return self._has(span) and self._weight(span) == LEAD

    def _cves(self, title: str) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for indicator in self._analysis.indicators:
            if indicator.kind is IndicatorKind.CVE and self._has(indicator.span):
                weights[indicator.value] += self._weight(indicator.span)
        return weighted_mentions(weights, title)

    def _entities(self, title: str, kinds: set[EntityKind | None]) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for entity in self._analysis.entities:
            own = [span for span in entity.mentions if self._has(span)]
            if entity.kind in kinds and own:
                written = {span.of(self._text).lower() for span in own} | {entity.name.lower()}
                in_title = any(form in title.lower() for form in written)
                weights[entity.name.lower()] += sum(map(self._weight, own)) + TITLE * in_title
        return weighted_mentions(weights, "")

    def _amounts(self) -> tuple[str, ...]:
        found = (
            f"{quantity.kind} {quantity.unit if quantity.kind == 'money' else ''}".strip() + f" {value:g}"
            for quantity in self._analysis.quantities
            if self._has(quantity.span) or self._in_headline(quantity.span)
            for value in {quantity.low, quantity.high}
            if value is not None and value >= 10
        )
        return tuple(dict.fromkeys(found))[:_MOST_VALUES]

    def _periods(self) -> tuple[Period, ...]:
        found = (
            Period(time.begins[:10], time.ends[:10], time.basis == "absolute")
            for time in self._analysis.times
            if time.begins and time.ends and "T" not in (time.begins[0], time.ends[0]) and self._has(time.span)
        )
        return tuple(dict.fromkeys(found))[:_MOST_VALUES]


def _types(mentions: Sequence[EventMention]) -> tuple[str, ...]:
    """Return the event types, the most frequent first; those of generic mentions only if there are no others."""
    actual = [mention for mention in mentions if mention.realis is not Realis.GENERIC]
    return tuple(kind for kind, _ in Counter(mention.event_type for mention in actual or mentions).most_common())


def _title_names(title: str, written: Sequence[Token], body: Iterable[Iterable[str]]) -> list[str]:
    """Return the names in a headline: capitals say little there, unless the body or the word itself says more."""
    known = {name for sentence in body for name in sentence}
    single = [
        word.lower
        for word in written
        if has_capital(word)
        and is_distinctive(word.lower)
        and (word.lower in known or not is_ordinary_word(word.lower))
    ]
    pairs = (f"{left.lower} {right.lower}" for left, right in pairwise(written) if is_adjacent(right, title))
    return single + [pair for pair in pairs if pair in known]


def _main_name(weighted: Iterable[Weighted], title: Sequence[str], body: Iterable[Iterable[Token]]) -> str:
    """Return the single word that weighs most of the names that headline and body have; empty if there is none."""
    written = {word.lower for sentence in body for word in sentence if has_capital(word)}
    both = written.intersection(title)
    return next((name for name, _ in weighted if name in both and name_rarity(name) > _DISTINCTIVE), "")


def _months(sentences: Iterable[Iterable[Token]]) -> tuple[str, ...]:
    """Return the months that are named, with a capital letter: "may" is a verb."""
    named = (word.lower for sentence in sentences for word in sentence if has_capital(word))
    return tuple(dict.fromkeys(word for word in named if word in lexicon.words("month_name")))


def _counts(sentences: Iterable[Sequence[Token]]) -> tuple[int, ...]:
    """Return the numbers of vulnerabilities that are given: 85 for "85 serious flaws"."""
    counted = lexicon.words("weakness")
    found: dict[int, None] = {}
    for sentence in sentences:
        for index, word in enumerate(sentence):
            near = {other.lower for other in sentence[index + 1 : index + 2 + _BETWEEN]}
            if word.lower.isascii() and word.lower.isdigit() and len(word.lower) < 5 and near & counted:
                found[int(word.lower)] = None
    return tuple(number for number in found if number > 1)
