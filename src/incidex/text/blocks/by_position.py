"""
Classifies paragraphs by position: headline and names above the article, links inside it, leftovers below it.

The article extends from the first to the last paragraph of prose (ten words or more, ending like a sentence) that is
not part of a notice, comment or list of links.
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from incidex.records import BlockKind
from incidex.text.blocks.credits import is_name, is_role
from incidex.text.blocks.furniture import Mark, all_weak, is_breadcrumb, kind_of, lexicon
from incidex.text.blocks.line_features import LineFeatures
from incidex.text.blocks.page_sections import Found, Marks

# A headline may end in a full stop and a sub-headline be a sentence if the by-line follows within this many lines.
_HEAD_LINES = 4
_LONGEST_SUBTITLE = 45
_SIGNS_OF_A_PAGE = 2
# Lines above a headline that is only a guess.
_MOST_ABOVE = 8
# Words in a link between paragraphs; an article with this many shorter headings may have long ones, too.
_SHORTEST_LINK, _LONGEST_LINK = 8, 22
_HEADINGS = 2
# Lines between the pages of a PDF copy say nothing about where the article ends.
_OF_THE_SHEET = ("running head", "page number", "no letter or digit")
_QUESTIONS = frozenset(("how", "what", "why", "who", "when", "where", "which"))
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}")
_BULLETIN = re.compile(r"\b(?:bulletin|advisory|alert)\b|\b[A-Z]{2,8}-(?:[A-Z]{1,4}-)?\d{2,4}-\d+", re.IGNORECASE)


def names(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark a name by itself above or below a date or by-line as a by-line, and a job title below it."""
    found: Found = {}
    seen_headline = False
    for index, line in enumerate(lines):
        above = found.get(index - 1) or (marks[index - 1] if index else None)
        if (
            marks[index] is None
            and seen_headline
            and (
                (_has_credit_beside(lines, marks, index) and is_name(line))
                or (
                    _is_handle(line)
                    and index + 1 < len(lines)
                    and not lines[index + 1].gap
                    and marks[index + 1] is not None
                )
            )
        ):
            found[index] = Mark(BlockKind.BYLINE, "a name beside a date or by-line")
        elif marks[index] is None and above is not None and above.kind is BlockKind.BYLINE and is_role(line):
            found[index] = Mark(BlockKind.BYLINE, "what the author does")
        seen_headline = seen_headline or (marks[index] is None and line.words >= 4)
    return found


def titles(lines: Sequence[LineFeatures], marks: Marks, repeats: dict[int, int], data: Collection[int]) -> Found:
    """
    Mark headline and sub-headlines: the lines right above the by-line or date, or else above the first prose.

    The lines of `data` (tables, fields, indicators) are neither, and what is above the first of them comes before them.
    """
    credit, end = _head(lines, marks)
    if credit is None or any(index < credit for index in data):
        credit, end = _before_data(lines, marks, credit, end, data)
    known = next((i for i, mark in enumerate(marks) if mark is not None and mark.kind is BlockKind.TITLE), None)
    title = known if known is not None else _title(lines, marks, credit, end)
    if title is None:
        return {}
    found = {title: Mark(BlockKind.TITLE, "headline above the article")}
    for index, earlier in repeats.items():
        if title in (index, earlier) and not lines[index].ends:
            found[index] = found[earlier] = Mark(BlockKind.TITLE, "the headline again")
    return found | _subtitles(lines, marks, found, (title, credit, end))


