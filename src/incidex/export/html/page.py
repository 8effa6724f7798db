"""
Puts a page together from its frame and its parts.

All pages have the head in `head.html`. They need nothing but themselves: the style is in them, they have no script, and
their security policy forbids the browser to load anything.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template

from incidex.export.html.markup import Html


def to_page(frame: str, styles: Iterable[str], *, name: Html, **parts: Html | str) -> str:
    """
    Return a page.

    Args:
        frame: The file with the page's body, beside this one.
        styles: The files with its style.
        name: What the page is called.
        parts: What else stands in the frame.
    """
    style = "".join(map(_file, styles))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    head = Template(_file("head.html")).substitute(style=style, digest=digest, name=name)
    return head + Template(_file(frame)).substitute(name=name, **parts)


@cache
def _file(name: str) -> str:
    return files("incidex.export.html").joinpath(name).read_text("utf-8")
