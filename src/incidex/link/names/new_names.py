"""
Finds names that the text introduces or equates and no source knows: "ransomware called BlueGrate", "a group calling
itself Night Ledger", "the gang, also known as Night Ledger".
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.english.lexicon import words
from incidex.english.names import PART
from incidex.english.patterns import alternatives
from incidex.link.names import name_patterns
from incidex.link.names.mentions import Mention
from incidex.records import EntityKind, Span

_CONTEXT = 80
# Capitalised words; inside quotation marks too.
_NAME = re.compile(r"(?=[^\W\d_]*[A-Z])[^\W_][\w-]{1,30}(?: (?:[A-Z][\w-]{0,30}|\d[\d.]{0,4}\d|\d)){0,3}")
# A document that introduces more names than this is a list: the others are not searched for elsewhere in it.
_MOST = 50
_BRACKETS = re.compile(r"[\"”’]? \(([A-Z]{2,6})\)")
_END = re.compile(r"(?![\w@\\/-]|\.\w)")


@dataclass(frozen=True, slots=True)
class Introduced:
    """
    A name that the text introduces and no source knows.

    Attributes:
        span: Where it is introduced.
        kind: What the text says it is.
    """

    span: Span
    kind: EntityKind


class Taken:
    """The characters of a text that are part of a name already."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        """Take `spans` of `text`."""
        self._covered = bytearray(len(text))
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take another span."""
        self._covered[span.start : span.end] = b"\x01" * (span.end - span.start)

    def overlaps(self, span: Span) -> bool:
        """Return whether a character of `span` is taken."""
        return any(self._covered[span.start : span.end])


def introduced_names(text: str, sentence: Span, taken: Taken) -> Iterator[Introduced]:
    """Yield the names that `sentence` introduces where nothing is taken."""
    for pattern, kind in (
        (name_patterns.actor_introduction(), EntityKind.INTRUSION_SET),
        (name_patterns.malware_introduction(), EntityKind.MALWARE),
    ):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            name = _NAME.match(text, match.end(), sentence.end)
            if name and _END.match(text, name.end()) and _is_name(name[0]) and not taken.overlaps(Span(*name.span())):
                yield Introduced(Span(*name.span()), kind)
    for match in name_patterns.ransomware_gang().finditer(text, sentence.start, sentence.end):
        span = Span(*match.span("name"))
        if _is_name(match["name"]) and _is_new_gang(match["name"]) and not taken.overlaps(span):
            yield Introduced(span, EntityKind.INTRUSION_SET)


def other_name(text: str, mention: Mention, taken: Taken) -> Span | None:
    """
    Return the unknown name right behind a mention that the text gives as another name of the same thing: behind "also
    known as", or initials in brackets.
    """
    at, end = mention.place.span.end, mention.place.sentence.end
    match = name_patterns.also_known().match(text, at, end)
    name = match and _NAME.match(text, match.end(), end)
    if name and _is_name(name[0]) and not taken.overlaps(Span(*name.span())):
        return Span(*name.span())
    short = _BRACKETS.match(text, at, end)
    if short and _initials(mention.place.words) in (short[1].lower(), "t" + short[1].lower()):
        span = Span(*short.span(1))
        return None if taken.overlaps(span) else span
    return None


def equated_pairs(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield neighbouring mentions that the text equates: "APT28, also known as Fancy Bear"."""
    for left, right in zip(mentions, mentions[1:], strict=False):
        start, end = left.place.span.end, right.place.span.start
        if left.place.sentence == right.place.sentence and name_patterns.also_known().fullmatch(
            text, start, min(end, start + _CONTEXT)
        ):
            yield left, right


def repeated_names(text: str, names: Collection[str], sentences: Iterable[Span], taken: Taken) -> Iterator[Span]:
    """Yield where the sentences write one of `names` exactly so and nothing is taken."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))[:_MOST]
    if not longest_first:
        return
    pattern = re.compile(rf"(?<![\w@./\\-])(?:{alternatives(longest_first, space=' ')})(?![\w@\\]|\.\w)")
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if not taken.overlaps(Span(*match.span())):
                yield Span(*match.span())


def _initials(parts: Iterable[str]) -> str:
    return "".join(part[0] for word in parts for part in PART.findall(word)).lower()


def _is_new_gang(written: str) -> bool:
    """Return whether a word in front of "ransomware gang" may be its name, and not where it is from: "Russian"."""
    outside = words("geographic_name", "place", "country", "common_in_names", "sentence_start", "actor_modifier")
    return outside.isdisjoint(written.lower().split())


def _is_name(written: str) -> bool:
    lowered = written.lower().split()
    outside = words("not_in_name", forms=("singular", "only")) | words("month", "weekday")
    # "Impact Team" is a name, "the team" is none.
    ends = words("group_name_ending") if len(lowered) > 1 and written.split()[-1].istitle() else frozenset()
    first, last = lowered[0] not in outside, lowered[-1] not in outside or lowered[-1] in ends
    return len(written) > 3 and first and last