def above_article(lines: Sequence[LineFeatures], marks: Marks, data: Collection[int]) -> Found:
    """
    Mark lines above the headline, and names of sites and buttons anywhere above the first paragraph.

    Without a by-line or date below it, the headline is a guess: then a list or table above it, or more than a few
    lines, are part of the article.
    """
    credit, end = _head(lines, marks)
    title = max((i for i in range(min(end, len(lines))) if kind_of(marks[i]) is BlockKind.TITLE), default=0)
    free = [i for i in range(title) if marks[i] is None]
    is_guess = credit is None or credit < title
    if is_guess and (len(free) > _MOST_ABOVE or any(lines[i].item or i in data for i in free)):
        return {}
    is_page = _is_page(marks)
    found: Found = {}
    for index in range(min(end, len(lines))):
        line = lines[index]
        if marks[index] is not None or index in data:
            continue
        is_stray = index > title and line.words <= 2 and index + 1 < end and _opens_furniture(marks[index + 1])
        if is_page and (all_weak(line) or is_stray) and not line.item and end < len(lines):
            found[index] = Mark(BlockKind.BOILERPLATE, "navigation above the article")
        elif index < title and not line.ends:
            above = found.get(index - 1) or (marks[index - 1] if index else None)
            is_teaser = line.headline_like and kind_of(above) is BlockKind.RELATED
            found[index] = (
                Mark(BlockKind.RELATED, "headline above the headline")
                if is_teaser
                else Mark(BlockKind.BOILERPLATE, "line above the headline")
            )
    return found


