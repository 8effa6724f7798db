"""
Reads addresses of computers: IPv4 and IPv6, alone, with a port, with a path, or as a network (198.51.100.0/24).

Four bare numbers may be a version. Of the words before them, the one that is nearest decides: "the server 198.51.100.7"
is an address, "server version 10.2.1.4" is none. Without such a word the form is uncertain.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network

from incidex.english.lexicon import words
from incidex.link.indicators.forms import DOT, NOT_IN_URL, PORT, SLASH, Form, refang
from incidex.link.indicators.known import listed
from incidex.link.indicators.urls import without_tail
from incidex.records import IndicatorKind, Span

IPV4 = (
    rf"(?<![\w.%$…])(?<![A-Za-z_%]-)(?P<host>\d{{1,3}}(?:{DOT}\d{{1,3}}){{3}})"
    rf"(?P<port>{PORT})?(?P<rest>{SLASH}[^{NOT_IN_URL}]{{1,2048}})?"
)
IPV6 = (
    r"(?<![\w:.\[])(?P<open>\[)?(?P<host>(?:[0-9a-fA-F]{0,4}(?::|\[:\]|\[::\])){2,8}[0-9a-fA-F]{0,4}"
    r"(?:\d{0,3}(?:\.\d{1,3}){3})?)(?P<zone>%\w{1,15})?(?(open)\]|(?P<net>/\d{1,3}(?!\w))?(?!\w|:\w))"
)

_WORD = re.compile(r"[\w&]+(?:[-’'][\w&]+)*")
_NET = re.compile(rf"{SLASH}(?:[12]?\d|3[0-2])(?![\w.-]*\w)")
_LATER_OR_EARLIER = re.compile(r"[,\s]{0,2}(?:and|or|&) ?(?:all )?(\w{3,8})")
# What may stand between two addresses of a list, and the list before an address.
_JOIN = r"(?:[,;\s()\[\]{}<>\"'|-]|and|or|&|from|to|–){1,8}"
_ADDRESS_ENDS = re.compile(rf"\d{_JOIN}$")
_NEXT_ADDRESS = re.compile(rf"(?<![\d.])(?:(?:\d{{1,3}}(?:\.|\[\.\])){{3}}\d{{1,3}}{_JOIN}){{1,40}}$")
# netstat writes a port or the name of a service behind another dot.
_NETSTAT = re.compile(r"\.(?:\d{4,5}|https?|ssh|smtp|domain|ftp|microsoft-ds)(?![\w.])")
# The number of a heading: "3.1.3.2 Spear Phishing".
_SECTION = re.compile(r"(?:[12]?\d\.){3}[12]?\d\s+[A-Z][a-z]")
# Only an address is a place where something is.
_AT = re.compile(r"(?<!\w)(?:at|via|against) (?:the )?$")
_ENDS_SENTENCE = re.compile(r"[.!?][\"”’)]{0,2}\s+(?=[\"“(]?[A-Z])")
_NEAR_BEFORE = 90
_NEAR_BEHIND = 60
_LONGEST_LIST = 600
_LONGEST_JOIN = 26


def ipv4_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the address that `match` found; a URL where a path follows it, a network where a length does."""
    host = refang(match["host"])
    if not is_ipv4(host):
        return None
    defanged = host != match["host"]
    rest, behind = match["rest"] or "", text[match.end("host") : min(match.endpos, match.end("host") + _NEAR_BEHIND)]
    if re.match(r"\w|-[A-Za-z]|!\w|\(\w", behind) or (re.match(r"\.\w", behind) and not _NETSTAT.match(behind)):
        return None
    net = _NET.match(rest) if not match["port"] else None
    called = _is_called_address(text, match)
    if called is False and not defanged:
        return None
    start = match.start("host")
    if net:
        value = str(ip_network(f"{host}{refang(net[0])}", strict=False)) if _is_network(host, net[0]) else host
        return Form(Span(start, match.start("rest") + net.end()), IndicatorKind.IPV4, value, host, defanged)
    path = without_tail(rest)
    if len(path) > 1 and re.search(r"[A-Za-z]", path):
        port = refang(match["port"] or "")
        whole = host + port + refang(path)
        end = match.start("rest") + len(path)
        return Form(Span(start, end), IndicatorKind.URL, whole, host, whole != text[start:end])
    certain = defanged or match["port"] is not None or called is True
    return Form(Span(start, match.end("host")), IndicatorKind.IPV4, host, host, defanged, certain)


