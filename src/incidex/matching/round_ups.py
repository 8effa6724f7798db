"""
Divides round-ups: documents of several items, each about an incident of its own.

It is worse to divide an article about one incident than to keep a round-up whole. So what does not call itself a
round-up is divided only if its items have next to nothing in common, and none of them outweighs the others. The parts
of an article are its sections where it has headings, else runs of paragraphs, or of sentences where it has no
paragraphs. A run ends where the next paragraph has other victims and shares no name with it: topics end where words are
not repeated, as in Hearst, TextTiling, Computational Linguistics 23 (1997).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from incidex.english import lexicon
from incidex.english.patterns import alternatives
from incidex.matching.frequencies import is_ordinary_word, name_rarity
from incidex.matching.sections import LONGEST_LINE, Paragraph, first_line, sections
from incidex.matching.words import begins_sentence, has_capital, may_be_name, names, proper_name, words
from incidex.records import Analysis, EntityKind, IndicatorKind, Realis, Sentence, Span

_MASTHEAD_BLOCKS, _MASTHEAD_LENGTH = 8, 100
# The arguments in which the incidents of a round-up differ.
_ROLES = ("Victim", "Vulnerable_System", "Vulnerable_System_Owner", "Releaser")
_FLAWS = ("DiscoverVulnerability", "PatchVulnerability")
_KINDS = (EntityKind.MALWARE, EntityKind.TOOL, EntityKind.INTRUSION_SET)
# A heading with fewer words needs the first sentence beside it.
_TITLE_WORDS = 4
# A name that so few reports have distinguishes one incident from another.
_DISTINCTIVE = 0.5
_FEWEST_ITEMS, _MOST_ITEMS = 3, 50
# The least share of all event mentions that the items have together, and the greatest share that one may have; both are
# looser for what calls itself a round-up.
_LEAST_SHARE, _LEAST_SHARE_ANNOUNCED = 0.7, 0.5
_LARGEST_SHARE, _LARGEST_SHARE_ANNOUNCED = 0.5, 0.8
# A name may occur in one of so many items.
_ONE_IN = 4


@dataclass(frozen=True, slots=True)
class Item:
    """
    An item of a round-up.

    Attributes:
        title: Its heading; where that has few words or is missing, its first words.
        sentences: Its sentences in the order of the text, its heading among them.
    """

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """
    Consecutive sentences of a document.

    Attributes:
        title: Its heading; empty if it has none.
        sentences: In the order of the text, with the heading.
        names: All names in it.
        subjects: Victims, products, CVE numbers, malware and actors in it.
        mentions: How many event mentions it has that are not generic.
        attacks: How many of them are of attacks.
    """

    title: str
    sentences: tuple[Sentence, ...]
    names: frozenset[str]
    subjects: frozenset[str]
    mentions: int
    attacks: int

    @property
    def distinctive(self) -> frozenset[str]:
        """What distinguishes its incident from others."""
        return self.subjects.union(name for name in self.names if name_rarity(name) >= _DISTINCTIVE)

    @property
    def is_about_incident(self) -> bool:
        """Whether it is about an incident that can be distinguished from others."""
        return self.mentions > 0 and bool(self.distinctive)


def items(analysis: Analysis, title: str) -> tuple[Item, ...]:
    """
    Return the items of a round-up, in the order of the text; none if the document is no round-up.

    Args:
        analysis: The document, analysed with events.
        title: Its headline without the name of the site.
    """
    findings = _Findings(analysis)
    announced = _is_announced(analysis, title)
    parts = _parts(analysis, findings, announced=announced)
    candidates = [part for part in parts if part.is_about_incident]
    if not _FEWEST_ITEMS <= len(candidates) <= _MOST_ITEMS:
        return ()
    if announced:
        candidates = _joined_by_names(candidates)
    if not _are_items(candidates, parts, findings.names(title), announced=announced):
        return ()
    text = analysis.document.text
    return tuple(Item(_title(part, text), part.sentences) for part in candidates)


def _is_announced(analysis: Analysis, title: str) -> bool:
    """Return whether a document calls itself a round-up, in its headline or above the article."""
    text = analysis.document.text
    above = (block.span.of(text)[:_MASTHEAD_LENGTH] for block in analysis.document.blocks[:_MASTHEAD_BLOCKS])
    return bool(_headline_pattern().search(title[:LONGEST_LINE])) or any(map(_masthead_pattern().search, above))


def _parts(analysis: Analysis, findings: "_Findings", *, announced: bool) -> list[_Part]:
    """Return the sections of a document with headings; else, or within the sections of a round-up, the runs."""
    found = sections(analysis)
    has_headings = len(found) > _FEWEST_ITEMS
    if not has_headings:
        found = [("", [paragraph for _, section in found for paragraph in section])]
    if has_headings and not announced:
        return [findings.part(heading, section) for heading, section in found]
    return [part for heading, section in found for part in findings.runs(heading, section)]


class _Findings:
    """What was found in each sentence of a document."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.document.text
        self._starts = [sentence.span.start for sentence in analysis.sentences]
        self._subjects: dict[int, set[str]] = {}
        self._mentions: Counter[int] = Counter()
        self._attacks: Counter[int] = Counter()
        for mention in (mention for event in analysis.events for mention in event.mentions):
            place, counts = self._place(mention.trigger), mention.realis is not Realis.GENERIC
            self._mentions[place] += counts
            self._attacks[place] += counts and mention.event_type not in _FLAWS
            for argument in mention.arguments:
                if argument.role in _ROLES and (name := proper_name(argument.span.of(self._text))):
                    self._add(name, [argument.span])
        for indicator in analysis.indicators:
            if indicator.kind is IndicatorKind.CVE:
                self._add(indicator.value.lower(), [indicator.span])
        for entity in analysis.entities:
            if entity.kind in _KINDS:
                self._add(entity.name.lower(), entity.mentions)

    def part(self, heading: str, paragraphs: Iterable[Paragraph]) -> _Part:
        """Return some paragraphs as one part."""
        sentences = tuple(sentence for paragraph in paragraphs for sentence in paragraph)
        places = [self._place(sentence.span) for sentence in sentences]
        subjects = frozenset(name for place in places for name in self._subjects.get(place, ()))
        named = {name for sentence in sentences for name in self.names(sentence.span.of(self._text))}
        named.update(subjects, (word for name in subjects for word in name.split() if not is_ordinary_word(word)))
        mentions, attacks = (sum(counts[place] for place in places) for counts in (self._mentions, self._attacks))
        return _Part(heading, sentences, frozenset(named), subjects, mentions, attacks)

    def runs(self, heading: str, paragraphs: Iterable[Paragraph]) -> Iterator[_Part]:
        """Yield runs of paragraphs: one begins where events have other subjects, and no name is repeated."""
        run: list[_Part] = []
        named: set[str] = set()
        for paragraph in paragraphs:
            own = self.part("" if run else heading, [paragraph])
            is_below_heading = len(run) == 1 and bool(run[0].title)
            if run and not is_below_heading and own.mentions and own.subjects and named.isdisjoint(own.names):
                yield _joined(run)
                run, named, heading = [], set(), ""
            run.append(own)
            named |= own.names
        if run:
            yield _joined(run)

    def names(self, text: str) -> frozenset[str]:
        """Return the names in a sentence, also its first word if that is hardly ever written without a capital."""
        written = words(text)
        first = {
            word.lower
            for word in written
            if has_capital(word)
            and may_be_name(word.lower)
            and not is_ordinary_word(word.lower)
            and begins_sentence(word, text)
        }
        return frozenset(names(written, text)) | first

    def _add(self, name: str, spans: Iterable[Span]) -> None:
        for span in spans:
            self._subjects.setdefault(self._place(span), set()).add(name)

    def _place(self, span: Span) -> int:
        return bisect_right(self._starts, span.start)


