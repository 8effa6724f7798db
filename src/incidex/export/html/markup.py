"""Writes HTML elements. Everything that is not already HTML is escaped, so that nobody can forget it."""

import re
from collections.abc import Iterable
from html import escape

from incidex.export.terminal.text import printable

# What has a meaning in HTML, or is white space that browsers do not know, or is what `printable` makes visible. Nearly
# all text has none of it, and one search is much faster than the calls that would do it all.
_SPECIAL = re.compile(r"[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACE = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85", " "))


class Html(str):
    """Text that is already HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell template engines that it is not to be escaped."""
        return self


def element(name: str, *content: str, **attributes: str | bool) -> Html:
    """
    Return an element. Content and attributes are escaped, except for content that is `Html`.

    Args:
        name: Its name. Elements without an end, such as `br`, are not for this function.
        content: What stands in it.
        attributes: `class_` gives `class`, `aria_label` gives `aria-label`. Those that are empty or False are left out,
            those that are True have no value.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value)
    return Html(f"<{name}{written}>{joined(content)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Return `parts` one after another with `between`, which is text, between them."""
    return Html(text(between).join([part if type(part) is Html else text(part) for part in parts]))


def text(words: str) -> Html:
    """Return `words` escaped. Characters that reverse the writing direction or control a terminal become `�`."""
    return Html(escape(printable(words.translate(_SPACE))) if _SPECIAL.search(words) else words)


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'
