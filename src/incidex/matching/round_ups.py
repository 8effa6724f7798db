"""
Divides round-ups: documents of several items, each about a happening of its own.

To divide an article about one happening is worse than to keep a round-up whole. So what does not call itself a round-up
is divided only if its items have next to nothing in common, and none of them outweighs the others. The parts of an
article are its sections where it has headings, else runs of paragraphs, or of sentences where it has no paragraphs.
A run ends where the next paragraph tells of others that were hit, and shares no name with it: topics end where words do
not go on, as in Hearst, TextTiling, Computational Linguistics 23 (1997).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.matching.plain_names import plain_name
from incidex.matching.words import is_word, may_be_name, name_rarity, names, words
from incidex.records import Analysis, BlockKind, EntityKind, IndicatorKind, Realis, Sentence, Span

# In the headline.
_ANNOUNCED = re.compile(
    r"\bround-?ups?\b|\brecap\b|\bin brief\b|\bnews (?:bites|briefs?)\b|\B#\d{2,4}\b|\bissue #?\d{1,4}\b"
    r"|\b(?:week|month) (?:in|of) (?:\w+ )?(?:security|cyber\w*|breach\w*|hack\w*|privacy|review)\b"
    r"|\b(?:daily|weekly|monthly|news) (?:\w+ )?(?:review|news|digest|bulletin|breach\w*|update|brief\w*|summary)\b",
    re.IGNORECASE,
)
# Above the article.
_MASTHEAD = re.compile(r"\bin this (?:issue|edition|newsletter)\b|\bview this (?:e-?mail|newsletter)\b", re.IGNORECASE)
_MASTHEAD_BLOCKS, _MASTHEAD_LENGTH = 8, 100
# Who was hit, what was weak, who repairs it: by these the happenings of a round-up differ.
_ROLES = ("Victim", "Vulnerable_System", "Vulnerable_System_Owner", "Releaser")
_FLAWS = ("DiscoverVulnerability", "PatchVulnerability")
_HEADING_WORDS, _PROSE_WORDS, _TITLE_WORDS = 14, 8, 4
_LONGEST_TITLE = 200
_BULLETS = ("- ", "* ", "• ", "· ", "– ", "▪ ", "● ")
_NO_HEADING = (".", "!", "?", "…", ":", ";", ",", "”", '"')
# A name that this few reports have tells one happening from another.
_TELLING = 0.5
# With less it is no round-up.
_FEWEST = 3
# Of what calls itself a round-up, items may leave out more, and one may be greater.
_LEAST_SHARE, _LEAST_SHARE_ANNOUNCED = 0.7, 0.5
_LARGEST_SHARE, _LARGEST_SHARE_ANNOUNCED = 0.5, 0.8
# A name may stand in one of so many items.
_ONE_IN = 4
_MOST_ITEMS = 50

Paragraph = tuple[Sentence, ...]


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
    Sentences that stand together.

    Attributes:
        title: Its heading; empty if it has none.
        sentences: In the order of the text, with the heading.
        names: All that it names.
        subjects: Those names that its events, CVE numbers, malware and actors go by.
        mentions: How many mentions of events it has that are no mere kind of event.
        attacks: How many of them are of attacks.
    """

    title: str
    sentences: tuple[Sentence, ...]
    names: frozenset[str]
    subjects: frozenset[str]
    mentions: int
    attacks: int

    @property
    def telling(self) -> frozenset[str]:
        """What tells its happening from others."""
        return self.subjects.union(name for name in self.names if name_rarity(name) >= _TELLING)

    @property
    def tells(self) -> bool:
        """Whether it tells of a happening that can be told from others."""
        return self.mentions > 0 and bool(self.telling)


