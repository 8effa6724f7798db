"""Recognises page furniture by its words: notices, buttons, links, captions (the phrases are in furniture.yaml)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from incidex.records import BlockKind
from incidex.tables import table
from incidex.text.blocks.line_features import LONGEST, LineFeatures
from incidex.text.blocks.sections import kind_of_heading

# Characters before a link or button; ">" also marks quoted text in e-mail.
_LEAD = "•*#→»›>-–—·|✉▶▸►✕☰[<↓↑ "
# Characters that may be attached to a first word: "Related: ...".
_ATTACHED = ":|>»→"
# Around a word in a row of buttons: "Share 12 | Home >".
_AROUND_BUTTON = "|·•>›»/()[],:;-–—+.☰✕0123456789"
_PATH = re.compile(r"\s+[>›»‹«/|·→]+\s+")
_PAGE = re.compile(r"[-–—|\s]*(?:page|seite|p\.)\s*\d{1,4}(?:\s*(?:of|von|/)\s*\d{1,4})?[-–—|\s]*")
_MOST_WORDS_OF_A_CAPTION = 60
_MOST_WORDS_OF_AN_OFFER = 30
ASKS_FOR_CONSENT = "asks for consent"
_FEWEST_WORDS_OF_CONSENT, _SIGNS_OF_CONSENT = 8, 3


class Mark(NamedTuple):
    """The kind of a block, and the rule that decided it."""

    kind: BlockKind
    reason: str


class Phrase(NamedTuple):
    """
    A phrase that makes a line furniture, and of which kind.

    Attributes:
        signed: Whether ":" or the like and more words must follow ("More: ..." is a link, "More than ..." is not).
    """

    words: str
    kind: BlockKind
    signed: bool = False

    def begins(self, line: str) -> bool:
        """Whether `line` begins with the phrase, as whole words."""
        if not line.startswith(self.words):
            return False
        rest = line[len(self.words) :]
        if self.signed:
            return rest.lstrip()[:1] in lexicon().link_signs and len(rest) > 2
        return not (rest[:1].isalnum() and self.words[-1].isalnum())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The content of furniture.yaml; `begins` is grouped by the first word of each phrase."""

    whole: frozenset[str]
    begins: dict[str, tuple[Phrase, ...]]
    contains: tuple[Phrase, ...]
    invitations: tuple[str, ...]
    offers: tuple[str, ...]
    links: frozenset[str]
    link_lists: frozenset[str]
    link_list_begins: tuple[str, ...]
    link_signs: frozenset[str]
    caption_ends: tuple[str, ...]
    caption_number: re.Pattern[str]
    comment_headings: frozenset[str]
    comment_begins: tuple[str, ...]
    comment_signs: frozenset[str]
    contents: frozenset[str]
    portraits: frozenset[str]
    weak: frozenset[str]
    buttons: frozenset[str]
    actions: frozenset[str]
    fields: frozenset[str]
    report_kinds: frozenset[str]
    consent_begins: tuple[str, ...]
    consent: re.Pattern[str]


def furniture_content() -> dict[str, Any]:
    """Return the content of furniture.yaml."""
    content: dict[str, Any] = table("incidex.text.blocks", "furniture")
    return content


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    content = furniture_content()
    notice, link, caption, comment = (content[name] for name in ("boilerplate", "related", "caption", "comments"))
    begins = (
        *_phrases(notice["begins"], BlockKind.BOILERPLATE),
        *_phrases(link["always"], BlockKind.RELATED),
        *_phrases(link["begins"], BlockKind.RELATED, signed=True),
        *_phrases(caption["begins"], BlockKind.CAPTION),
    )
    return Lexicon(
        whole=frozenset(notice["whole"]),
        begins=by_first_word(begins),
        contains=(
            *_phrases(notice["contains"], BlockKind.BOILERPLATE),
            *_phrases(caption["contains"], BlockKind.CAPTION),
        ),
        invitations=tuple(notice["invitations"]),
        offers=tuple(notice["offers"]),
        links=frozenset(link["whole"]),
        link_lists=frozenset(link["lists"]),
        link_list_begins=tuple(link["list_begins"]),
        link_signs=frozenset(link["signs"]),
        caption_ends=tuple(caption["ends"]),
        caption_number=re.compile(rf"(?:{'|'.join(caption['numbered'])})\.?\s?\d{{1,3}}[a-z]?\s?[.:|–—-]"),
        comment_headings=frozenset(comment["headings"]),
        comment_begins=tuple(comment["begins"]),
        comment_signs=frozenset(comment["signs"]),
        contents=frozenset(content["contents"]),
        portraits=frozenset(content["portraits"]),
        weak=frozenset((*content["weak"], *content["buttons"])),
        buttons=frozenset(content["buttons"]),
        actions=frozenset(content["actions"]),
        fields=frozenset(content["fields"]),
        report_kinds=frozenset(content["report_kinds"]),
        consent_begins=tuple(f"{begin} " for begin in notice["consent"]["begins"]),
        consent=re.compile(rf"\b(?:{'|'.join(notice['consent']['words'])})\b"),
    )


