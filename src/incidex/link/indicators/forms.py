"""
What looks like an indicator in a text, and the reading of defanged addresses: `hxxp://shop[.]example` is
`http://shop.example`.
"""

import re
from dataclasses import dataclass

from incidex.records import IndicatorKind, Span

# Every way to write a dot, an at sign, or the signs between a scheme and a host. Brackets may have spaces around them.
_OPEN, _CLOSE = r"[\[({<]", r"[\])}>]"
_IN_BRACKETS = rf"{_OPEN} ?(?:\.|d[o0]t) ?{_CLOSE}"
# "shop[.] com" and "192.0.2[.] 7", but "shop[.]com[.] The next sentence".
_SPACE_BEHIND = r"(?: (?=(?:\d{1,3}|com|net|org|info|ru)(?!\w)))?"
DOT = rf"(?:\.(?![\])}}])| {_IN_BRACKETS} ?|{_IN_BRACKETS}{_SPACE_BEHIND}|\\\.|[\[({{]\.|\.[\])}}])"
AT = rf"(?:@| ?{_OPEN} ?(?:@|at) ?{_CLOSE} ?)"
COLON = rf"(?::|{_OPEN}:{_CLOSE})"
SLASH = rf"(?:/|{_OPEN}/{_CLOSE})"
PORT = rf"(?:{COLON}\d{{1,5}}(?!\d))"
SCHEME = r"(?:h(?:tt|xx|\*\*|__|--|xxx|tx|xt|00|tx)ps?|meows?|fxps?|s?ftps?|tcp|udp|wss?|ldaps?|ssh)"
AFTER_SCHEME = rf"(?: ?{COLON}(?://|\\\\|\\/\\/|\[//\]|{SLASH}{SLASH})|\[:/?/?\](?://)?)"
# What ends a URL in a running text besides spaces.
NOT_IN_URL = r"\s<>\"“”‘’«»`|『』「」《》〈〉【】（），。、；"

_DOT = re.compile(DOT, re.IGNORECASE)
_AT = re.compile(AT, re.IGNORECASE)
_COLON = re.compile(rf"{_OPEN}:{_CLOSE}")
_SLASH = re.compile(rf"{_OPEN}/{_CLOSE}")
_BEGIN = re.compile(rf"({SCHEME}){AFTER_SCHEME}", re.IGNORECASE)
_HIDDEN = ("hxx", "h**", "h__", "h--", "htx", "hxt", "h00", "meow", "fxp")
_FULL = {"f": "ftp", "m": "http", "h": "http"}


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
        return _without_brackets(written)
    rest = written[begin.end() :]
    if "\\" in begin[0]:
        # "hxxp:\\shop.example\gate.php" has back slashes throughout.
        rest = re.sub(r"\\(?!\.)", "/", rest)
    return f"{_scheme(begin[1].lower())}://{_without_brackets(rest)}"


def is_defanged(written: str) -> bool:
    """Return whether an address is written so that it cannot be clicked."""
    return refang(written).lower() != written.lower()


def _scheme(written: str) -> str:
    if not written.startswith(_HIDDEN):
        return written
    return _FULL[written[0]] + ("s" if written.endswith("s") else "")


def _without_brackets(written: str) -> str:
    """Return the part of an address behind its scheme; a URL in its query is refanged as well."""
    plain = _SLASH.sub("/", _COLON.sub(":", written))
    plain = _DOT.sub(".", _AT.sub("@", plain)) if not plain.startswith("[") else _refanged_behind_ipv6(plain)
    return re.sub(r"(?<![a-z])hxxp(?=s?(?::|%3a))", "http", plain, flags=re.IGNORECASE)


def _refanged_behind_ipv6(plain: str) -> str:
    """Return an address whose host is an IPv6 address in square brackets; these are no defanging."""
    host, bracket, rest = plain.partition("]")
    return host + bracket + _DOT.sub(".", rest)
