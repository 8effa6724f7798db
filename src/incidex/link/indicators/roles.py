"""
Decides the role of an indicator in a report, and why: a means of attack, something attacked, a source, or well known.

The rules are tried in order and the first that applies decides.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache, lru_cache
from ipaddress import ip_network
from urllib.parse import urlsplit

from incidex.english.lexicon import words as lexicon_words
from incidex.english.names import name_key
from incidex.link.indicators.cases import (
    ADDRESSES,
    NETWORK,
    Case,
    Verdict,
    bearers,
    has_path,
    is_listed,
    is_victim,
    malice,
    malice_before,
)
from incidex.link.indicators.context import (
    beginning_with,
    containing,
    ending_with,
)
from incidex.link.indicators.forms import Form
from incidex.link.indicators.known import known_hosts, listed
from incidex.link.indicators.sections import INDICATORS, REFERENCES, VICTIMS
from incidex.link.indicators.suffixes import owned_name
from incidex.link.indicators.techniques import INFERRED
from incidex.records import IndicatorKind, IndicatorRole

_HASHES = (IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256, IndicatorKind.SHA512)
_FILES = (IndicatorKind.FILE_NAME, IndicatorKind.PATH, IndicatorKind.REGISTRY_KEY)
# Pages of a code host about changes and reports of errors: "github.com/kestrel/web/pull/12".
_CODE_REVIEW = re.compile(
    r"/(?:pull|pulls|issues|commit|compare|security|advisories|releases|discussions|merge_requests)(?:/|$)"
)
_HEADLINE = re.compile(r"\w.* [-–—|] $")
_PUBLIC = {
    IndicatorKind.CVE: "the public number of a vulnerability",
    IndicatorKind.ATTACK_ID: "an entry of MITRE ATT&CK",
    IndicatorKind.HANDLE: "an account in a social network",
    IndicatorKind.HASHTAG: "a topic in social networks",
}

_VICTIMS = re.compile(
    r"(?<!\w)(victims?(?:[ -][\w’'-]+){0,4}(?::| are| were| included?|,? including|,? such as))[\s(:“\"‘]*$"
)

# What indicators.yaml says of some well-known hosts.
_HOSTING = "a service that hosts what anybody uploads"
_FOR_EXAMPLES = "a name used in examples"


def decide(case: Case) -> Verdict:
    """Return the role of an indicator, with the reason."""
    for rank, rule in enumerate(_RULES):
        verdict = rule(case)
        if verdict:
            return verdict._replace(rank=rank)
    return Verdict(IndicatorRole.REFERENCE, "mentioned without a word that calls it a means of attack", len(_RULES))


def _by_kind(case: Case) -> Verdict | None:
    form = case.form
    words = malice_before(case) if form.kind is IndicatorKind.HANDLE else ""
    if words:
        return Verdict(IndicatorRole.INDICATOR, f"an account of the attackers: {words!r} before it")
    if form.kind is IndicatorKind.HANDLE and any(name.attacking for name in bearers(case)):
        return Verdict(IndicatorRole.INDICATOR, "an account of the attackers: an event says so")
    if form.kind is IndicatorKind.ATTACK_ID and form.note.startswith(INFERRED):
        return Verdict(IndicatorRole.REFERENCE, f"inferred: {form.note!r} in MITRE ATT&CK, without its number")
    if form.kind in _PUBLIC:
        return Verdict(IndicatorRole.REFERENCE, _PUBLIC[form.kind])
    if form.kind in _HASHES:
        if form.value == _hash_of_nothing(form.kind.value):
            return Verdict(IndicatorRole.BENIGN, "the hash of an empty file")
        genuine = containing("genuine").search(case.context.before)
        if genuine and not containing("sign_of_malice").search(case.context.before):
            return Verdict(IndicatorRole.REFERENCE, f"the hash of a genuine file: {genuine[0]!r} before it")
        return Verdict(IndicatorRole.INDICATOR, "the hash of a file")
    if form.kind is IndicatorKind.CRYPTO_ADDRESS:
        return Verdict(IndicatorRole.INDICATOR, f"{form.note} address with a valid checksum")
    return None


@cache
def _hash_of_nothing(name: str) -> str:
    return hashlib.new(name, usedforsecurity=False).hexdigest()


def _reserved(case: Case) -> Verdict | None:
    if case.form.kind in ADDRESSES and not _is_public(case.form.value) and not _is_documentation(case):
        return Verdict(IndicatorRole.BENIGN, "not an address on the public internet")
    return None


@lru_cache(maxsize=256)
def _is_public(value: str) -> bool:
    address = ip_network(value, strict=False)
    return address.is_global or address.is_reserved


def _is_documentation(case: Case) -> bool:
    # Reports with made-up addresses use these ranges (RFC 5737, RFC 3849) for what would be real ones.
    return case.form.value.startswith(("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"))


def _publisher(case: Case) -> Verdict | None:
    if not case.owned:
        return None
    source = _owned_by_publisher(case.document.source)
    publisher = name_key(case.document.publisher or "")
    if case.owned == source or (publisher and publisher in (name_key(case.owned), name_key(case.owned.split(".")[0]))):
        return Verdict(IndicatorRole.REFERENCE, "the publisher's own")
    return None


@lru_cache(maxsize=16)
def _owned_by_publisher(source: str) -> str | None:
    """Return the registered part of the host of a URL; None if `source` is not a URL."""
    try:
        host = urlsplit(source).hostname if "://" in source else None
    except ValueError:  # "https://[": the source may be anything
        return None
    return owned_name(host or "")


def _headline(case: Case) -> Verdict | None:
    """Sites put their name behind the headlines of their pages: "Clinic hit by ransomware - news.example"."""
    ends_line = case.document.text[case.form.span.end : case.form.span.end + 1] in ("", "\n")
    if case.form.kind is IndicatorKind.DOMAIN and ends_line and _HEADLINE.search(case.context.before):
        return Verdict(IndicatorRole.REFERENCE, "the publisher's own: it follows a headline")
    return None


def _contact(case: Case) -> Verdict | None:
    found = ending_with("contact_advice", 4).search(case.context.before) if case.form.kind in NETWORK else None
    if found is None or (case.form.kind is not IndicatorKind.EMAIL and case.form.defanged):
        return None
    if containing("contact_warning").search(case.context.before) or malice_before(case):
        return None
    return Verdict(IndicatorRole.REFERENCE, f"where readers are sent: preceded by {found[1]!r}")


def _known(case: Case) -> Verdict | None:
    form = case.form
    if form.kind in ADDRESSES and form.value in known_hosts("benign"):
        return Verdict(IndicatorRole.BENIGN, known_hosts("benign")[form.value])
    if form.kind not in NETWORK:
        return None
    for role in (IndicatorRole.BENIGN, IndicatorRole.REFERENCE):
        known = known_hosts(role.value)
        what = known.get(form.host) or known.get(case.owned)
        # Anybody can have an address or a page with such a service: that says nothing about the page.
        if what is None or (role is IndicatorRole.BENIGN and (_is_of_others(form, what, case) or is_victim(case))):
            continue
        if form.kind is IndicatorKind.EMAIL and what != _FOR_EXAMPLES:
            return Verdict(IndicatorRole.REFERENCE, f"an address at {what}")
        return Verdict(role, what)
    return None


def _is_of_others(form: Form, what: str, case: Case) -> bool:
    """Return whether a value under a well-known host belongs to somebody else, and is suspicious."""
    listed = case.section is not None and case.section.kind == INDICATORS
    suspect = bool(form.defanged or listed or malice_before(case) or malice(case)) and what != _FOR_EXAMPLES
    if suspect and not form.defanged and _CODE_REVIEW.search(form.value):
        return False
    if form.kind is IndicatorKind.EMAIL:
        return suspect
    return suspect and form.kind is IndicatorKind.URL and has_path(form) and what == _HOSTING


def _defanged(case: Case) -> Verdict | None:
    if case.form.defanged:
        listed = _listed_victim(case) or _listed_reference(case)
        if listed:
            return listed
        if not (malice_before(case) or malice(case) or is_listed(case, INDICATORS)) and _government(case):
            return _government(case)
        # "... lookalikes of the legitimate website shop[.]example"
        return _genuine(case) or Verdict(IndicatorRole.INDICATOR, "defanged, so that nobody follows it by accident")
    if case.form.host.endswith(".onion"):
        return Verdict(IndicatorRole.INDICATOR, "a hidden service")
    return None


def _listed_victim(case: Case) -> Verdict | None:
    """A leak site names those it has attacked: "Victims: shop.example, bank.example"."""
    if case.form.kind is not IndicatorKind.DOMAIN or case.form.host.endswith(".onion"):
        return None
    if is_listed(case, VICTIMS):
        return Verdict(IndicatorRole.VICTIM, f"listed under {case.section.heading!r}" if case.section else "")
    found = _VICTIMS.search(case.context.before)
    return Verdict(IndicatorRole.VICTIM, f"one of the victims: preceded by {found[1]!r}") if found else None


def _listed_reference(case: Case) -> Verdict | None:
    if case.section is None or case.section.kind != REFERENCES or case.form.kind not in NETWORK:
        return None
    return Verdict(IndicatorRole.REFERENCE, f"listed under {case.section.heading!r}")


def _listed_indicator(case: Case) -> Verdict | None:
    kinds = (*NETWORK, *ADDRESSES, *_FILES)
    if case.section is None or case.section.kind != INDICATORS or case.form.kind not in kinds or _genuine(case):
        return None
    return Verdict(IndicatorRole.INDICATOR, f"listed under {case.section.heading!r}")


def _link_target(case: Case) -> Verdict | None:
    """What stands behind the words of a link is where readers find more: "[a report](https://news.example/1)"."""
    if case.form.kind in NETWORK and case.context.before.endswith(("](", "](mailto:", "]: ", "]: <")):
        return Verdict(IndicatorRole.REFERENCE, "the target of a link")
    return None


def _leading(case: Case) -> Verdict | None:
    words = malice_before(case)
    if words in lexicon_words("place_of_publication") and containing("malicious_thing").search(case.context.before):
        # "malicious releases were uploaded to registry.example"
        return Verdict(IndicatorRole.REFERENCE, f"where something malicious was published: {words!r} before it")
    return Verdict(IndicatorRole.INDICATOR, f"preceded by {words!r}") if words else None


def _imitating(case: Case) -> Verdict | None:
    if case.imitates is None:
        return None
    bait = containing("bait").search(" ".join(re.split(r"[.-]", case.owned)[:-1])) if "-" in case.owned else None
    if case.imitates.how == "homoglyph" or bait or malice(case):
        name = case.imitates.organisation.of(case.document.text)
        return Verdict(IndicatorRole.INDICATOR, f"imitates {name!r}: {case.imitates.how}")
    return None


def _victim(case: Case) -> Verdict | None:
    if case.form.kind not in NETWORK:
        return None
    listed = _listed_victim(case)
    if listed:
        return listed
    if is_victim(case):
        return Verdict(IndicatorRole.VICTIM, "the article names its owner as attacked")
    # The address of a page is where something is to be read, whatever its sentence speaks of.
    if case.form.kind is IndicatorKind.URL and has_path(case.form):
        return None
    harm = containing("sign_of_harm").search(case.context.sentence)
    owned = beginning_with("after_owner").match(case.context.behind)
    if harm and owned:
        return Verdict(IndicatorRole.VICTIM, f"{harm[0]!r} in its sentence, {owned[1]!r} behind it")
    if harm and case.context.before.endswith("(") and case.context.behind.startswith(")"):
        return Verdict(IndicatorRole.VICTIM, f"{harm[0]!r} in its sentence, and in brackets behind its owner")
    close = ending_with("sign_of_harm", 7).search(case.context.before)
    return Verdict(IndicatorRole.VICTIM, f"preceded by {close[1]!r}") if close else None


def _attacker(case: Case) -> Verdict | None:
    if any(name.attacking for name in bearers(case)):
        return Verdict(IndicatorRole.INDICATOR, "the article names its owner as the attacker")
    return None


def _genuine(case: Case) -> Verdict | None:
    found = ending_with("genuine", 1).search(case.context.before) if case.form.kind in NETWORK else None
    return Verdict(IndicatorRole.REFERENCE, f"preceded by {found[1]!r}") if found else None


def _government(case: Case) -> Verdict | None:
    ends = listed("government_ends")
    labels = case.form.host.split(".")
    if case.form.kind in NETWORK and any(".".join(labels[start:]) in ends for start in range(len(labels))):
        return Verdict(IndicatorRole.REFERENCE, "a site of a government or an international body")
    return None


def _system_file(case: Case) -> Verdict | None:
    name = case.form.value.lower().replace("/", "\\").rpartition("\\")[2]
    if case.form.kind in _FILES and (
        name in listed("system_files") or case.form.value.lower() in listed("system_paths")
    ):
        return Verdict(IndicatorRole.BENIGN, "a file or folder of the operating system")
    return None


def _vulnerable_file(case: Case) -> Verdict | None:
    found = containing("program_word").search(case.context.sentence) if case.form.kind in _FILES else None
    return Verdict(IndicatorRole.REFERENCE, f"part of a program: {found[0]!r} in its sentence") if found else None


def _malicious(case: Case) -> Verdict | None:
    words = malice(case)
    return Verdict(IndicatorRole.INDICATOR, f"{words!r} in its sentence or the one it refers to") if words else None


# In the order in which they are tried.
_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _by_kind,
    _reserved,
    _headline,
    _contact,
    _known,
    _defanged,
    _system_file,
    _leading,
    _attacker,
    _listed_indicator,
    _vulnerable_file,
    _listed_reference,
    _link_target,
    _victim,
    _publisher,
    _government,
    _genuine,
    _imitating,
    _malicious,
)
