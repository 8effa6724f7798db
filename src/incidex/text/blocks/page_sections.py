"""
Recognises sections of a page: mail headers, comments, lists of links, author portraits, signatures.

Each rule takes the paragraphs and the marks so far, and returns new marks by index.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from incidex.records import BlockKind
from incidex.text.blocks.credits import is_date, is_name, is_role
from incidex.text.blocks.furniture import Mark, all_weak, kind_of, lexicon, opens_link_list
from incidex.text.blocks.line_features import LineFeatures
from incidex.text.blocks.sections import kind_of_heading

Marks = list[Mark | None]
Found = dict[int, Mark]

_HEADER = re.compile(
    r"(?:from|to|cc|bcc|sent|date|subject|reply-to|importance|attachments|message-id|return-path|received|mime-version|"
    r"content-type|list-unsubscribe|list-id|x-[\w-]+|von|an|betreff|gesendet|datum)\s?:",
)
_WHEN = ("date", "sent", "gesendet", "datum")
_WROTE = re.compile(r"(?:on|am) .{5,120} (?:wrote|schrieb .{1,60})\s?:$|.{0,60}\S@\S.{0,60} (?:wrote|schrieb):$")
_SAYS = re.compile(r".{1,40} (?:says|schreibt):$")
_PORTRAIT = re.compile(r"about ([A-Z0-9]\S*(?: \S+){0,4})$", re.IGNORECASE)

# Within how many blocks after its heading a comment section must show a sign of readers ("Reply", a name over a date).
_COMMENT_VIEW = 8
_LONGEST_SIGNATURE = 12
_LONGEST_HEADING = 12
_NUMBERED = re.compile(r"(\d{1,2})(?:\.\d{1,2})?[.)]?\s")


def mail_headers(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark the headers of an e-mail and of a forwarded one, and lines such as "On 3 March, Ann Lee wrote:"."""
    found: Found = {}
    prose = next((i for i, line in enumerate(lines) if line.prose), len(lines))
    found_title = any(mark is not None for mark in marks)
    for start, end in _runs(lines, lambda line: _HEADER.match(line.plain) is not None):
        fields = {lines[i].plain.split(":")[0].rstrip(): i for i in range(start, end)}
        # Further down, "From:" and "Subject:" may quote the e-mail that the article is about.
        if not _is_mail_header(fields) or not (start < prose or "sent" in fields or _is_forwarding(lines, start)):
            continue
        for index in range(start, end):
            is_when = lines[index].plain.startswith(_WHEN)
            found[index] = Mark(BlockKind.DATE if is_when else BlockKind.BOILERPLATE, "header of an e-mail")
        subject = fields.get("subject", fields.get("betreff"))
        if subject is not None and start < prose and not found_title:
            found[subject] = Mark(BlockKind.TITLE, "subject of the e-mail")
            found_title = True
    for index, line in enumerate(lines):
        if line.plain[-1] == ":" and line.words <= 25 and _WROTE.match(line.plain.lstrip("> ")):
            found[index] = Mark(BlockKind.BOILERPLATE, "introduces a quoted e-mail")
    return found


def _is_mail_header(fields: dict[str, int]) -> bool:
    known = {"from", "to", "subject", "von", "an", "betreff"}.intersection(fields)
    return len(fields) >= 2 and (len(known) >= 2 or len(fields) >= 3)


def _is_forwarding(lines: Sequence[LineFeatures], start: int) -> bool:
    return any(lines[i].bare in ("forwarded message", "original message") for i in range(max(0, start - 2), start))