def ipv6_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the address or the network that `match` found."""
    written = match["host"]
    plain = written.replace("[::]", "::").replace("[:]", ":")
    if not match["open"] and plain.endswith(":") and not plain.endswith("::"):
        # "2001:db8:9::9: all are down"
        plain = written = plain[:-1] if plain == written else ""
    try:
        address = IPv6Address(plain)
    except (AddressValueError, ValueError):
        return None
    near = text[max(match.pos, match.start() - 70) : match.start() + 30].lower()
    parts = [part for part in plain.split(":") if part]
    # "a::b" is code more often than an address, and "3:2::1" a ratio.
    if "ipv6" not in near and (len(parts) < 3 or max(map(len, parts)) < 3):
        return None
    span, value = Span(match.start("host"), match.start("host") + len(written)), str(address)
    length = int(match["net"][1:]) if match["net"] and written == match["host"] else 0
    if 0 < length <= 128:
        span, value = Span(span.start, match.end("net")), str(ip_network(f"{address}/{length}", strict=False))
    return Form(span, IndicatorKind.IPV6, value, defanged="[:" in written)


def is_ipv4(host: str) -> bool:
    """Return whether `host` is an IPv4 address."""
    if not host[-1:].isdecimal():  # an error costs more than all the rest
        return False
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def is_ipv6(host: str) -> bool:
    """Return whether `host` is an IPv6 address."""
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


def _is_network(host: str, net: str) -> bool:
    return int(re.sub(r"\D", "", net)) >= 8 and not host.startswith("0.")


def _is_called_address(text: str, match: re.Match[str]) -> bool | None:
    """Return whether the words around four numbers call them an address or a version; None if they say nothing."""
    start = match.start("host")
    # In a list of addresses, the words before the first one count for all.
    behind_another = _ADDRESS_ENDS.search(text, max(match.pos, start - _LONGEST_JOIN), start)
    in_list = behind_another and _NEXT_ADDRESS.search(text, max(match.pos, start - _LONGEST_LIST), start)
    first = in_list.start() if in_list else start
    before = text[max(match.pos, first - _NEAR_BEFORE) : first]
    before = before[max((end.end() for end in _ENDS_SENTENCE.finditer(before)), default=0) :]
    behind = text[match.end("host") : min(match.endpos, match.end("host") + _NEAR_BEHIND)].partition("\n")[0]
    behind = behind[: next((end.start() for end in _ENDS_SENTENCE.finditer(behind)), len(behind))]
    either = _LATER_OR_EARLIER.match(behind)
    if (either and either[1].lower() in words("version_word")) or before.endswith("/"):
        return False
    if not before and _SECTION.match(text, start):
        return False
    if before.endswith("\\"):
        # The folder of a share: "\\\\10.2.0.7\\c$".
        return False
    if _AT.search(before):
        return True
    found = list(_WORD.finditer(before))
    for place in range(len(found) - 1, -1, -1):
        word = found[place][0].lower()
        if word in words("version_word"):
            return False
        if word in words("address_word"):
            if _is_part_of_name(found, place):
                continue
            return True
    if found and _ends_with_name(before, found[-1]):
        return False
    near = {word.lower() for word in _WORD.findall(behind) if word[0].isalpha()}
    return True if near & words("address_word") and not near & words("version_word") else None


def _is_part_of_name(found: list[re.Match[str]], place: int) -> bool:
    """Return whether a word about addresses is the end of a product's name: "Orrin Mail Server 10.2.1.4"."""
    word = found[place]
    # "IP" and "IPs" are written so anywhere.
    if place == 0 or not word[0][0].isupper() or word[0][:2].isupper():
        return False
    previous = found[place - 1][0]
    return previous[0].isupper() and previous.lower() not in words("address_word") | listed("address_openings")


def _ends_with_name(before: str, last: re.Match[str]) -> bool:
    """Return whether the word just before four numbers is a name inside a sentence: "fixed in Kestrel 10.2.1.4"."""
    return last.start() > 0 and last[0][0].isupper() and before[last.end() :] in (" ", " v") and "|" not in before
