"""
Turns defanged addresses back into what they stand for: `hxxp://shop[.]example` is `http://shop.example`.

Call this on the words of one indicator, never on running text: there, "see the notes. [To" would become an address.
"""

import re

# Every way to write a dot, an at sign, or what stands between a scheme and a host. A blank may stand around brackets.
DOT = r"(?:\.(?![\])}])| ?[\[({] ?(?:\.|dot) ?[\])}] ?|\\\.|\[\.|\.[\])}])"
AT = r"(?:@| ?[\[({] ?(?:@|at) ?[\])}] ?)"
SCHEME = r"(?:h(?:tt|xx|\*\*|__|xxx|tx|xt)ps?|fxps?|s?ftps?)"
AFTER_SCHEME = r"(?:(?:\[:\]|:)(?://|\\\\|\[//\]|\[/\]\[/\])|\[:/?/?\](?://)?)"

_DOT = re.compile(DOT, re.IGNORECASE)
_AT = re.compile(AT, re.IGNORECASE)
_BEGIN = re.compile(rf"({SCHEME}){AFTER_SCHEME}", re.IGNORECASE)
_PORT = re.compile(r"\[:\](?=\d)")
_SCHEMES = {"f": "ftp", "s": "sftp", "h": "http"}


def refang(written: str) -> str:
    """Return an address, domain, URL or e-mail address without defanging; its letters keep their case."""
    begin = _BEGIN.match(written)
    if begin is None:
        return _DOT.sub(".", _AT.sub("@", written))
    scheme = begin[1].lower()
    name = _SCHEMES[scheme[0]] + ("s" if scheme[0] != "s" and scheme.endswith("s") else "")
    return f"{name}://{_DOT.sub('.', _AT.sub('@', _PORT.sub(':', written[begin.end() :])))}"


def is_defanged(written: str) -> bool:
    """Whether somebody wrote an address so that nobody follows it by accident."""
    return refang(written).lower() != written.lower()
