"""Parses HTML into a tree of limited size, whatever the page contains, and sets its JSON-LD aside."""

import re
from collections.abc import Mapping
from typing import Any

from incidex.errors import UnreadableSource

# Long articles have some thousand elements. The extraction takes about a second for ten thousand.
MOST_ELEMENTS = 100_000
# Deeper elements become siblings instead of children, since the time to process a tree grows with its depth.
_DEEPEST = 150
# libxml2 takes quadratic time in these.
_MOST_ATTRIBUTES = 100
# Images embedded in attributes are long and useless; everything else is shorter.
_LONGEST_ATTRIBUTE = 10_000
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "canvas"})
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,100}", re.ASCII)
# XML trees must not contain these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_html(html: str, *, name: str) -> tuple[Any, tuple[str, ...]]:
    """
    Return the page as a tree (`lxml.html.HtmlElement`) without scripts and styles, and its JSON-LD.

    Raises:
        UnreadableSource: The page is empty, or has far more elements than an article.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    target = _BoundedTree()
    parser = HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    try:
        tree = etree.fromstring(_NOT_XML.sub("", html).encode(), parser=parser)
    except etree.LxmlError as error:
        raise UnreadableSource(f"{name} is not an HTML page with text.\nCheck that it was saved completely.") from error
    if target.elements > MOST_ELEMENTS:
        raise UnreadableSource(
            f"{name} has {target.elements} HTML elements, far more than an article; the limit is {MOST_ELEMENTS}.\n"
            "Save the part that you need as plain text and use that instead."
        )
    return tree, tuple(target.json_ld)


class _BoundedTree:
    """A parser target that limits what it passes on to lxml's tree builder."""

    def __init__(self) -> None:
        from lxml import etree
        from lxml.html import Element

        self.json_ld: list[str] = []
        self.elements = 0
        self._tree = etree.TreeBuilder(element_factory=Element)
        self._depth = 0
        self._too_deep: str | None = None  # the open element at the depth limit, if there is one
        self._dropped = 0  # how deep the parser is inside a dropped element
        self._in_json_ld = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle an opening tag."""
        if self._dropped or tag in _DROPPED:
            self._drop(tag, attributes)
            return
        self._depth += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            return
        if self._depth > _DEEPEST:
            self._end_too_deep()
            self._too_deep = _tag(tag)
        self._tree.start(_tag(tag), _bounded(attributes))

    def end(self, tag: str) -> None:
        """Handle a closing tag; the parser sends one for each opening tag."""
        if self._dropped:
            self._dropped -= 1
            return
        self._depth -= 1
        if self.elements > MOST_ELEMENTS:
            return
        if self._depth >= _DEEPEST:
            self._end_too_deep()
        else:
            self._tree.end(_tag(tag))

    def data(self, data: str) -> None:
        """Handle text."""
        if not self._dropped:
            self._tree.data(data)
        elif self._in_json_ld:
            self.json_ld[-1] += data

    def close(self) -> Any:
        """Return the root of the tree; None if there were too many elements."""
        return self._tree.close() if self.elements <= MOST_ELEMENTS else None

    def _drop(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._dropped += 1
        self._in_json_ld = tag == "script" and "ld+json" in (attributes.get("type") or "")
        if self._in_json_ld:
            self.json_ld.append("")

    def _end_too_deep(self) -> None:
        if self._too_deep is not None:
            self._tree.end(self._too_deep)
        self._too_deep = None


def _tag(tag: str) -> str:
    return tag if _NAME.fullmatch(tag) else "span"


def _bounded(attributes: Mapping[str, str]) -> dict[str, str]:
    # Frameworks use names such as "@click" and ":class", which are not valid in XML.
    kept = [(name, value) for name, value in attributes.items() if _NAME.fullmatch(name)][:_MOST_ATTRIBUTES]
    return {name: (value or "")[:_LONGEST_ATTRIBUTE] for name, value in kept}
