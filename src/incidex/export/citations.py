"""Writes the reports of a dossier as citations: CSL-JSON, which Zotero and pandoc read, and BibTeX."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from incidex.export.jsonl.values import json_text
from incidex.records import Article, Dossier

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# What TeX takes for commands. The backslash is replaced on its own, with the others in one pass.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_csl(dossier: Dossier) -> str:
    """Return the reports as CSL-JSON 1.0.2: a list of items in the order of publication."""
    return json_text([_item(key, article) for key, article in _keyed(dossier)], indent=2)


def to_bibtex(dossier: Dossier) -> str:
    """Return the reports as BibTeX entries, in the order of publication."""
    return "\n".join(_entry(key, article) for key, article in _keyed(dossier))


def _keyed(dossier: Dossier) -> Iterator[tuple[str, Article]]:
    """Yield each report with its key: outlet, year and the beginning of its id, so that it is the same every time."""
    order = {source.document: number for number, source in enumerate(dossier.sources)}
    names = {source.document: source.publisher or "" for source in dossier.sources}
    for article in sorted(dossier.articles, key=lambda article: order.get(article.id, len(order))):
        outlet = unicodedata.normalize("NFKD", article.publisher or names.get(article.id) or "report")
        word = re.sub(r"[^a-z0-9]", "", outlet.encode("ascii", "ignore").decode().lower())[:20] or "report"
        yield f"{word}{(article.published_at or '')[:4]}-{article.id[:8]}", article


def _item(key: str, article: Article) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": "article-newspaper", "title": article.title}
    if article.publisher:
        item["container-title"] = article.publisher
    if article.author:
        item["author"] = [{"literal": article.author}]
    if day := _parts(article.published_at):
        item["issued"] = {"date-parts": [[int(part) for part in day]]}
    if article.url:
        item["URL"] = article.url
    if article.language:
        item["language"] = article.language
    return item


def _entry(key: str, article: Article) -> str:
    day = _parts(article.published_at)
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": f"{{{_tex(article.author)}}}" if article.author else "",
        "journal": _tex(article.publisher or ""),
        "year": day[0] if day else "",
        "month": _MONTHS[int(day[1]) - 1] if len(day) > 1 else "",
        "day": str(int(day[2])) if len(day) > 2 else "",
        "url": article.url.translate(_IN_URL) if article.url else "",
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{key},", *lines, "}", ""])


# Braces would end the field; in addresses they are written in hexadecimal.
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\n": ""})


def _parts(written: str | None) -> list[str]:
    match = _DAY.match(written or "")
    return [part for part in match.groups() if part and int(part)] if match else []


def _tex(words: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in " ".join(words.split()))
