"""Makes profiles: what one document says of one happening, in the form that comparing needs."""

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from incidex.matching.plain_names import plain_name
from incidex.matching.round_ups import items
from incidex.matching.words import (
    Word,
    is_aftermath,
    is_another,
    is_word,
    name_rarity,
    names,
    rarity,
    stem,
    tells_apart,
    word_list,
    words,
)
from incidex.records import (
    NAMESPACE,
    Analysis,
    BlockKind,
    EntityKind,
    IndicatorKind,
    Period,
    Profile,
    Realis,
    Sentence,
    Span,
    Weighted,
)

# How much it says about the topic of a report that a name stands in its headline, in its first sentences, elsewhere.
_TITLE, _LEAD, _BODY = 3.0, 1.5, 0.6
_LEAD_SENTENCES = 3
# What came of a happening is said in the headline, or within so many sentences.
_OPENING = 4
# A name of this weight stands in the headline, or several times.
_NAMED = 0.3
_MOST_WORDS, _MOST_NAMES, _MOST_PERIODS = 150, 60, 12
_SITE = re.compile(r" (?:[|«»]|[-–—]) ")
# A name that this few reports have tells one happening from another.
_TELLING = 0.5


def profiles(analysis: Analysis) -> tuple[Profile, ...]:
    """
    Return what the document says, one profile for each happening that it reports: of a round-up one for each item, else
    one; none if it has no sentence.

    The profile of a document that reports nothing in particular has no types: it has no event, or all its events are
    generic and it names no weakness, malware, tool or actor. It may still be about what others report.
    """
    title = headline(analysis)
    divided = items(analysis, title)
    if divided:
        makers = ((_Maker(analysis, item.sentences), item) for item in divided)
        return tuple(maker.profile(item.title, f"item at {item.sentences[0].span.start}") for maker, item in makers)
    inside = [sentence for sentence in analysis.sentences if sentence.kind.in_article]
    if not inside:
        return ()
    profile = _Maker(analysis, inside).profile(title, "profile")
    if _reports(analysis, profile):
        return (profile,)
    return (replace(profile, id=_id(analysis, "nothing in particular"), types=()),)


def _reports(analysis: Analysis, profile: Profile) -> bool:
    named = profile.cves or profile.software or profile.actors or any(w >= _NAMED for _, w in profile.names)
    realis = {mention.realis for event in analysis.events for mention in event.mentions}
    return bool(realis) and (bool(named) or realis != {Realis.GENERIC})


