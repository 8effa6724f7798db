"""
Finds the written forms of indicators: everything in a text that looks like one and is not a version number, a product
or a piece of code. What role a form has in the report is decided in `roles`.

Every pattern begins where a word begins and has an upper limit for each repeat, so that the time is linear in the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.link.indicators import paths
from incidex.link.indicators.addresses import IPV4, IPV6, ipv4_form, ipv6_form
from incidex.link.indicators.checksums import currency
from incidex.link.indicators.forms import AFTER_SCHEME, AT, DOT, NOT_IN_URL, PORT, SCHEME, SLASH, Form
from incidex.link.indicators.hashes import HASH, hash_form
from incidex.link.indicators.hosts import LABEL, email_form, host_form, url_form
from incidex.link.indicators.known import listed
from incidex.link.indicators.numbers import (
    CVE,
    OTHER_ATTACK_ID,
    TECHNIQUE,
    attack_form,
    cve_forms,
    number_in_url,
    technique_forms,
)
from incidex.link.indicators.readable import readable
from incidex.link.indicators.techniques import named_form, names_pattern
from incidex.records import IndicatorKind, Span

Reader = Callable[[str, re.Match[str]], Iterable[Form]]

_HOST = rf"{LABEL}(?:{DOT}{LABEL}){{1,12}}"
# A word beside indicators, such as "SHA-256", and the marks around it.
_BESIDE = re.compile(r"\w+(?:-\w+)*")
_MARKS = ".,;:!?()[]\"'“”‘’|*•-"
_OBSERVABLE = frozenset(IndicatorKind) - {
    IndicatorKind.CVE,
    IndicatorKind.ATTACK_ID,
    IndicatorKind.HANDLE,
    IndicatorKind.HASHTAG,
}
_LOCAL = r"\w(?:[\w.+%-]|['’](?=\w)|[\[({<](?:\.|dot)[\])}>](?=\w)){0,63}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, its reader, the signs that a block must have one of, and whether a match is used up without a form."""

    pattern: re.Pattern[str]
    read: Reader
    needs: tuple[str, ...]
    consumes: bool = False


def find_forms(text: str, block: Span) -> tuple[Form, ...]:
    """Return what looks like an indicator in a block of `text`, in the order of the text, without overlap."""
    clean = readable(text, block)
    if clean is None:
        return _find(text, block)
    found = _find(clean.text, Span(0, len(clean.text)))
    return tuple(replace(form, span=clean.span_in_document(form.span)) for form in found)


def is_all_indicators(text: str, line: Span) -> bool:
    """
    Whether a line of `text` holds indicators and nothing in words: an entry of a list, which reports no event.

    Numbers, signs and words such as "SHA-256" may stand beside them. Lines of CVE numbers, techniques, handles and
    hashtags are none: what those stand for is what a report is about.
    """
    content = line.of(text)
    # Prose has words, and looking for these is quick.
    if not _is_terse(content):
        return False
    forms = find_forms(text, line)
    if not forms or not all(form.kind in _OBSERVABLE for form in forms):
        return False
    ends = (line.start, *(form.span.end for form in forms))
    starts = (*(form.span.start for form in forms), line.end)
    beside = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    return all(
        word.lower() in listed("words_beside")
        for word in _BESIDE.findall(beside)
        if not word.replace("-", "").isdigit()
    )


def _is_terse(content: str) -> bool:
    words = (word.strip(_MARKS).lower() for word in content.split())
    return all(word in listed("words_beside") for word in words if word.isalpha())


def _find(text: str, block: Span) -> tuple[Form, ...]:
    found: list[Form] = []
    taken = bytearray(block.end - block.start)
    content = block.of(text)
    for entry in _patterns():
        # Most blocks contain none of the signs that most patterns need, and looking for a sign is quick.
        if entry.needs and not any(sign in content for sign in entry.needs):
            continue
        for match, forms in _read(entry, text, block, taken):
            found += forms
            for span in [Span(*match.span())] if entry.consumes else [form.span for form in forms]:
                inside = slice(span.start - block.start, span.end - block.start)
                taken[inside] = b"\x01" * (span.end - span.start)
    return tuple(sorted(found, key=lambda form: form.span))


