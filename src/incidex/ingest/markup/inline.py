"""Finds the mark-up inside the lines of a marked-up text: emphasis, code, links and their targets, tags."""

import re
from collections.abc import Iterator

from incidex.records import Span

# A link: its text may contain one pair of brackets ("evil[.]example"), its target one of parentheses. No part matches
# where another may, so that the time is linear.
_TEXT = r"(?:[^\[\]\\\n]|\\.|\n(?!\s*\n)|\[[^\[\]\n]{0,80}\]){0,600}"
_TITLE = r"(?:\s+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?"
_TARGET = rf"\(\s{{0,4}}<?[^\s()<>]{{0,2000}}(?:\([^\s()]{{0,300}}\)[^\s()<>]{{0,500}})?>?{_TITLE}\s{{0,4}}\)"
_MARKDOWN = re.compile(
    rf"""
    (?P<code>`{{1,3}})(?P<coded>[^`\n]{{1,400}})(?P=code)(?!`)
    |(?P<image>!\[{_TEXT}\](?:{_TARGET}|\[[\w .-]{{0,60}}\]))
    |(?P<open>\[)(?P<text>{_TEXT})(?P<target>\](?:{_TARGET}|\[(?=\w)[\w .-]{{1,60}}\]))
    |(?P<note>\[\^[\w.-]{{1,40}}\]:?)
    |(?P<tag></?[A-Za-z][\w-]{{0,30}}(?:\s[^<>]{{0,500}})?/?>|<!--(?:[^-<]|-(?!->)){{0,2000}}-->|\{{[\{{%][^{{}}\n]{{0,300}}[\}}%]\}})
    |(?P<auto><)(?P<address>(?:h[tx]{{2}}ps?|ftp|mailto):[^<>\s]{{1,2000}}|[\w.+-]{{1,64}}@[\w.\[\]-]{{1,200}})(?P<end>>)
    |\\(?P<escaped>[*_~`])
    |(?P<emphasis>\*{{1,3}}|_{{1,3}}|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
_ASCIIDOC = re.compile(
    r"""
    (?P<code>`{1,2})(?P<coded>[^`\n]{1,400})(?P=code)(?!`)
    |(?P<image>image::?[^\s\[\]]{1,500}\[[^\[\]\n]{0,500}\])
    |(?P<open>(?:(?:link|xref|mailto):[^\s\[\]]{1,2000}|https?://[^\s\[\]<>]{1,2000}|footnote:)\[)
        (?P<text>(?!dot\]|\.\])[^\[\]\n]{0,500})(?P<target>\])
    |(?P<tag><<[^<>\n]{1,200}>>|\[\[[\w-]{1,80}\]\]|\[\#?[\w.-]{1,80}\](?=\#)|\{[\w-]{1,60}\})
    |(?P<emphasis>\*{1,2}|_{1,2}|\#{1,2})
    """,
    re.VERBOSE,
)
_RST = re.compile(
    r"""
    (?P<code>``)(?P<coded>[^`\n]{1,400})(?P=code)(?!`)
    |(?P<open>(?::[\w:-]{1,40}:)?`)(?P<text>[^`<>]{1,500}?)(?P<target>(?:\s*<[^<>`\s]{1,2000}>)?`_{0,2})
    |(?P<note>\[(?:\d{1,3}|\#\w{0,30}|\w{1,30})\]_)
    |(?P<tag>\|[\w-]{1,60}\|_{0,2})
    |(?P<emphasis>\*{1,2})
    """,
    re.VERBOSE,
)
_PATTERNS = {"markdown": _MARKDOWN, "asciidoc": _ASCIIDOC, "rst": _RST}


def inline_markup(text: str, start: int, end: int, *, form: str) -> list[Span]:
    """
    Return the mark-up in `text[start:end]`, in order and without overlap.

    The target of a link is mark-up, its text is not; an image is mark-up as a whole.

    Args:
        form: "markdown", "asciidoc" or "rst".
    """
    found: list[tuple[int, int]] = []
    open_marks: list[tuple[str, int, int]] = []
    for match in _PATTERNS[form].finditer(text, start, end):
        if (mark := match["emphasis"]) is not None:
            found += _emphasis(text, (mark, match.start(), match.end()), open_marks, (start, end))
        else:
            found += _in_match(text, match, form)
    return [Span(*edges) for edges in sorted(found)]


def _in_match(text: str, match: re.Match[str], form: str) -> Iterator[tuple[int, int]]:
    groups = match.groupdict()
    if groups.get("code"):
        yield match.span("code")
        yield match.end("coded"), match.end()
    elif groups.get("open"):
        yield match.span("open")
        inside = inline_markup(text, *match.span("text"), form=form) if match["text"] else []
        yield from ((span.start, span.end) for span in inside)
        yield match.span("target")
    elif groups.get("auto"):
        yield match.span("auto")
        yield match.span("end")
    elif not groups.get("escaped"):
        yield match.span()


def _emphasis(
    text: str, mark: tuple[str, int, int], open_marks: list[tuple[str, int, int]], edges: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield a pair of marks when the second of them is met; keep a mark that opens in `open_marks`."""
    sign, start, end = mark
    before = text[start - 1] if start > edges[0] else " "
    after = text[end] if end < edges[1] else " "
    inside_word = before.isalnum() and after.isalnum()
    if inside_word and (len(sign) < 2 or sign[0] == "_"):
        return
    if not before.isspace() and (last := _last_open(open_marks, sign)) is not None:
        del open_marks[last + 1 :]
        _, other_start, other_end = open_marks.pop()
        yield other_start, other_end
        yield start, end
    elif not after.isspace() and len(open_marks) < _MOST_OPEN:
        open_marks.append(mark)


# Deeper nesting is hostile, and a search through all marks would be quadratic.
_MOST_OPEN = 12


def _last_open(open_marks: list[tuple[str, int, int]], sign: str) -> int | None:
    return next((i for i in reversed(range(len(open_marks))) if open_marks[i][0] == sign), None)