def _id(analysis: Analysis, place: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{analysis.document.id} {place}"))


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


def _is_of_article(part: str, text: str) -> bool:
    """Return whether the article has most of the words of a part of its headline: the name of a site it has not."""
    told = [word.text for word in words(part)]
    return len(told) > 2 and sum(word in text for word in told) > 0.6 * len(told)


class _Maker:
    """Makes the profile of some sentences of a document."""

    def __init__(self, analysis: Analysis, sentences: Sequence[Sentence]) -> None:
        """Take `sentences` of the article that `analysis` is of."""
        self._analysis = analysis
        self._text = analysis.document.text
        self._sentences = [s for s in sentences if s.kind is not BlockKind.TITLE]
        self._spans = [s.span for s in self._sentences]

    def profile(self, title: str, place: str) -> Profile:
        """Return the profile, under the headline `title`; its id is made from `place`."""
        document = self._analysis.document
        told = list(words(title))
        body = [list(words(span.of(self._text))) for span in self._spans]
        title_names = _title_names(told, body)
        weighted = _weighted_names(title_names, body)
        opening = [title, *(span.of(self._text) for span in self._spans[:_OPENING])]
        mentions = [m for event in self._analysis.events for m in event.mentions if self._has(m.trigger)]
        actual = [m for m in mentions if m.realis is not Realis.GENERIC]
        types = Counter(m.event_type for m in actual or mentions)
        return Profile(
            id=_id(self._analysis, place),
            document=document.id,
            title=title,
            publisher=document.publisher,
            published_at=document.published_at[:10] if document.published_at else None,
            types=tuple(kind for kind, _ in types.most_common()),
            sentences=tuple(self._spans),
            mentions=tuple(m.trigger for m in mentions),
            victims=self._victims(title),
            organisations=self._organisations(title),
            cves=self._cves(title),
            software=self._entities(title, {EntityKind.MALWARE, EntityKind.TOOL}),
            actors=self._entities(title, {EntityKind.INTRUSION_SET, None}),
            names=weighted,
            words=_weighted_words([word.text for word in told], body),
            title_words=_unit({stem(w.text): rarity(w.text) for w in told if len(w.text) > 1}),
            amounts=self._amounts(),
            periods=self._periods(),
            months=_months([told, *body[:_LEAD_SENTENCES]]),
            counts=_counts([told, *body[:_LEAD_SENTENCES]]),
            another=_subject(weighted, title_names, body)
            if any(map(is_another, opening[: 1 + _LEAD_SENTENCES]))
            else "",
            aftermath=any(map(is_aftermath, opening)),
        )

    def _has(self, span: Span) -> bool:
        return any(own.start <= span.start < own.end for own in self._spans)

    def _zone(self, span: Span) -> float:
        lead = self._spans[_LEAD_SENTENCES - 1 : _LEAD_SENTENCES]
        return _LEAD if not lead or span.start < lead[0].end else _BODY

    def _victims(self, title: str) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for event in self._analysis.events:
            for mention in event.mentions:
                for argument in mention.arguments:
                    name = plain_name(argument.span.of(self._text))
                    if argument.role == "Victim" and name and self._has(argument.span):
                        weights[name] += self._zone(argument.span)
        return _salient(weights, title)

    def _organisations(self, title: str) -> tuple[str, ...]:
        found = (
            plain_name(entity.name)
            for entity in self._analysis.entities
            if entity.kind is EntityKind.ORGANISATION
            and (entity.name.lower() in title.lower() or any(self._leads(span) for span in entity.mentions))
        )
        return tuple(dict.fromkeys(name for name in found if name))

    def _leads(self, span: Span) -> bool:
        return self._has(span) and self._zone(span) == _LEAD

    def _cves(self, title: str) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for indicator in self._analysis.indicators:
            if indicator.kind is IndicatorKind.CVE and self._has(indicator.span):
                weights[indicator.value] += self._zone(indicator.span)
        return _salient(weights, title)

    def _entities(self, title: str, kinds: set[EntityKind | None]) -> tuple[Weighted, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        for entity in self._analysis.entities:
            own = [span for span in entity.mentions if self._has(span)]
            if entity.kind in kinds and own:
                written = {span.of(self._text).lower() for span in own} | {entity.name.lower()}
                in_title = any(form in title.lower() for form in written)
                weights[entity.name.lower()] += sum(map(self._zone, own)) + _TITLE * in_title
        return _salient(weights, "")

    def _amounts(self) -> tuple[str, ...]:
        found = (
            f"{quantity.kind} {quantity.unit if quantity.kind == 'money' else ''}".strip() + f" {value:g}"
            for quantity in self._analysis.quantities
            if self._has(quantity.span)
            for value in {quantity.low, quantity.high}
            if value is not None and value >= 10
        )
        return tuple(dict.fromkeys(found))[:_MOST_PERIODS]

    def _periods(self) -> tuple[Period, ...]:
        found = (
            Period(time.begins[:10], time.ends[:10], time.basis == "absolute")
            for time in self._analysis.times
            if time.begins and time.ends and "T" not in (time.begins[0], time.ends[0]) and self._has(time.span)
        )
        return tuple(dict.fromkeys(found))[:_MOST_PERIODS]


def _title_names(told: Sequence[Word], body: Sequence[Sequence[Word]]) -> list[str]:
    """Return the names in a headline: capitals say little there, unless the body or the word itself says more."""
    known = {name for sentence in body for name in names(sentence)}
    single = [w.text for w in told if w.capital and tells_apart(w.text) and (w.text in known or not is_word(w.text))]
    pairs = (f"{left.text} {right.text}" for left, right in zip(told, told[1:], strict=False) if right.joined)
    return single + [pair for pair in pairs if pair in known]


def _subject(weighted: Iterable[Weighted], title: Sequence[str], body: Sequence[Sequence[Word]]) -> str:
    """Return the single word that weighs most of the names that headline and body have; empty if there is none."""
    written = {word.text for sentence in body for word in sentence if word.capital}
    both = written.intersection(title)
    return next((name for name, _ in weighted if name in both and name_rarity(name) > _TELLING), "")


def _weighted_names(title: Iterable[str], body: Sequence[Sequence[Word]]) -> tuple[Weighted, ...]:
    weights: defaultdict[str, float] = defaultdict(float)
    for index, sentence in enumerate(body):
        for name in set(names(sentence)):
            weights[name] += _LEAD if index < _LEAD_SENTENCES else _BODY
    for name in set(title):
        weights[name] += _TITLE
    scored = {name: name_rarity(name) * _share(weight) for name, weight in weights.items()}
    return _top(scored, _MOST_NAMES)


def _weighted_words(title: Iterable[str], body: Sequence[Sequence[Word]]) -> tuple[Weighted, ...]:
    counts: Counter[str] = Counter(word.text for sentence in body for word in sentence)
    for word in title:
        counts[word] += 2
    stems: Counter[str] = Counter()
    rare: dict[str, float] = {}
    for word, count in counts.items():
        if len(word) > 1:
            base = stem(word)
            stems[base] += count
            rare[base] = min(rarity(word), rare.get(base, 1.0))
    scored = {word: rare[word] * (1 + count) ** 0.5 for word, count in stems.items()}
    return _unit(dict(_top(scored, _MOST_WORDS)))


def _months(sentences: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    """Return the months that are named, with a capital letter: "may" is a verb."""
    named = (word.text for sentence in sentences for word in sentence if word.capital)
    return tuple(dict.fromkeys(word for word in named if word in word_list("months")))


def _counts(sentences: Sequence[Sequence[Word]]) -> tuple[int, ...]:
    """Return the numbers that stand at most three words before what is counted: "85 serious flaws"."""
    found: dict[int, None] = {}
    for sentence in sentences:
        for index, word in enumerate(sentence):
            near = {other.text for other in sentence[index + 1 : index + 5]}
            if word.text.isascii() and word.text.isdigit() and len(word.text) < 5 and near & word_list("weaknesses"):
                found[int(word.text)] = None
    return tuple(number for number in found if number > 1)


def _salient(weights: Mapping[str, float], title: str) -> tuple[Weighted, ...]:
    lowered = title.lower()
    return _top({name: _share(weight + _TITLE * (name.lower() in lowered)) for name, weight in weights.items()}, 20)


def _share(weight: float) -> float:
    """Return 0..1 for a weight from 0 upwards: half for one mention in the headline or two at the beginning."""
    return weight / (weight + _TITLE)


def _top(scored: Mapping[str, float], most: int) -> tuple[Weighted, ...]:
    best = sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple((name, round(weight, 4)) for name, weight in best)


def _unit(scored: Mapping[str, float]) -> tuple[Weighted, ...]:
    norm = sum(weight**2 for weight in scored.values()) ** 0.5 or 1.0
    return _top({word: weight / norm for word, weight in scored.items()}, len(scored))