def comments(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark everything from the heading of the comments on, if there is an article above and a sign of readers below."""
    known = lexicon()
    seen_prose = False
    for index, line in enumerate(lines):
        seen_prose = seen_prose or (line.prose and marks[index] is None)
        named = line.bare in known.comment_headings or line.bare.startswith(known.comment_begins)
        # "Marit says:" over a date is a comment; otherwise it introduces a quotation in the article.
        says = line.words <= 8 and _SAYS.match(line.plain) and index + 1 < len(lines) and is_date(lines[index + 1])
        if seen_prose and (says or (named and _readers_follow(lines, index))):
            return {i: Mark(BlockKind.BOILERPLATE, "comments of readers") for i in range(index, len(lines))}
    return {}


def link_lists(lines: Sequence[LineFeatures], marks: Marks, headings: Collection[int] = ()) -> Found:
    """
    Mark the lines below a heading such as "Most read", as long as they look like headlines or references.

    Such a list ends at the next of `headings`, the indexes of lines known to be some.
    """
    found: Found = {}
    index = 0
    while index < len(lines):
        end = index + 1
        mark = marks[index]
        if opens_link_list(lines[index]) and (mark is None or mark.kind is BlockKind.RELATED):
            found[index] = Mark(BlockKind.RELATED, "heading of a list of links")
            while end < len(lines) and end not in headings and _is_listed(lines, marks, index, end):
                found[end] = Mark(BlockKind.RELATED, f"listed under {lines[index].bare!r}")
                end += 1
        index = end
    return found


def contents(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark a table of contents: a heading such as "In this article" and the lines below that recur as headings."""
    known = lexicon()
    starts = [i for i, line in enumerate(lines) if line.bare in known.contents]
    if not starts:
        return {}
    last_at = {line.bare: i for i, line in enumerate(lines) if line.words <= 20}
    found: Found = {}
    for start in starts:
        if start in found:
            continue
        end = start + 1
        while end < len(lines) and lines[end].words <= 20 and last_at.get(lines[end].bare, 0) > end:
            found[end] = Mark(BlockKind.BOILERPLATE, f"listed under {lines[start].bare!r}")
            end += 1
        if end > start + 1:
            found[start] = Mark(BlockKind.BOILERPLATE, "heading of a table of contents")
    return found


def portraits(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark "About the author", and "About Acme" with the paragraph below it that begins with "Acme"."""
    known = lexicon()
    found: Found = {}
    for index, line in enumerate(lines[:-1]):
        name = _PORTRAIT.match(line.raw.rstrip(":")) if line.words <= 6 else None
        below = lines[index + 1]
        of_author = line.bare in known.portraits
        if of_author or (name and below.words >= 6 and below.plain.startswith(name[1].lower().split(" ")[0])):
            found[index] = Mark(BlockKind.BOILERPLATE, "heading of a portrait")
            if below.words >= 6:
                found[index + 1] = Mark(BlockKind.BOILERPLATE, f"portrait under {line.bare!r}")
    return found


def author_portrait(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark the author's name repeated below the article, with the job title and portrait that follow."""
    credited = {
        pair
        for line, mark in zip(lines, marks, strict=True)
        if kind_of(mark) is BlockKind.BYLINE
        for pair in _pairs(line)
    }
    found: Found = {}
    for index, line in enumerate(lines):
        if not (credited and marks[index] is None and is_name(line) and credited.issuperset(_pairs(line))):
            continue
        if not any(above.prose for above in lines[max(0, index - _COMMENT_VIEW) : index]):
            continue
        found[index] = Mark(BlockKind.BOILERPLATE, "the author again")
        for below in range(index + 1, min(len(lines), index + 3)):
            if not is_role(lines[below]) and not lines[below].plain.startswith(line.plain.split(" ")[0]):
                break
            found[below] = Mark(BlockKind.BOILERPLATE, "portrait of the author")
    return found


def _pairs(line: LineFeatures) -> set[tuple[str, str]]:
    words = [word.strip(",;()|") for word in line.plain.split(" ")]
    return set(pairwise(words))


def signature(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark the lines after "-- " in an e-mail, up to the next blank line or a few lines on."""
    found: Found = {}
    for index, line in enumerate(lines):
        if line.raw != "--" or index == 0:
            continue
        found[index] = Mark(BlockKind.BOILERPLATE, "signature of an e-mail")
        for below in range(index + 1, min(len(lines), index + 1 + _LONGEST_SIGNATURE)):
            if lines[below].gap or lines[below].words > 20:
                break
            found[below] = found[index]
    return found


def _runs(lines: Sequence[LineFeatures], test: Callable[[LineFeatures], bool]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of adjacent lines, without a blank line between, that pass `test`."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (end == start or not lines[end].gap) and test(lines[end]):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _readers_follow(lines: Sequence[LineFeatures], index: int) -> bool:
    signs = lexicon().comment_signs
    below = lines[index + 1 : index + 1 + _COMMENT_VIEW]
    return any(is_date(line) or (line.words <= 4 and not signs.isdisjoint(line.bare.split())) for line in below)


def _is_listed(lines: Sequence[LineFeatures], marks: Marks, heading: int, index: int) -> bool:
    """Whether a line still belongs to a list of links, which a gap ends unless its entries are separated by gaps."""
    line = lines[index]
    mark = marks[index]
    if mark is not None and mark.kind is not BlockKind.DATE and mark.kind is not BlockKind.RELATED:
        return False
    if index > heading + 1 and line.gap and not lines[index - 1].gap:
        return False
    if _opens_section(lines, heading, index):
        return False
    is_reference = line.item or "://" in line.plain or line.raw[0] in "^["
    if is_reference and kind_of_heading(lines[heading].bare) == "references":
        return line.words <= 60
    if index > heading + 1 and line.words <= 2 and all_weak(line):
        return False
    return line.words <= 22 and (not line.ends or line.plain.endswith("?"))


def _opens_section(lines: Sequence[LineFeatures], heading: int, index: int) -> bool:
    """Whether a line is the next heading: "Appendix A", "Timeline", or "6. Servers" below "5. References"."""
    line = lines[index]
    if line.words <= _LONGEST_HEADING and not line.ends and kind_of_heading(line.raw) not in (None, "references"):
        return True
    above, number, before = (_NUMBERED.match(lines[at].raw) for at in (heading, index, index - 1))
    if above is None or number is None or "://" in line.plain:
        return False
    # The list below "5. Links" may itself be numbered up to 5.
    follows = int(number[1]) == int(above[1]) + 1
    return follows and (index == heading + 1 or before is None or int(before[1]) != int(above[1]))
