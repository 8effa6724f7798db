"""
Reads what contains a host: URLs, e-mail addresses, domains, IPv4 addresses; and file names, which look like domains.

What is defanged, has a scheme or begins with "www." is taken at its word. A bare name has to pass some checks, and four
bare numbers need a word about addresses near them and none about versions.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from incidex.english.lexicon import words
from incidex.link.indicators.forms import DOT, Form, is_defanged, refang
from incidex.link.indicators.known import known_hosts, listed
from incidex.link.indicators.suffixes import owned_name, public_suffix
from incidex.records import IndicatorKind, Span

# The part of a host name between two dots.
LABEL = r"\w[\w-]{0,62}"

_WORD = re.compile(r"[\w&]+(?:-[\w&]+)*")
_GLUED = re.compile(rf"(?:{DOT})([A-Z][a-z]+|A|I)$")
_PORT_OR_NET = re.compile(r"(?::|\[:\])\d{2,5}(?!\w)|/(?:[12]?\d|3[0-2])(?![\w.])")
# What may stand between two addresses of a list, and the list before an address.
_JOIN = r"(?:[,;\s]|and|or|&){1,8}"
_ADDRESS_ENDS = re.compile(rf"\d{_JOIN}$")
_NEXT_ADDRESS = re.compile(rf"(?<![\d.])(?:(?:\d{{1,3}}(?:\.|\[\.\])){{3}}\d{{1,3}}{_JOIN}){{1,40}}$")
_OTHER_DOMAIN = re.compile(r"\w\.[a-z]{2,24}(?:,| and| or|, and|, or) $")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_NEAR_BEFORE = 70
_NEAR_BEHIND = 25
_LONGEST_LIST = 600
_LONGEST_JOIN = 26


def url_form(match: re.Match[str]) -> Form | None:
    """Return the URL that `match` found, without the punctuation behind it."""
    written = _without_tail(match[0])
    host = refang(match["host"]).lower()
    value = refang(written)
    begin = value.index("://") + 3
    if host.startswith("["):
        try:
            IPv6Address(host[1:-1])
        except AddressValueError:
            return None
    elif not (_is_address(host) or _is_domain(host) or host == "localhost" or ("." in host and public_suffix(host))):
        return None
    # Schemes and hosts ignore case, paths do not.
    end = value.lower().find(host, begin) + len(host)
    span = Span(match.start(), match.start() + len(written))
    defanged = value.lower() != written.lower()
    return Form(span, IndicatorKind.URL, value[:end].lower() + value[end:], host.strip("[]"), defanged)


def email_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the e-mail address that `match` found."""
    written = _without_glue(match[0])
    value = refang(written).lower()
    host = value.rpartition("@")[2]
    if not (_is_domain(host) and len(host) <= 253):
        return None
    span = Span(match.start(), match.start() + len(written))
    return Form(span, IndicatorKind.EMAIL, value, host, value != written.lower())