def _joined_by_names(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts, those with a distinctive name in common as one, in the order of their first."""
    home = list(range(len(parts)))
    first: dict[str, int] = {}
    for number, part in enumerate(parts):
        homes = {_root(home, first.setdefault(name, number)) for name in part.distinctive} | {number}
        for other in homes:
            home[other] = min(homes)
    groups: dict[int, list[_Part]] = {}
    for number, part in enumerate(parts):
        groups.setdefault(_root(home, number), []).append(part)
    return [_joined(group) for group in groups.values()]


def _root(home: list[int], number: int) -> int:
    while home[number] != number:
        home[number] = home[home[number]]
        number = home[number]
    return number


def _joined(parts: Sequence[_Part]) -> _Part:
    return _Part(
        parts[0].title,
        tuple(sentence for part in parts for sentence in part.sentences),
        frozenset().union(*(part.names for part in parts)),
        frozenset().union(*(part.subjects for part in parts)),
        sum(part.mentions for part in parts),
        sum(part.attacks for part in parts),
    )


def _are_items(
    candidates: Sequence[_Part], parts: Sequence[_Part], headline: frozenset[str], *, announced: bool
) -> bool:
    """Return whether the parts about incidents, `candidates` out of all `parts`, are items of a round-up."""
    if len(candidates) < _FEWEST_ITEMS:
        return False
    mentions = sum(part.mentions for part in parts)
    share = sum(part.mentions for part in candidates) / mentions
    largest = max(part.mentions for part in candidates) / mentions
    spread = Counter(name for part in candidates for name in part.names)
    in_headline = max((spread[name] for name in headline), default=0)
    if announced:
        is_balanced = share >= _LEAST_SHARE_ANNOUNCED and largest <= _LARGEST_SHARE_ANNOUNCED
        return is_balanced and 2 * in_headline <= max(2, len(candidates))
    elsewhere = any(not headline.isdisjoint(part.names) for part in parts if not part.is_about_incident)
    is_repeated = max(spread.values()) > max(1, len(candidates) // _ONE_IN) or in_headline > 1 or elsewhere
    # The vulnerabilities that one release fixes have little in common, too.
    attacks = sum(part.attacks > 0 for part in candidates)
    is_balanced = share >= _LEAST_SHARE and largest <= _LARGEST_SHARE
    return is_balanced and not is_repeated and 2 * attacks >= len(candidates)


def _title(part: _Part, text: str) -> str:
    """Return the heading of a part, with its first sentence where it has few words; without any, its first sentence."""
    if len(part.title.split()) >= _TITLE_WORDS:
        return part.title
    lines = [first_line(sentence, text) for sentence in part.sentences[: 2 if part.title else 1]]
    return ": ".join(lines)[:LONGEST_LINE]


@cache
def _headline_pattern() -> re.Pattern[str]:
    """Return what the headline of a round-up has: "in brief", "#118", "week in security", "weekly breach digest"."""
    number, phrase, period, topic, frequency, kind = (
        alternatives(lexicon.words(f"round_up_{name}"), space=" ")
        for name in ("number", "phrase", "period", "topic", "frequency", "kind")
    )
    return re.compile(
        rf"\b(?:{phrase})\b|\B#\d{{2,4}}\b|\b(?:{number}) #?\d{{1,4}}\b"
        rf"|\b(?:{period}) (?:in|of) (?:\w+ )?(?:{topic})\b|\b(?:{frequency}) (?:\w+ )?(?:{kind})\b",
        re.IGNORECASE,
    )


@cache
def _masthead_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('masthead'), space=' ')})\b", re.IGNORECASE)