def _read(entry: _Pattern, text: str, block: Span, taken: bytearray) -> Iterator[tuple[re.Match[str], Sequence[Form]]]:
    """Yield each match outside the parts of the block that are `taken`, with the forms in it."""
    for first in entry.pattern.finditer(text, block.start, block.end):
        match: re.Match[str] | None = first
        while match:
            start, end = match.start() - block.start, match.end() - block.start
            forms = () if any(taken[start:end]) else tuple(entry.read(text, match))
            yield match, forms
            # What a URL left of its match may be the next one: "http://a.example/b,http://c.example/d".
            rest = max(forms[-1].span.end, match.start() + 1) if forms else first.end()
            match = entry.pattern.search(text, rest, first.end()) if rest < first.end() else None


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns in the order in which they are tried; what one has found is not searched again."""
    return (*_addresses(), *_numbers(), *_names())


def _entry(
    pattern: str, read: Callable[[str, re.Match[str]], Form | None], flags: int = 0, *, needs: tuple[str, ...] = ()
) -> _Pattern:
    def read_one(text: str, match: re.Match[str]) -> Iterator[Form]:
        form = read(text, match)
        if form is not None:
            yield form

    return _Pattern(re.compile(pattern, flags), read_one, needs)


def _addresses() -> Iterator[_Pattern]:
    """Yield what contains other forms: URLs and e-mail addresses."""
    yield _entry(
        rf"(?<!\w)(?P<scheme>{SCHEME}){AFTER_SCHEME}(?:[\w.+%~-]{{1,64}}(?::[^\s@/]{{0,64}})?@)?"
        rf"(?P<host>\[[0-9a-f:.]{{2,45}}\]|{LABEL}(?:{DOT}{LABEL}){{0,12}})(?:{PORT})?"
        rf"(?P<rest>(?:[?#\\]|{SLASH})[^{NOT_IN_URL}]{{0,2048}})?",
        _url,
        re.IGNORECASE,
        needs=(":",),
    )
    yield _entry(
        rf"(?<![\w.+%…*-])(?P<local>{_LOCAL}){AT}(?P<host>{_HOST})(?![\w@])",
        email_form,
        re.IGNORECASE,
        needs=("@", "[", "(", "{", "<"),
    )
    yield _Pattern(re.compile(_detection_names()), lambda _, __: (), ("/", ":", "."), consumes=True)
    yield _entry(IPV4, ipv4_form, re.IGNORECASE)
    yield _entry(
        rf"(?<![\w.%-])(?P<host>{_HOST})(?P<port>{PORT})?(?P<rest>{SLASH}[^{NOT_IN_URL}]{{1,2048}})",
        host_form,
        re.IGNORECASE,
        needs=("/",),
    )


def _numbers() -> Iterator[_Pattern]:
    """Yield what is recognised by its form alone: hashes, addresses of cryptocurrencies, numbers of vulnerabilities."""
    yield _entry(HASH, hash_form)
    yield _entry(
        r"(?<!\w)(?:0x[0-9a-fA-F]{40}|(?:bc1|BC1|ltc1)[0-9a-zA-Z]{11,87}|[13LMDXt48][1-9A-HJ-NP-Za-km-z]{25,105})(?!\w)",
        _crypto,
    )
    yield _Pattern(re.compile(CVE, re.IGNORECASE), cve_forms, ("CVE", "cve", "Cve"))
    yield _Pattern(re.compile(TECHNIQUE), technique_forms, ("T0", "T1", "t1", "t0"))
    yield _entry(OTHER_ATTACK_ID, attack_form, needs=("TA0", "G0", "G1", "S0", "S1", "M1", "C0", "DS0"))
    yield _entry(names_pattern(), named_form)


def _names() -> Iterator[_Pattern]:
    """Yield names: registry keys, paths, hosts, files and accounts."""
    yield _entry(paths.REGISTRY_KEY, paths.registry_form, re.IGNORECASE, needs=("\\",))
    for pattern in paths.path_patterns():
        yield _entry(pattern, paths.path_form, needs=("/", "\\"))
    for pattern in paths.file_patterns():
        yield _entry(pattern, paths.file_form, needs=('"', "“", "`", "'", ")."))
    yield _entry(rf"(?<![\w.%-])(?P<host>{_HOST})(?P<port>)(?P<rest>)", host_form, re.IGNORECASE)
    yield _entry(IPV6, ipv6_form, needs=(":",))
    yield _entry(r"(?<![\w@./=-])@[A-Za-z_]\w{1,29}(?!\w|[.-]\w|@)", _handle, needs=("@",))
    yield _entry(r"(?<![\w&/#=?-])#(?=\w{0,49}[A-Za-z])[A-Za-z0-9_]\w{1,49}(?![\w#-])", _hashtag, needs=("#",))


def _detection_names() -> str:
    """Return a pattern for the names that scanners give to malware: "Trojan:Win32/Kestrel.SU!MTB"."""
    first = "|".join(sorted(map(re.escape, listed("detection_names")), key=lambda name: (-len(name), name)))
    # All of them begin with a capital somewhere before the first dot; "android.com" and "linux.example" do not.
    return (
        rf"(?<![\w.@-])(?:[A-Za-z-]{{2,20}}:)?(?=[\w-]{{0,12}}[A-Z])(?i:{first})(?:-[A-Za-z]{{2,20}})?"
        r"(?:[:/](?=[A-Z]|\w{1,20}/)[A-Za-z][\w-]{1,60}|\.[A-Z][\w-]{1,60})(?:[./][\w-]{1,60}){0,6}(?:![\w.]{1,40})?(?![\w/])"
    )


def _url(text: str, match: re.Match[str]) -> Form | None:
    form = url_form(text, match)
    return number_in_url(form) if form else None


def _crypto(text: str, match: re.Match[str]) -> Form | None:
    name = currency(match[0])
    return _form(match, IndicatorKind.CRYPTO_ADDRESS, match[0], note=name) if name else None


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


def _form(match: re.Match[str], kind: IndicatorKind, value: str, *, note: str = "") -> Form:
    return Form(Span(*match.span()), kind, value, note=note)