def items(analysis: Analysis, title: str) -> tuple[Item, ...]:
    """
    Return the items of a round-up, in the order of the text; none if the document is no round-up.

    Args:
        analysis: The document, analysed with events.
        title: Its headline without the name of the site.
    """
    reader = _Reader(analysis)
    announced = _is_announced(analysis, title)
    sections = _sections(analysis)
    headed = len(sections) > _FEWEST
    if not headed:
        sections = [("", [paragraph for _, section in sections for paragraph in section])]
    if headed and not announced:
        parts = [reader.part(heading, section) for heading, section in sections]
    else:
        parts = [part for heading, section in sections for part in reader.runs(heading, section)]
    told = [part for part in parts if part.tells]
    if not _FEWEST <= len(told) <= _MOST_ITEMS:
        return ()
    if announced:
        told = _united(told)
    if not _are_items(told, parts, reader.names(title), announced=announced):
        return ()
    text = analysis.document.text
    return tuple(Item(_title(part, text), part.sentences) for part in told)


def _is_announced(analysis: Analysis, title: str) -> bool:
    """Return whether a document calls itself a round-up."""
    text = analysis.document.text
    above = (block.span.of(text)[:_MASTHEAD_LENGTH] for block in analysis.document.blocks[:_MASTHEAD_BLOCKS])
    return bool(_ANNOUNCED.search(title[:_LONGEST_TITLE])) or any(map(_MASTHEAD.search, above))


def _sections(analysis: Analysis) -> list[tuple[str, list[Paragraph]]]:
    """Return the paragraphs under each heading, the heading as their first; what stands above has the heading ""."""
    text = analysis.document.text
    paragraphs = list(_paragraphs(analysis))
    found: list[tuple[str, list[Paragraph]]] = [("", [])]
    for number, paragraph in enumerate(paragraphs):
        below = paragraphs[number + 1] if number + 1 < len(paragraphs) else ()
        if _is_heading(paragraph, below, text):
            found.append((_line(paragraph[0], text), []))
        found[-1][1].append(paragraph)
    return found


def _paragraphs(analysis: Analysis) -> Iterator[Paragraph]:
    """Yield the sentences of each paragraph of the article; where there is only one, each sentence."""
    starts = [block.span.start for block in analysis.document.blocks]
    inside = [s for s in analysis.sentences if s.kind.in_article and s.kind is not BlockKind.TITLE]
    by_block: dict[int, list[Sentence]] = {}
    for sentence in inside:
        by_block.setdefault(bisect_right(starts, sentence.span.start), []).append(sentence)
    if len(by_block) < 2:
        yield from ((sentence,) for sentence in inside)
    else:
        yield from map(tuple, by_block.values())


def _is_heading(paragraph: Paragraph, below: Paragraph, text: str) -> bool:
    """Return whether a paragraph is an item of a list, or a line of a few words that is no sentence above one."""
    line = paragraph[0].span.of(text)
    if line.startswith(_BULLETS):
        return True
    if len(paragraph) != 1 or not below:
        return False
    is_line = len(line) <= _LONGEST_TITLE and len(line.split()) <= _HEADING_WORDS and not line.endswith(_NO_HEADING)
    return is_line and len(below[0].span.of(text).split(maxsplit=_PROSE_WORDS)) >= _PROSE_WORDS


