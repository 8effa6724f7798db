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
_WITHOUT_SCRIPTS = frozenset({"template", "noscript"})
# Scripts show these when they have run, so a style that hides them says nothing.
_NEVER_HIDDEN = frozenset({"html", "head", "body", "main", "article"})
_HIDING = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])|clip:rect\((?:0|1px)"
    r"|(?:left|top|right|text-indent|margin-left|margin-top):-\d{3,}|clip-path:inset\((?:50|100)%"
    r"|(?:max-)?(?:height|width):0(?:px)?(?:;|$|!).{0,200}overflow:hidden"
    r"|overflow:hidden;.{0,200}(?:height|width):[01](?:px)?(?:;|$|!)|transform:scale\(0\)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,60})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,60})")
_HIDDEN_CLASSES = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "d-none", "hidden-text",
    "element-invisible", "u-hidden", "is-hidden",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_IN_CELLS = frozenset({"ul", "ol", "li", "p", "div"})
# Names of windows that ask for consent to cookies.
_CONSENT = re.compile(
    r"(?:(?:cookies?|consent|gdpr|cmp|eu-cookie|privacy|ccpa)[-_]?(?:banner|notice|bar|popup|modal|overlay|wall|dialog|box|"
    r"container|message|law|sdk|manager|layer|prompt|root|consent|policy-banner)|consent|gdpr|onetrust[\w-]*|didomi[\w-]*|"
    r"qc-cmp[\w-]*|sp_message_container[\w-]*|cybotcookie\w*|osano-[\w-]*|cookielaw[\w-]*|cookieconsent[\w-]*)"
)
_WHITES = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)"})
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,100}", re.ASCII)
# XML trees must not contain these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_html(html: str, *, name: str, without_scripts: bool = False) -> tuple[Any, tuple[str, ...]]:
    """
    Return the page as a tree (`lxml.html.HtmlElement`) without scripts, styles and hidden elements, and its JSON-LD.

    Args:
        without_scripts: Keep what browsers show if they run no scripts (`noscript`, `template`), and take text beside
            the main text (`aside`) as if it were in it.

    Raises:
        UnreadableSource: The page is empty, or has far more elements than an article.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    target = _BoundedTree(without_scripts=without_scripts)
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

    def __init__(self, *, without_scripts: bool) -> None:
        from lxml import etree
        from lxml.html import Element

        self.json_ld: list[str] = []
        self.elements = 0
        self._tree = etree.TreeBuilder(element_factory=Element)
        self._depth = 0
        self._too_deep: str | None = None  # the open element at the depth limit, if there is one
        self._dropped = 0  # how deep the parser is inside a dropped element
        self._in_json_ld = False
        self._in_cells = 0
        self._without_scripts = without_scripts
        self._unwanted = _DROPPED - _WITHOUT_SCRIPTS if without_scripts else _DROPPED

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle an opening tag."""
        if self._dropped or tag in self._unwanted or (tag not in _NEVER_HIDDEN and _is_hidden(attributes)):
            self._drop(tag, attributes)
            return
        self._depth += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            return
        if self._depth > _DEEPEST:
            self._end_too_deep()
            self._too_deep = self._name(tag)
        self._in_cells += tag in _CELLS
        self._tree.start(self._name(tag), _bounded(attributes))

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
            self._tree.end(self._name(tag))
        self._in_cells -= tag in _CELLS
        if tag in _IN_CELLS and self._in_cells:
            self._tree.data(" ")

    def data(self, data: str) -> None:
        """Handle text."""
        if not self._dropped:
            self._tree.data(data)
        elif self._in_json_ld:
            self.json_ld[-1] += data

    def close(self) -> Any:
        """Return the root of the tree; None if there were too many elements."""
        return self._tree.close() if self.elements <= MOST_ELEMENTS else None

    def _name(self, tag: str) -> str:
        """Return the name of an element in the tree: lists in cells of tables, which get lost, become plain text."""
        if self._in_cells and tag in _IN_CELLS:
            return "span"
        if self._without_scripts and tag in ("aside", *_WITHOUT_SCRIPTS):
            return "div"
        return tag if _NAME.fullmatch(tag) else "span"

    def _drop(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._dropped += 1
        self._in_json_ld = tag == "script" and "ld+json" in (attributes.get("type") or "")
        if self._in_json_ld:
            self.json_ld.append("")

    def _end_too_deep(self) -> None:
        if self._too_deep is not None:
            self._tree.end(self._too_deep)
        self._too_deep = None


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """
    Whether an element is no part of what a reader came for.

    It is hidden, outside the window, of no size or in the colour of the background, or asks for consent to cookies.
    """
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"[:_LONGEST_ATTRIBUTE].lower().split()
    if not _HIDDEN_CLASSES.isdisjoint(names) or any(map(_CONSENT.fullmatch, names)):
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = "".join(style[:_LONGEST_ATTRIBUTE].lower().split())
    return _HIDING.search(style) is not None or _is_same_colour(style)


def _is_same_colour(style: str) -> bool:
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    if colour is None:
        return False
    if colour[1] in ("transparent", "rgba(0,0,0,0)"):
        return True
    # White words on a page whose background is not said are as invisible as white on white.
    return background[1] == colour[1] if background else colour[1] in _WHITES and "background" not in style


def _bounded(attributes: Mapping[str, str]) -> dict[str, str]:
    # Frameworks use names such as "@click" and ":class", which are not valid in XML.
    kept = [(name, value) for name, value in attributes.items() if _NAME.fullmatch(name)][:_MOST_ATTRIBUTES]
    return {name: (value or "")[:_LONGEST_ATTRIBUTE] for name, value in kept}
