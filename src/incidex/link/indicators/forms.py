"""
What looks like an indicator in a text, and the reading of defanged addresses: `hxxp://shop[.]example` is
`http://shop.example`.
"""

import re
from dataclasses import dataclass

from incidex.records import IndicatorKind, Span

# Every way to write a dot, an at sign, or the signs between a scheme and a host. Brackets may have spaces around them.
DOT = r"(?:\.(?![\])}])| ?[\[({] ?(?:\.|dot) ?[\])}] ?|\\\.|\[\.|\.[\])}])"
AT = r"(?:@| ?[\[({] ?(?:@|at) ?[\])}] ?)"
SCHEME = r"(?:h(?:tt|xx|\*\*|__|xxx|tx|xt)ps?|fxps?|s?ftps?)"
AFTER_SCHEME = r"(?:(?:\[:\]|:)(?://|\\\\|\[//\]|\[/\]\[/\])|\[:/?/?\](?://)?)"

_DOT = re.compile(DOT, re.IGNORECASE)
_AT = re.compile(AT, re.IGNORECASE)
_BEGIN = re.compile(rf"({SCHEME}){AFTER_SCHEME}", re.IGNORECASE)
_PORT = re.compile(r"\[:\](?=\d)")
_SCHEMES = {"f": "ftp", "s": "sftp", "h": "http"}


@dataclass(frozen=True, slots=True)
class Form:
    """
    Something in a text that looks like an indicator, before its role in the report is known.

    Attributes:
        span: Its words in `Document.text`.
        kind: What it is.
        value: What it stands for: refanged, with a lower-case host.
        host: The host of a domain, URL or e-mail address, in lower case; empty for all else.
        defanged: Whether it is written so that it cannot be clicked.
        certain: Whether it is one for certain. Four bare numbers without a word about addresses near them are one only
            if the same numbers stand elsewhere in the article with such a word.
        note: What else the form says, such as the cryptocurrency of an address.
    """

    span: Span
    kind: IndicatorKind
    value: str
    host: str = ""
    defanged: bool = False
    certain: bool = True
    note: str = ""


def refang(written: str) -> str:
    """
    Return an address, domain, URL or e-mail address without defanging; its letters keep their case.

    Call this with the words of one indicator, never with running text: "see the notes. [To" would become an address.
    """
    begin = _BEGIN.match(written)
    if begin is None:
        return _DOT.sub(".", _AT.sub("@", written))
    scheme = begin[1].lower()
    name = _SCHEMES[scheme[0]] + ("s" if scheme[0] != "s" and scheme.endswith("s") else "")
    return f"{name}://{_DOT.sub('.', _AT.sub('@', _PORT.sub(':', written[begin.end() :])))}"


def is_defanged(written: str) -> bool:
    """Return whether an address is written so that it cannot be clicked."""
    return refang(written).lower() != written.lower()
