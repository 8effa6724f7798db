"""Parses HTML into a tree of bounded size, whatever the page holds, and keeps its JSON-LD apart."""

import re
from collections.abc import Mapping
from typing import Any

from incidex.errors import UnreadableSource

# Long articles have some thousand elements. The extraction takes about a second for ten thousand.
MOST_ELEMENTS = 100_000
# Elements deeper than this become neighbours instead of children. Working on a tree takes time by its depth.
_DEEPEST = 150
# libxml2 takes time by the square of these.
_MOST_ATTRIBUTES = 100
# Pictures inside attributes are long and of no use; everything that is looked at is shorter.
_LONGEST_ATTRIBUTE = 10_000
_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "canvas"})
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,100}", re.ASCII)
# XML, which trees are, holds none of these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_html(html: str, *, name: str) -> tuple[Any, tuple[str, ...]]:
    """
    Return the page as a tree (`lxml.html.HtmlElement`) without scripts and styles, and the content of its JSON-LD.

    Raises:
        UnreadableSource: The page has no element with content, or more elements than an article can have.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    target = _BoundedTree()
    parser = HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    try:
        tree = etree.fromstring(_NOT_XML.sub("", html).encode(), parser=parser)
    except etree.LxmlError as error:
        raise UnreadableSource(
            f"{name} is no HTML page with text in it.\nCheck that it was saved completely."
        ) from error
    if target.elements > MOST_ELEMENTS:
        raise UnreadableSource(
            f"{name} has {target.elements} HTML elements, far more than an article; at most {MOST_ELEMENTS} are read.\n"
            "Save the part that you need as plain text and give that instead."
        )
    return tree, tuple(target.json_ld)


class _BoundedTree:
    """What the parser tells of each tag as it comes, kept in bounds and handed to lxml's tree builder."""

    def __init__(self) -> None:
        from lxml import etree
        from lxml.html import Element

        self.json_ld: list[str] = []
        self.elements = 0
        self._tree = etree.TreeBuilder(element_factory=Element)
        self._depth = 0
        self._too_deep: str | None = None  # the open element below the deepest level, if there is one
        self._dropped = 0  # how deep the parser is inside an element that is left out
        self._in_json_ld = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
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
        """Take a closing tag; the parser sends one for each opening tag."""
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
        """Take text."""
        if not self._dropped:
            self._tree.data(data)
        elif self._in_json_ld:
            self.json_ld[-1] += data

    def close(self) -> Any:
        """Return the root of the tree; None where the page was given up."""
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
    # Frameworks write names such as "@click" and ":class", which no XML tree can hold.
    kept = [(name, value) for name, value in attributes.items() if _NAME.fullmatch(name)][:_MOST_ATTRIBUTES]
    return {name: (value or "")[:_LONGEST_ATTRIBUTE] for name, value in kept}