def by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Group phrases by their first word, in order, so that a line is compared with only a few of them."""
    grouped: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases:
        first = phrase.words.split(" ", 1)[0]
        grouped[first] = (*grouped.get(first, ()), phrase)
    return grouped


def furniture_mark(line: LineFeatures) -> Mark | None:
    """Return the kind of a paragraph by its words alone; None if they do not tell."""
    if len(line.raw) >= LONGEST:
        return None
    if not line.bare:
        return None if any(sign.isalnum() for sign in line.plain) else Mark(BlockKind.BOILERPLATE, "no letter or digit")
    known = lexicon()
    if line.bare in known.whole:
        return Mark(BlockKind.BOILERPLATE, f"page furniture: {line.bare!r}")
    if line.bare in known.links:
        return Mark(BlockKind.RELATED, f"link to another article: {line.bare!r}")
    if opens_link_list(line):
        return Mark(BlockKind.RELATED, "heading of a list of links")
    return _by_phrase(line, known) or _by_form(line, known) or _asks_for_consent(line, known)


def opens_link_list(line: LineFeatures) -> bool:
    """Whether a line is a heading such as "Most read" or "More from Example News"."""
    known = lexicon()
    if line.bare in known.link_lists:
        return True
    begin = next((begin for begin in known.link_list_begins if line.bare.startswith(begin)), None)
    # "More indicators" is no "More in ...".
    whole = begin is not None and not line.bare[len(begin) :][:1].isalnum()
    return whole and line.words <= 6 and not line.ends and kind_of_heading(line.raw) in (None, "references")


def is_breadcrumb(line: LineFeatures) -> bool:
    """Whether a line is a path through a site: "Home > News > Security", "Support / Advisories"."""
    parts = _PATH.split(line.raw)
    return 2 <= len(parts) <= 7 and not line.ends and all(1 <= len(part.split()) <= 3 for part in parts)


def all_weak(line: LineFeatures) -> bool:
    """Whether all words of a line are names of sites, sections and buttons (which an article may use as well)."""
    if line.words > 20:
        return False
    weak = lexicon().weak
    for word in line.plain.split(" "):
        if word not in weak and (bare := word.strip(_AROUND_BUTTON)) and bare not in weak:
            return False
    return True


def is_menu(line: LineFeatures) -> bool:
    """Whether a line is in columns and nearly all its words are names of sections: "News   Harbour   Sport"."""
    words = line.plain.split(" ")
    known = sum(1 for word in words if word in lexicon().weak)
    return line.columns >= 3 and line.words <= 2 * line.columns and not line.ends and 4 * known >= 3 * len(words)


def kind_of(mark: Mark | None) -> BlockKind | None:
    """Return the kind of a mark; None if there is none."""
    return mark.kind if mark else None


def _phrases(written: Iterable[str], kind: BlockKind, *, signed: bool = False) -> list[Phrase]:
    return [Phrase(words, kind, signed) for words in written]


def _by_phrase(line: LineFeatures, known: Lexicon) -> Mark | None:
    start = line.plain.lstrip(_LEAD)
    first = start.split(" ", 1)[0]
    phrases = known.begins.get(first, ()) or known.begins.get(first.rstrip(_ATTACHED), ())
    found = next((phrase for phrase in phrases if phrase.begins(start)), None) or _contained(line.plain, known.contains)
    if found is None or (found.kind is BlockKind.CAPTION and line.words > _MOST_WORDS_OF_A_CAPTION):
        return None
    what = {BlockKind.RELATED: "link to another article", BlockKind.CAPTION: "caption or its credit"}
    return Mark(found.kind, f"{what.get(found.kind, 'notice')}: {found.words.strip()!r}")


def _contained(plain: str, phrases: tuple[Phrase, ...]) -> Phrase | None:
    for phrase in phrases:
        if phrase.words in plain:
            return phrase
    return None


def _by_form(line: LineFeatures, known: Lexicon) -> Mark | None:
    plain = line.plain
    if plain.endswith(known.caption_ends) and line.words <= _MOST_WORDS_OF_A_CAPTION:
        return Mark(BlockKind.CAPTION, "ends with a picture credit")
    if plain[0] in "-–—|ps" and _PAGE.fullmatch(plain):
        return Mark(BlockKind.BOILERPLATE, "page number")
    if known.caption_number.match(plain):
        return Mark(BlockKind.CAPTION, "numbered caption")
    if line.words <= _MOST_WORDS_OF_AN_OFFER and plain.startswith(known.invitations):
        offer = next((offer for offer in known.offers if offer in plain), "")
        if offer:
            return Mark(BlockKind.BOILERPLATE, f"invitation: {offer!r}")
    if 2 <= line.words <= 20 and all_weak(line):
        words = {word.strip(_AROUND_BUTTON) for word in plain.split(" ")}
        if len(known.buttons & words) >= 2:
            return Mark(BlockKind.BOILERPLATE, "row of buttons")
    if is_menu(line):
        return Mark(BlockKind.BOILERPLATE, "row of sections")
    return None


def _asks_for_consent(line: LineFeatures, known: Lexicon) -> Mark | None:
    if line.words < _FEWEST_WORDS_OF_CONSENT or not line.plain.startswith(known.consent_begins):
        return None
    is_asked = len(set(known.consent.findall(line.plain))) >= _SIGNS_OF_CONSENT
    return Mark(BlockKind.BOILERPLATE, ASKS_FOR_CONSENT) if is_asked else None