def host_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the domain, IPv4 address or file name that `match` found; a URL where a path follows the domain."""
    written = _without_glue(match["host"])
    start, end = match.start(), match.start() + len(written)
    value = refang(written).lower()
    defanged = value != written.lower()
    labels = value.split(".")
    if _is_code(text, start, end) or len(labels) < 2:
        return None
    if all(label.isdecimal() for label in labels):
        return _ipv4(text, Span(start, end), value, defanged=defanged)
    if _is_file(text, start, end, written, value):
        return _file(text, Span(start, end), written, defanged=defanged)
    if not (_is_domain(value) and (defanged or labels[0] == "www" or _is_bare_domain(text, start, end, written))):
        return None
    whole = _without_tail(match[0])
    if len(whole) > len(written) + 1 and match["rest"]:
        rest = refang(whole[len(written) :])
        return Form(Span(start, start + len(whole)), IndicatorKind.URL, value + rest, value, defanged)
    return Form(Span(start, end), IndicatorKind.DOMAIN, value, value, defanged)


def _without_tail(written: str) -> str:
    """Return a URL without the punctuation and the closing brackets that belong to the sentence."""
    while written:
        last = written[-1]
        if last in ".,;:!?*'\\…" or (last in _CLOSING and written.count(last) > written.count(_CLOSING[last])):
            written = written[:-1]
        else:
            break
    return written


def _without_glue(written: str) -> str:
    """Return a host without the first word of the next sentence: "shop.example.The" """
    glued = _GLUED.search(written)
    return written[: glued.start()] if glued else written


def _is_code(text: str, start: int, end: int) -> bool:
    """Return whether a dotted name is a function call, a variable, or part of something longer."""
    longer = text[end : end + 1] == "." and text[end + 1 : end + 2].islower()
    return longer or text[end : end + 1] == "(" or text[max(0, start - 1) : start] in ("$", "…")


def _ipv4(text: str, span: Span, value: str, *, defanged: bool) -> Form | None:
    if not _is_address(value):
        return None
    # In a list of addresses, the words before the first one count for all.
    behind_another = _ADDRESS_ENDS.search(text, max(0, span.start - _LONGEST_JOIN), span.start)
    in_list = behind_another and _NEXT_ADDRESS.search(text, max(0, span.start - _LONGEST_LIST), span.start)
    first = in_list.start() if in_list else span.start
    before, behind = text[max(0, first - _NEAR_BEFORE) : first], text[span.end : span.end + _NEAR_BEHIND]
    if re.match(r"\.\d|\w|-\w", behind):
        return None
    certain = defanged or _PORT_OR_NET.match(behind) is not None
    if not certain:
        near = {word.lower() for word in _WORD.findall(f"{before} | {behind}")}
        certain = not near.isdisjoint(words("address_word")) and near.isdisjoint(words("version_word"))
    return Form(span, IndicatorKind.IPV4, value, value, defanged, certain)


def _is_address(host: str) -> bool:
    if not host[-1:].isdecimal():  # an error costs more than all the rest
        return False
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def _is_domain(host: str) -> bool:
    """Return whether a lower-case host is well formed and ends with a public suffix."""
    owned = owned_name(host)
    return (
        owned is not None
        and "_" not in owned
        and not any(not label or label[-1] == "-" or label[0] == "-" or len(label) > 63 for label in host.split("."))
    )


def _file(text: str, span: Span, written: str, *, defanged: bool) -> Form | None:
    name = refang(written) if defanged else written
    stem = name.rpartition(".")[0]
    if name.lower() in listed("not_names") or not any(letter.isalnum() for letter in stem):
        return None
    # "Mirai.bas" may be a file, "3.5.zip" is one, "v2.log" too; "e.g.doc" is none.
    if all(len(label) == 1 and label.isalpha() for label in stem.split(".")) and "." in stem:
        return None
    return Form(span, IndicatorKind.FILE_NAME, name)


def _is_file(text: str, start: int, end: int, written: str, value: str) -> bool:
    """Return whether a dotted name is a file rather than a domain."""
    if value.rpartition(".")[2] not in listed("file_endings"):
        return False
    behind = _WORD.match(text[end : end + 25].lstrip(" ”’)'\"").lower())
    if behind and behind[0] in words("file_word"):
        return True
    return not _is_domain_after_all(text, start, end, value, written)


def _is_domain_after_all(text: str, start: int, end: int, value: str, written: str) -> bool:
    """Return whether a name that ends like a file is nevertheless a domain."""
    if not _is_domain(value) or "_" in value:
        return False
    if value.startswith("www.") or _is_known(value):
        return True
    if is_defanged(written):
        # "invoice[.]exe" is a file, "shop[.]pl" is not.
        return True
    return written.islower() and _is_called_site(text, start, end, surely=True)


def _is_bare_domain(text: str, start: int, end: int, written: str) -> bool:
    """Return whether a name without defanging is a domain, not a product, code, a detection or a sentence's end."""
    value = written.lower()
    labels, suffix = value.split("."), public_suffix(value)
    if suffix is None or value in listed("not_names") or ".".join(labels[-2:]) in listed("not_names"):
        return False
    if _is_known(value):
        return True
    last = written.rpartition(".")[2]
    if not (last.islower() or last.isupper()) or not any(letter.isalpha() for letter in labels[-2]):
        return False
    label = (owned_name(value) or "").split(".")[0]
    if len(label) < 2 or not any(letter.isalpha() for letter in label):
        return False
    if labels[0] in listed("detection_names") and labels[-1] not in ("com", "net", "org"):
        return False
    if labels[-1] in listed("plain_suffixes") or suffix.count("."):
        return True
    return _OTHER_DOMAIN.search(text, max(0, start - 40), start) is not None or _is_called_site(text, start, end)


def _is_known(host: str) -> bool:
    owned = owned_name(host)
    return any(name in known_hosts(role) for role in ("benign", "reference") for name in (host, owned) if name)


def _is_called_site(text: str, start: int, end: int, *, surely: bool = False) -> bool:
    """Return whether one of the four words before a name or of the two behind it says that it is a site."""
    site, weak = words("site_word"), words("site_word.weak")
    before = _WORD.findall(text[max(0, start - 60) : start].lower())[-4:]
    behind = _WORD.findall(text[end : end + 25].lower())[:2]
    return not (site - weak).isdisjoint([*before, *behind]) or (not surely and not site.isdisjoint(before))
