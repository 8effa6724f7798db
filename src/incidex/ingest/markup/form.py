"""Tells Markdown and AsciiDoc from plain text by what only they have."""

import re

# Read at the beginning of a text; the marks of a form come early and often.
_VIEW = 20_000
_MARKDOWN_HEADING = re.compile(r"(?:^|\n)[ ]{0,3}#{1,6} (?=[^\s#])")
_MARKDOWN_SIGN = re.compile(
    r"\n```|\]\((?:https?://|/|#|\w)|\n[|] ?:?-{3,}|\n *[-*] (?=\S)|\*\*(?=\S)|(?:^|\n)## (?=\S)"
)
_ASCIIDOC_TITLE = re.compile(r"(?:^|\n)={1,5} (?=\S)")
_ASCIIDOC_SIGN = re.compile(
    r"\n\|===\s*\n|\n----\s*\n|\n:[a-z][\w-]*:|\n\[[a-z]+(?:,[^\]\n]{0,80})?\]\n|\n={2,5} (?=\S)"
)
_FRONT_MATTER = re.compile(r"\s*(?:---\n(?:[\w-]+:|#)|\+\+\+\n[\w-]+ ?=)")


def form_of(text: str) -> str:
    """
    Return "markdown", "asciidoc" or "text".

    Plain text may have a line with "#" or "==", so a heading is not enough: there must be a second sign. What is
    Markdown only by its name, such as one paragraph with a link, is plain text here.
    """
    head = text[:_VIEW].replace("\r\n", "\n")
    if _FRONT_MATTER.match(head):
        return "markdown"
    if _ASCIIDOC_TITLE.search(head) and _ASCIIDOC_SIGN.search(head):
        return "asciidoc"
    headings = _MARKDOWN_HEADING.findall(head)
    if headings and (_MARKDOWN_SIGN.search(head) or len(headings) > 2):
        return "markdown"
    return "text"
