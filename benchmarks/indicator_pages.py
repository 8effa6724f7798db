"""
Writes pages with lists of indicators in the shapes that vendors use, with what is to be found in them.

All names are invented; addresses are of the ranges for documentation. The same number gives the same page.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Value = tuple[str, str]
"""A kind and a value, as `Indicator` has them."""

PAGES = 48
_SYLLABLES = ("tar", "nel", "vor", "mis", "kel", "dra", "sul", "pen", "rok", "fil", "gor", "lum")
_ENDS = ("com", "net", "org", "top", "xyz", "ru", "io", "su", "win", "info", "co.uk", "club", "site", "online", "cc")
_FILES = ("exe", "dll", "docm", "ps1", "vbs", "lnk", "hta", "iso", "js", "bat")
_HASHES = {"md5": 32, "sha1": 40, "sha256": 64}
_LABELS = {
    "domain": ("Domains", "domain", "Domain"),
    "url": ("URLs", "url", "URL"),
    "ipv4": ("IP addresses", "ip", "IP"),
    "ipv6": ("IPv6 addresses", "ipv6", "IPv6"),
    "email": ("Sender addresses", "email", "E-mail"),
    "md5": ("MD5", "md5", "MD5"),
    "sha1": ("SHA-1", "sha1", "SHA1"),
    "sha256": ("SHA-256", "sha256", "SHA256"),
    "file-name": ("File names", "filename", "File"),
    "path": ("Files", "path", "Path"),
    "registry-key": ("Registry keys", "regkey", "Registry"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page.

    Attributes:
        name: Its number and shape.
        text: What `from_text` reads.
        indicators: The values that have the role indicator.
        others: The values that have another role if they are found: references are no part of the article.
    """

    name: str
    text: str
    indicators: frozenset[Value]
    others: frozenset[Value]


def pages() -> tuple[Page, ...]:
    """Return all pages."""
    return tuple(_page(number) for number in range(PAGES))


def _page(number: int) -> Page:
    chance = random.Random(number)
    shape = _SHAPES[number % len(_SHAPES)]
    values = [(kind, value) for kind in _LABELS for value in _values(kind, chance, 2 + chance.randrange(6))]
    name = _name(chance).capitalize()
    reference = f"https://www.{_name(chance)}-labs.com/blog/{_name(chance)}"
    head = (
        f"{name}: a loader against ferry companies\n\n"
        f"{_name(chance).capitalize()} Labs has followed the {name} loader since March 2026. The loader was hidden in "
        "forged invoices, and its operators took passwords from the staff of ferry companies.\n\n"
        f"The first version, {name} 2.{chance.randrange(9)}.0.{chance.randrange(99)}, could do little. Scanners call "
        f"it Trojan:Win32/{name}.SU!MTB and W32/{name}.CA!tr. Its imphash is {_hex(chance, 32)}.\n\n"
    )
    tail = f"\n\nReferences\n\n- {reference}\n"
    body = shape(values, chance)
    return Page(
        f"{number:02} {shape.__name__[1:]}", head + body + tail, frozenset(values), frozenset({("url", reference)})
    )


def _headed_lists(values: Sequence[Value], chance: random.Random) -> str:
    """One list for each kind, below a heading, one value a line."""
    parts = ["Indicators of compromise"]
    for kind in _kinds(values):
        lines = "\n".join(value for of_kind, value in values if of_kind == kind)
        parts.append(f"{_LABELS[kind][0]}\n\n{lines}")
    return "\n\n".join(parts)


def _defanged_bullets(values: Sequence[Value], chance: random.Random) -> str:
    """Bullets with defanged values and a note behind some."""
    lines = [
        f"- {_defanged(kind, value, chance)}{chance.choice(('', ' (C2)', ' – payload'))}" for kind, value in values
    ]
    return "IOCs\n\n" + "\n".join(lines)


def _csv(values: Sequence[Value], chance: random.Random) -> str:
    """Rows of comma-separated cells below a row of names."""
    separator = chance.choice((",", ";"))
    rows = [separator.join(("type", "value", "comment", "first seen"))]
    for kind, value in values:
        cells = (_LABELS[kind][1], _defanged(kind, value, chance), "loader", f"2026-02-{chance.randrange(10, 28)}")
        rows.append(separator.join(cells))
    return "Appendix A: Indicators of compromise\n\n" + "\n".join(rows)


def _table(values: Sequence[Value], chance: random.Random) -> str:
    """A table in Markdown."""
    rows = ["| Type | Indicator | Note |", "|------|-----------|------|"]
    for kind, value in values:
        written = _defanged(kind, value, chance)
        rows.append(f"| {_LABELS[kind][2]} | {chance.choice((written, f'`{written}`'))} | used in March |")
    return "## Indicators of compromise (IOCs)\n\n" + "\n".join(rows)


