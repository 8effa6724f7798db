"""
Finds the written forms of indicators: everything in a text that looks like one and is not a version number, a product
or a piece of code. What role a form has in the report is decided in `roles`.

Every pattern begins where a word begins and has an upper limit for each repeat, so that the time is linear in the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import AddressValueError, IPv6Address

from incidex.english.lexicon import words
from incidex.link.indicators.checksums import currency
from incidex.link.indicators.forms import AFTER_SCHEME, AT, DOT, SCHEME, Form
from incidex.link.indicators.hosts import LABEL, email_form, host_form, url_form
from incidex.link.indicators.known import listed
from incidex.records import IndicatorKind, Span

Reader = Callable[[str, re.Match[str]], Form | None]

_HOST = rf"{LABEL}(?:{DOT}{LABEL}){{1,12}}"
_DASH = r"[-‐‑‒–—−_]"
_STEP = r"[^\\/:*?\"<>|\s,;“”‘’()]{1,100}"
# A file with a space behind it ends a path: "C:\k.exe and %TEMP%\k.dll" are two.
_ENDS = "exe|dll|sys|ps1|bat|cmd|vbs|js|scr|dat|tmp|txt|log|docx?|xlsx?|zip|lnk|msi|hta|jar|py|php|bin|ini|db"
_FILE = rf"[^\\\s]{{1,100}}\.(?:{_ENDS}),? "
# Folders may have spaces in their names if another backslash follows: "Program Files".
_FOLDERS = rf"(?:(?!{_FILE}){_STEP}(?: (?:{_STEP}|\(x86\))){{0,3}}\\){{0,30}}"
_HASHES = {32: IndicatorKind.MD5, 40: IndicatorKind.SHA1, 64: IndicatorKind.SHA256, 128: IndicatorKind.SHA512}
_HIVES = {
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKCU": "HKEY_CURRENT_USER",
    "HKCR": "HKEY_CLASSES_ROOT",
    "HKU": "HKEY_USERS",
    "HKCC": "HKEY_CURRENT_CONFIG",
}


@dataclass(frozen=True, slots=True)
class _Pattern:
    pattern: re.Pattern[str]
    read: Reader
    needs: tuple[str, ...]


def find_forms(text: str, block: Span) -> tuple[Form, ...]:
    """Return what looks like an indicator in a block of `text`, in the order of the text, without overlap."""
    found: list[Form] = []
    taken = bytearray(block.end - block.start)
    content = block.of(text)
    for entry in _patterns():
        # Most blocks contain none of the signs that most patterns need, and looking for a sign is quick.
        if entry.needs and not any(sign in content for sign in entry.needs):
            continue
        for match in entry.pattern.finditer(text, block.start, block.end):
            start, end = match.span()
            if any(taken[start - block.start : end - block.start]):
                continue
            form = entry.read(text, match)
            if form is not None:
                found.append(form)
                inside = slice(form.span.start - block.start, form.span.end - block.start)
                taken[inside] = b"\x01" * (form.span.end - form.span.start)
    return tuple(sorted(found, key=lambda form: form.span))


def _url(text: str, match: re.Match[str]) -> Form | None:
    return url_form(match)


def _hash(text: str, match: re.Match[str]) -> Form | None:
    digits = match[0].lower()
    kind = _HASHES.get(len(digits))
    before = text[max(0, match.start() - 12) : match.start()].lower().rstrip()
    # The number of a commit has the form of a SHA-1, but is not the hash of a file.
    if kind is None or len(set(digits)) < 6 or digits.isdigit() or digits.isalpha() or before.endswith("commit"):
        return None
    return _form(match, kind, digits)


def _cve(text: str, match: re.Match[str]) -> Form | None:
    return _form(match, IndicatorKind.CVE, f"CVE-{match[1]}-{match[2]}")


def _attack(text: str, match: re.Match[str]) -> Form | None:
    around = text[max(0, match.start() - 400) : match.end() + 200].lower()
    if not any(word in around for word in words("attack_framework")):
        return None
    return _form(match, IndicatorKind.ATTACK_ID, match[0].upper())


def _registry(text: str, match: re.Match[str]) -> Form | None:
    hive, _, rest = match[0].rstrip("\\.").partition("\\")
    value = f"{_HIVES.get(hive.upper(), hive.upper())}\\{rest}"
    return Form(Span(match.start(), match.start() + len(hive) + 1 + len(rest)), IndicatorKind.REGISTRY_KEY, value)


def _path(text: str, match: re.Match[str]) -> Form | None:
    written = match[0].rstrip(".,;:!?'\"]}")
    # "C:\" alone is a drive, and "/dev/" a folder that every system has.
    return Form(Span(match.start(), match.start() + len(written)), IndicatorKind.PATH, written)


def _crypto(text: str, match: re.Match[str]) -> Form | None:
    name = currency(match[0])
    return _form(match, IndicatorKind.CRYPTO_ADDRESS, match[0], note=name) if name else None


def _ipv6(text: str, match: re.Match[str]) -> Form | None:
    written = match[0].replace("[:]", ":")
    try:
        address = IPv6Address(written)
    except (AddressValueError, ValueError):
        return None
    near = max(0, match.start() - 70)
    # "a::b" is code more often than an address.
    if sum(bool(part) for part in written.split(":")) < 3 and "ipv6" not in text[near : near + 100].lower():
        return None
    return _form(match, IndicatorKind.IPV6, str(address), defanged=written != match[0])


def _handle(text: str, match: re.Match[str]) -> Form | None:
    name = match[0][1:]
    # "those with @icloud and @me domains" speaks of addresses.
    of_addresses = re.search(r"\b(?:domains?|addresses|emails)\b", text[match.end() : match.end() + 25])
    return (
        None if of_addresses or name.lower() in listed("code_words") else _form(match, IndicatorKind.HANDLE, f"@{name}")
    )


def _hashtag(text: str, match: re.Match[str]) -> Form | None:
    name = match[0][1:]
    return None if name.lower() in listed("code_words") else _form(match, IndicatorKind.HASHTAG, f"#{name}")


def _form(match: re.Match[str], kind: IndicatorKind, value: str, *, note: str = "", defanged: bool = False) -> Form:
    return Form(Span(*match.span()), kind, value, defanged=defanged, note=note)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns in the order in which they are tried; what one has found is not searched again."""
    return (*_addresses(), *_numbers(), *_names())