class _Reader:
    """Knows what each sentence of a document names."""

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
                if argument.role in _ROLES and (name := plain_name(argument.span.of(self._text))):
                    self._add(name, [argument.span])
        for indicator in analysis.indicators:
            if indicator.kind is IndicatorKind.CVE:
                self._add(indicator.value.lower(), [indicator.span])
        for entity in analysis.entities:
            if entity.kind in (EntityKind.MALWARE, EntityKind.TOOL, EntityKind.INTRUSION_SET):
                self._add(entity.name.lower(), entity.mentions)

    def part(self, heading: str, paragraphs: Iterable[Paragraph]) -> _Part:
        """Return some paragraphs as one part."""
        sentences = tuple(sentence for paragraph in paragraphs for sentence in paragraph)
        places = [self._place(sentence.span) for sentence in sentences]
        subjects = frozenset(name for place in places for name in self._subjects.get(place, ()))
        named = {name for sentence in sentences for name in self.names(sentence.span.of(self._text))}
        named.update(subjects, (word for name in subjects for word in name.split() if not is_word(word)))
        mentions, attacks = (sum(counts[place] for place in places) for counts in (self._mentions, self._attacks))
        return _Part(heading, sentences, frozenset(named), subjects, mentions, attacks)

    def runs(self, heading: str, paragraphs: Iterable[Paragraph]) -> Iterator[_Part]:
        """Yield paragraphs in runs: one begins where events have other subjects, and no name goes on."""
        run: list[_Part] = []
        named: set[str] = set()
        for paragraph in paragraphs:
            own = self.part("" if run else heading, [paragraph])
            is_heading = len(run) == 1 and bool(run[0].title)
            if run and not is_heading and own.mentions and own.subjects and named.isdisjoint(own.names):
                yield _joined(run)
                run, named, heading = [], set(), ""
            run.append(own)
            named |= own.names
        if run:
            yield _joined(run)

    def names(self, written: str) -> frozenset[str]:
        """Return the names in a sentence, its first word among them where that is hardly ever written small."""
        told = list(words(written))
        first = {word.text for word in told if word.capital and word.first and _is_name(word.text)}
        return frozenset(names(told)) | first

    def _add(self, name: str, spans: Iterable[Span]) -> None:
        for span in spans:
            self._subjects.setdefault(self._place(span), set()).add(name)

    def _place(self, span: Span) -> int:
        return bisect_right(self._starts, span.start)


def _is_name(word: str) -> bool:
    return may_be_name(word) and not is_word(word)


def _united(parts: Sequence[_Part]) -> list[_Part]:
    """Return parts, those that share what tells their happenings from others as one, in the order of their first."""
    home = list(range(len(parts)))
    first: dict[str, int] = {}
    for number, part in enumerate(parts):
        homes = {_home(home, first.setdefault(name, number)) for name in part.telling} | {number}
        for other in homes:
            home[other] = min(homes)
    groups: dict[int, list[_Part]] = {}
    for number, part in enumerate(parts):
        groups.setdefault(_home(home, number), []).append(part)
    return [_joined(group) for group in groups.values()]


def _home(home: list[int], number: int) -> int:
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


def _are_items(told: Sequence[_Part], parts: Sequence[_Part], headline: frozenset[str], *, announced: bool) -> bool:
    """Return whether parts that tell of happenings, out of all parts of a document, are items of a round-up."""
    if len(told) < _FEWEST:
        return False
    mentions = sum(part.mentions for part in parts)
    share = sum(part.mentions for part in told) / mentions
    largest = max(part.mentions for part in told) / mentions
    spread = Counter(name for part in told for name in part.names)
    in_headline = max((spread[name] for name in headline), default=0)
    if announced:
        enough = share >= _LEAST_SHARE_ANNOUNCED and largest <= _LARGEST_SHARE_ANNOUNCED
        return enough and 2 * in_headline <= max(2, len(told))
    # Weaknesses that one release repairs have little in common, too.
    attacks = sum(part.attacks > 0 for part in told)
    elsewhere = any(not headline.isdisjoint(part.names) for part in parts if not part.tells)
    apart = max(spread.values()) <= max(1, len(told) // _ONE_IN) and in_headline <= 1 and not elsewhere
    return share >= _LEAST_SHARE and largest <= _LARGEST_SHARE and apart and 2 * attacks >= len(told)


def _title(part: _Part, text: str) -> str:
    """Return the heading of a part, with its first sentence where it has few words; without any, its first sentence."""
    if len(part.title.split()) >= _TITLE_WORDS:
        return part.title
    own = [_line(sentence, text) for sentence in part.sentences[: 2 if part.title else 1]]
    return ": ".join(own)[:_LONGEST_TITLE]


def _line(sentence: Sentence, text: str) -> str:
    """Return the beginning of a sentence on one line, without the bullet of a list."""
    line = " ".join(sentence.span.of(text)[:_LONGEST_TITLE].split())
    return line[2:] if line.startswith(_BULLETS) else line