def _labelled(values: Sequence[Value], chance: random.Random) -> str:
    """Each value behind its kind: "MD5: ..." or "MD5=..."."""
    sign = chance.choice((": ", "=", " : "))
    hashes = {"md5": "MD5", "sha1": "SHA1", "sha256": "SHA256"}
    lines = [
        f"{hashes[kind]}{sign}{value}" if kind in hashes else f"{_LABELS[kind][2]}: {value}" for kind, value in values
    ]
    return "5 Indicators of compromise\n\n" + "\n".join(lines)


def _code(values: Sequence[Value], chance: random.Random) -> str:
    """A block of code in Markdown."""
    return "## IOCs\n\n```\n" + "\n".join(_defanged(kind, value, chance) for kind, value in values) + "\n```"


def _numbered_sections(values: Sequence[Value], chance: random.Random) -> str:
    """Numbered headings as in papers, hosts with their address in brackets."""
    parts = ["6 Indicators of compromise"]
    for index, kind in enumerate(_kinds(values), 1):
        lines = "\n\n".join(value for of_kind, value in values if of_kind == kind)
        parts.append(f"6.{index} {_LABELS[kind][0]}\n\n{lines}")
    return "\n\n".join(parts)


def _invisible(values: Sequence[Value], chance: random.Random) -> str:
    """Values with soft hyphens and zero-width spaces, as copied from web pages."""
    lines = [_broken(value, chance) for _, value in values]
    return "Indicators of Compromise\n\n" + "\n".join(lines)


_SHAPES: tuple[Callable[[Sequence[Value], random.Random], str], ...] = (
    _headed_lists,
    _defanged_bullets,
    _csv,
    _table,
    _labelled,
    _code,
    _numbered_sections,
    _invisible,
)


def _values(kind: str, chance: random.Random, count: int) -> list[str]:
    return sorted({_MAKERS[kind](chance) if kind in _MAKERS else _hex(chance, _HASHES[kind]) for _ in range(count)})


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randrange(2, 4)))


def _hex(chance: random.Random, length: int) -> str:
    return "".join(chance.choice("0123456789abcdef") for _ in range(length))


def _domain(chance: random.Random) -> str:
    return f"{_name(chance)}-{_name(chance)}.{chance.choice(_ENDS)}"


def _url(chance: random.Random) -> str:
    host = chance.choice((_domain(chance), f"198.51.100.{chance.randrange(1, 255)}"))
    port = chance.choice(("", "", ":8080"))
    end = chance.choice(("/", "/gate.php", "/a/b.exe", "/in.php?id=7&x=2", "/it's/x.js"))
    return f"{chance.choice(('http', 'https'))}://{host}{port}/{_name(chance)}{end}"


def _ipv4(chance: random.Random) -> str:
    net = chance.choice(("192.0.2", "198.51.100", "203.0.113"))
    return f"{net}.0/24" if chance.random() < 0.1 else f"{net}.{chance.randrange(1, 255)}"


def _path(chance: random.Random) -> str:
    name = f"{_name(chance)}.{chance.choice(('exe', 'dll', 'dat'))}"
    start = (
        "C:\\ProgramData\\",
        "%APPDATA%\\",
        "C:\\Users\\<user>\\AppData\\Local\\",
        "C:\\Program Files (x86)\\Sea Line\\",
    )
    return f"{chance.choice(start)}{name}" if chance.random() < 0.8 else f"/tmp/.{_name(chance)}/{_name(chance)}"


def _key(chance: random.Random) -> str:
    hive = chance.choice(("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"))
    return f"{hive}\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Run\\{_name(chance)}"


_MAKERS: dict[str, Callable[[random.Random], str]] = {
    "domain": _domain,
    "url": _url,
    "ipv4": _ipv4,
    "ipv6": lambda chance: f"2001:db8:{chance.randrange(1, 9999):x}::{chance.randrange(256, 65535):x}",
    "email": lambda chance: f"{_name(chance)}.{_name(chance)}@{_domain(chance)}",
    "file-name": lambda chance: f"{_name(chance)}_{chance.randrange(2026)}.{chance.choice(_FILES)}",
    "path": _path,
    "registry-key": _key,
}


def _defanged(kind: str, value: str, chance: random.Random) -> str:
    if kind not in ("domain", "url", "ipv4", "email"):
        return value
    dot = chance.choice(("[.]", "[.]", "(.)", "{.}", "[dot]", "."))
    scheme, separator, rest = value.partition("://")
    if not separator:
        return value.replace(".", dot).replace("@", chance.choice(("@", "[@]", "[at]")))
    host, slash, path = rest.partition("/")
    return f"{scheme.replace('tt', 'xx')}{chance.choice(('://', '[:]//'))}{host.replace('.', dot)}{slash}{path}"


def _broken(value: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(value))
    return value[:place] + chance.choice(("\u00ad", "\u200b", "")) + value[place:]


def _kinds(values: Sequence[Value]) -> list[str]:
    return list(dict.fromkeys(kind for kind, _ in values))