def _entry(pattern: str, read: Reader, flags: int = 0, *, needs: tuple[str, ...] = ()) -> _Pattern:
    return _Pattern(re.compile(pattern, flags), read, needs)


def _addresses() -> Iterator[_Pattern]:
    """Yield what contains other forms: URLs and e-mail addresses."""
    yield _entry(
        rf"(?<!\w)(?P<scheme>{SCHEME}){AFTER_SCHEME}(?:[\w.+%~-]{{1,64}}(?::[^\s@/]{{0,64}})?@)?"
        rf"(?P<host>\[[0-9a-f:.]{{2,45}}\]|{LABEL}(?:{DOT}{LABEL}){{0,12}})(?:(?::|\[:\])\d{{1,5}})?"
        r"(?P<rest>[/?#\\][^\s<>\"“”‘’«»'`|]{0,2048})?",
        _url,
        re.IGNORECASE,
        needs=(":",),
    )
    yield _entry(
        rf"(?<![\w.+%…*-])(?P<local>\w[\w.+%-]{{0,63}}){AT}(?P<host>{_HOST})(?![\w@])",
        email_form,
        re.IGNORECASE,
        needs=("@", "[", "(", "{"),
    )
    yield _entry(
        rf"(?<![\w.%-])(?P<host>{_HOST})(?P<rest>/[^\s<>\"“”‘’«»'`|]{{1,2048}})", host_form, re.IGNORECASE, needs=("/",)
    )


def _numbers() -> Iterator[_Pattern]:
    """Yield what is recognised by its form alone: hashes, addresses of cryptocurrencies, numbers of vulnerabilities."""
    yield _entry(r"(?<![\w/=-])[0-9a-fA-F]{32,128}(?![\w-])", _hash)
    yield _entry(
        r"(?<!\w)(?:0x[0-9a-fA-F]{40}|(?:bc1|BC1|ltc1)[0-9a-zA-Z]{11,87}|[13LMDXt48][1-9A-HJ-NP-Za-km-z]{25,105})(?!\w)",
        _crypto,
    )
    yield _entry(
        rf"(?<!\w)CVE(?:{_DASH}|[: ]){{0,2}} ?((?:19|20)\d\d)(?: ?{_DASH} ?| )(\d{{4,7}})(?!\d)",
        _cve,
        re.IGNORECASE,
        needs=("CVE", "cve", "Cve"),
    )
    yield _entry(
        r"(?<![\w-])(?:T1\d{3}(?:\.\d{3})?|TA00[0-4]\d|G[01]\d{3}|S[01]\d{3}|M1\d{3}|C00\d\d|DS00\d\d)(?![\w-]|\.\d)",
        _attack,
        needs=("ATT&CK", "MITRE", "Mitre", "technique", "Technique"),
    )


def _names() -> Iterator[_Pattern]:
    """Yield names: registry keys, paths, hosts, files and accounts."""
    yield _entry(
        rf"(?<!\w)(?:HKEY_[A-Z_]{{5,20}}|HK(?:LM|CU|CR|U|CC))\\{_FOLDERS}(?:{_STEP})?",
        _registry,
        re.IGNORECASE,
        needs=("\\",),
    )
    yield _entry(
        rf"(?<![\w\\])(?:[A-Za-z]:\\|%\w{{2,30}}%\\|\\\\[\w.$-]{{2,60}}\\){_FOLDERS}{_STEP}"
        r"|(?<![\w/.:~)}>-])~?/(?:etc|var|tmp|usr|home|opt|bin|sbin|dev|proc|root|Library|Users|Applications|System"
        r"|private|data|sdcard|mnt|srv|lib|boot|run)(?:/[\w.@%+~-]{1,100}){1,20}/?"
        r"|(?<![\w/.:)}>-])(?:/[\w.@%+~-]{1,100}){1,20}(?<=[^/]\.)"
        r"(?:php|aspx?|jsp|cgi|html?|sh|py|exe|js|xml|conf|log|txt)(?!\w)",
        _path,
        needs=("/", "\\"),
    )
    yield _entry(rf"(?<![\w.%-])(?P<host>{_HOST})(?P<rest>)", host_form, re.IGNORECASE)
    yield _entry(
        r"(?<![\w:.\[])(?:[0-9a-fA-F]{0,4}(?::|\[:\])){2,8}[0-9a-fA-F]{0,4}(?:\d{0,3}(?:\.\d{1,3}){3})?(?![\w:])",
        _ipv6,
        needs=(":",),
    )
    yield _entry(r"(?<![\w@./=-])@[A-Za-z_]\w{1,29}(?!\w|[.-]\w|@)", _handle, needs=("@",))
    yield _entry(r"(?<![\w&/#=?-])#(?=\w{0,49}[A-Za-z])[A-Za-z0-9_]\w{1,49}(?![\w#-])", _hashtag, needs=("#",))