def inside_article(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark links to other articles, and runs of buttons, between the paragraphs of a scraped page."""
    found: Found = {}
    if not _is_page(marks):
        return found
    between = [i for i in range(1, len(lines) - 1) if marks[i] is None and _is_between_prose(lines, marks, i)]
    has_headings = sum(1 for i in between if lines[i].words < _SHORTEST_LINK) >= _HEADINGS
    for index in range(1, len(lines) - 1):
        if marks[index] is None and _is_beside_notice(lines, marks, index):
            found[index] = Mark(BlockKind.BOILERPLATE, "button beside a notice")
    for index in between:
        if not has_headings and _is_link_inside(lines, index):
            found[index] = Mark(BlockKind.RELATED, "headline between paragraphs that do not take it up")
    return found | _button_runs(lines, marks)


def below_article(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark short lines and headlines below the article, starting with the first notice or list of links."""
    last = max((i for i, line in enumerate(lines) if line.prose and _is_article(marks[i])), default=len(lines))
    begins = next((i for i in range(last + 1, len(lines)) if _opens_furniture(marks[i])), len(lines))
    is_page = _is_page(marks)
    found: Found = {}
    for index in range(last + 1, len(lines)):
        # A line after one like "Services that were down:" is part of the article.
        announced = lines[index - 1].raw.endswith(":") and marks[index - 1] is None
        if marks[index] is None and not announced:
            mark = _mark_below(lines, marks, index, is_page=is_page, among_notices=index > begins)
            found.update({index: mark} if mark else {})
    return found


def _is_page(marks: Marks) -> bool:
    """Whether enough blocks are not article for the text to be a scraped page."""
    signs = (mark for mark in marks if mark is not None and not mark.kind.in_article)
    return sum(1 for _ in islice(signs, _SIGNS_OF_A_PAGE)) == _SIGNS_OF_A_PAGE


def _opens_furniture(mark: Mark | None) -> bool:
    return kind_of(mark) in (BlockKind.BOILERPLATE, BlockKind.RELATED) and _reason(mark) not in _OF_THE_SHEET


def _mark_below(
    lines: Sequence[LineFeatures], marks: Marks, index: int, *, is_page: bool, among_notices: bool
) -> Mark | None:
    line = lines[index]
    if _is_contact(line):
        return Mark(BlockKind.BOILERPLATE, "address below the article")
    if all_weak(line) and is_page:
        return Mark(BlockKind.BOILERPLATE, "navigation below the article")
    if not among_notices:
        return None
    if _is_plain_label(line) or is_breadcrumb(line):
        return Mark(BlockKind.BOILERPLATE, "short line among the notices below the article")
    if not line.headline_like:
        return None
    beside = [i for i in (index - 1, index + 1) if i < len(lines)]
    if any(kind_of(marks[i]) is BlockKind.RELATED or (marks[i] is None and lines[i].headline_like) for i in beside):
        return Mark(BlockKind.RELATED, "headline below the article")
    return Mark(BlockKind.BOILERPLATE, "line among the notices below the article")


def _head(lines: Sequence[LineFeatures], marks: Marks) -> tuple[int | None, int]:
    """Return the index of the by-line or date after the headlines, if there is one, and where the article begins."""
    first = _next_prose(lines, marks, 0)
    credit = next(
        (
            i
            for i in range(min(len(lines), first + _HEAD_LINES))
            if kind_of(marks[i]) in (BlockKind.BYLINE, BlockKind.DATE)
        ),
        None,
    )
    if credit is None:
        return None, first
    between = [lines[i] for i in range(first, credit) if marks[i] is None]
    most = 4 if sum(line.prose for line in between) == 1 and kind_of(marks[credit]) is BlockKind.BYLINE else 2
    if between and (len(between) > most or any(line.words > _LONGEST_SUBTITLE for line in between)):
        return None, first
    if between and not any(marks[i] is None and lines[i].words >= 4 for i in range(first)) and lines[first].words > 25:
        return None, first
    return credit, _next_prose(lines, marks, credit)


def _next_prose(lines: Sequence[LineFeatures], marks: Marks, start: int) -> int:
    return next((i for i in range(start, len(lines)) if lines[i].prose and _is_article(marks[i])), len(lines))


def _is_article(mark: Mark | None) -> bool:
    return mark is None or mark.kind is BlockKind.BODY


def _reason(mark: Mark | None) -> str:
    return mark.reason if mark else ""


def _before_data(
    lines: Sequence[LineFeatures], marks: Marks, credit: int | None, end: int, data: Collection[int]
) -> tuple[int | None, int]:
    """Return by-line and beginning of the article as `_head` does, but not below the first line of `data`."""
    first = min((i for i in data if i < end), default=end)
    if first == end or not any(marks[i] is None and lines[i].words >= 2 for i in range(first)):
        return credit, end
    return (credit if credit is not None and credit < first else None), first


def _has_credit_beside(lines: Sequence[LineFeatures], marks: Marks, index: int) -> bool:
    below = index + 1 < len(lines) and kind_of(marks[index + 1]) in (BlockKind.DATE, BlockKind.BYLINE)
    above = kind_of(marks[index - 1]) in (BlockKind.DATE, BlockKind.BYLINE) and not lines[index].gap
    return below or above


def _is_handle(line: LineFeatures) -> bool:
    """Whether a line is a single user name: "kestrel_77"."""
    return (
        line.words == 1 and line.bare != "" and any(c.isdigit() or c in "_@" for c in line.raw) and "." not in line.raw
    )


def _title(lines: Sequence[LineFeatures], marks: Marks, credit: int | None, end: int) -> int | None:
    if all(mark is None for mark in marks[:end]) and credit is None:
        sections = next((i for i in range(end) if not all_weak(lines[i])), end)
        first = sections if 2 <= sections < end else 0
        # "JOINT ADVISORY" / "Ransomware aimed at clinics": what kind of report it is stands above the headline.
        first += first + 1 < end and _is_label(lines[first]) and lines[first + 1].words >= 4
        is_title = end > 0 and not lines[first].item and not lines[first].raw.endswith((".", ":", ","))
        return first if is_title and lines[first].words <= 40 else None
    anchor = end if credit is None else credit
    for start, stop in ((0, anchor), (anchor, end)):
        free = [i for i in range(start, stop) if marks[i] is None and not lines[i].item and not all_weak(lines[i])]
        free = [i for i in free if not is_breadcrumb(lines[i])] or free
        if free:
            return _of_last_group(lines, free, stop)
    return None


def _of_last_group(lines: Sequence[LineFeatures], free: list[int], stop: int) -> int:
    """Return the first line of four words or more in the last run of neighbouring lines; else the last line."""
    long = {i for i in free if lines[i].words >= 4}
    if not long:
        return free[-1]
    start = max(long)
    while start - 1 in long:
        start -= 1
    # "Notes by Ann" / blank line / headline / sub-headline / by-line: adjacent lines belong together.
    attached = stop
    while attached - 1 in long and attached < len(lines) and not lines[attached].gap:
        attached -= 1
    start = attached if stop - attached >= 2 else start
    # "Example Centre for Cyber Security" / "Advisory EC-2026-11: Flaw in ...": the issuer is named above the title.
    bulletin = min((i for i in long if i >= start and _BULLETIN.search(lines[i].raw)), default=start)
    # "OPERATION PAPER MOTH" / "A campaign against law firms": a short headline set apart by capitals.
    above = lines[start - 1] if start - 1 in set(free) else None
    is_set_apart = above is not None and above.words > 1 and above.raw.isupper() and not _is_label(above)
    return start - 1 if is_set_apart and bulletin == start and not lines[start].raw.isupper() else bulletin


def _is_label(line: LineFeatures) -> bool:
    """Whether a line says only what kind of report follows: "Joint Advisory", "THREAT REPORT"."""
    return line.words <= 4 and all(word in lexicon().report_kinds for word in line.bare.split())


def _subtitles(lines: Sequence[LineFeatures], marks: Marks, titled: Found, head: tuple[int, int | None, int]) -> Found:
    title, credit, end = head
    stop = credit if credit is not None and credit > title else end
    free = [
        i for i in range(title + 1, min(end, len(lines))) if marks[i] is None and i not in titled and not lines[i].item
    ]
    above = [i for i in range(title + 1, stop) if marks[i] is None and i not in titled and not lines[i].item]
    if credit is None or credit < title:
        above = [i for i in above[:1] if i == title + 1 and lines[i].headline_like and end < len(lines)]
    elif not above:
        above = [i for i in free[:1] if lines[i].headline_like and lines[i].words >= 6]
    fits = [i for i in above[:3] if 4 <= lines[i].words <= _LONGEST_SUBTITLE]
    return {i: Mark(BlockKind.SUBTITLE, "between the headline and the article") for i in fits}


def _is_between_prose(lines: Sequence[LineFeatures], marks: Marks, index: int) -> bool:
    """Whether a line could be a heading or a link: not a sentence, and directly between paragraphs of the article."""
    above, line, below = lines[index - 1], lines[index], lines[index + 1]
    if line.ends or line.item or line.words > _LONGEST_LINK or line.raw[-1] in ":,;":
        return False
    return above.prose and below.prose and above.gap == below.gap and marks[index - 1] is None is marks[index + 1]


def _is_link_inside(lines: Sequence[LineFeatures], index: int) -> bool:
    line = lines[index]
    words = [word.strip("\"',.:;()?!") for word in line.plain.split()]
    if line.words < _SHORTEST_LINK or words[0] in _QUESTIONS or ":" in line.raw or line.raw.isupper():
        return False
    # A section's heading is taken up by the section ("Acme pays ransom" ... "Acme said it had paid"), a link's is not.
    taken_up = {word for word in words if len(word) > 3 and word in lines[index + 1].plain}
    return len(taken_up) <= 1


def _is_beside_notice(lines: Sequence[LineFeatures], marks: Marks, index: int) -> bool:
    """Whether a button label is directly below or above a notice, without a blank line in between."""
    if lines[index].words > 2 or lines[index].item or not all_weak(lines[index]):
        return False
    above = not lines[index].gap and kind_of(marks[index - 1]) is BlockKind.BOILERPLATE
    return above or (not lines[index + 1].gap and kind_of(marks[index + 1]) is BlockKind.BOILERPLATE)


def _button_runs(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark three or more button labels in a row, at least one of them an action ("Print")."""
    found: Found = {}
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and marks[index] is None and lines[index].words <= 3 and all_weak(lines[index]):
            run.append(index)
            continue
        if len(run) >= 3 and any(not lexicon().actions.isdisjoint(lines[i].bare.split()) for i in run):
            found.update({i: Mark(BlockKind.BOILERPLATE, "run of buttons") for i in run})
        run = []
    return found


def _is_plain_label(line: LineFeatures) -> bool:
    """Whether a line is a few plain words, like names of sections, and not a value, host name or hash."""
    return line.words <= 4 and not line.ends and not any(sign.isdigit() or sign in "._[" for sign in line.raw)


def _is_contact(line: LineFeatures) -> bool:
    """Whether a line is an e-mail address, perhaps with a name or telephone number."""
    return line.words <= 8 and not line.ends and not line.item and _MAIL.search(line.plain) is not None
