"""Knows the techniques of MITRE ATT&CK by number, and finds those that a text names in words: "spear-phishing link"."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from incidex.link.indicators.forms import Form
from incidex.records import IndicatorKind, Span
from incidex.tables import table

# Says that the text has a name, not the number; `roles` puts it in the reason.
INFERRED = "the name of"


def is_technique(number: str) -> bool:
    """Return whether ATT&CK has or had a technique with this number."""
    return number in _content()["names"]


def may_be_new(number: str) -> bool:
    """Return whether a number is higher than all known ones, or a new part of a known technique."""
    whole, dot, _ = number.partition(".")
    return is_technique(whole) if dot else number > max(_content()["names"]).partition(".")[0]


@cache
def names_pattern() -> str:
    """Return a pattern for all names that are not ordinary words as well."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(_named(), key=lambda name: (-len(name), name)):
        by_letter.setdefault(name[0], []).append(_flexible(name)[1:])
    # Both cases of the first letter are written out: a pattern that ignores case tries every name at every word.
    groups = (f"[{letter}{letter.upper()}](?i:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))
    return rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])"


def named_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the technique whose name `match` found."""
    number = _named()[_plain(match[0])]
    # "Spearphishing Attachment (T1566.001)", "T1566.001 Spearphishing Attachment": the number itself is there.
    around = text[max(match.pos, match.start() - 20) : min(match.endpos, match.end() + 20)]
    if re.search(r"T\d{4}", around):
        return None
    note = f"{INFERRED} {_content()['names'][number]}"
    return Form(Span(*match.span()), IndicatorKind.ATTACK_ID, number, note=note)


@cache
def _named() -> Mapping[str, str]:
    """Return the names that stand for a technique in any text, in plain form, with its number."""
    content = _content()
    names = {_plain(content["names"][number]): number for number in content["in_prose"].split()}
    return names | {_plain(name): number for name, number in content["aliases"].items()}


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "", name.lower())


def _flexible(plain: str) -> str:
    """Return a pattern for a name with spaces and hyphens where the name, one of its parts, or writers put them."""
    return r"[\s-]?".join(map(re.escape, _parts()[plain]))


@cache
def _parts() -> Mapping[str, list[str]]:
    content = _content()
    written = [content["names"][number] for number in content["in_prose"].split()] + list(content["aliases"])
    return {
        _plain(name): re.split(r"[\s-]+|(?<=spear)(?=phishing)|(?<=side)(?=loading)", name.lower()) for name in written
    }


def _content() -> Any:
    return table("incidex.link.indicators", "techniques")
