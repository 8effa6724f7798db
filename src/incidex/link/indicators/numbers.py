"""Reads numbers of vulnerabilities and of MITRE ATT&CK, also in lists that shorten them: "CVE-2026-1111 and -2222"."""

import re
from collections.abc import Iterator

from incidex.english.lexicon import words
from incidex.link.indicators.forms import Form
from incidex.link.indicators.techniques import is_technique, may_be_new
from incidex.records import IndicatorKind, Span

_DASH = r"[-‐‑‒–—−_]"
_AND = r"(?:, ?(?:and |or )?| and | or | & |/)"
CVE = (
    rf"(?<!\w)(?P<glued>[A-Z][a-z]{{2,30}})?CVE(?:{_DASH}|[: ]){{0,2}} ?(?P<year>(?:19|20)\d\d)(?: ?{_DASH} ?| )"
    rf"(?P<number>\d{{4,7}})(?!\d)(?P<more>(?:{_AND}{_DASH}\d{{4,7}}(?![\w-])|/\d{{4,7}}(?![\w/-])){{0,20}})"
)
TECHNIQUE = (
    r"(?<![\w.-])(?P<number>[Tt][01]\d{3})(?:[./](?P<part>\d{3}))?(?![\w-]|\.\d)"
    rf"(?P<more>(?:{_AND}\.\d{{3}}(?!\d)){{0,20}})"
)
OTHER_ATTACK_ID = r"(?<![\w-])(?:TA00[0-4]\d|G[01]\d{3}|S[01]\d{3}|M1\d{3}|C00\d\d|DS00\d\d)(?![\w-]|\.\d)"

_NUMBER_IN_URL = re.compile(r"/(?:techniques|tactics|groups|software|mitigations|campaigns)/(\w{5,6})(?:/(\d{3}))?/?$")
_CVE_IN_URL = re.compile(r"(CVE-(?:19|20)\d\d-\d{4,7})/?$", re.IGNORECASE)
# A product's name before what may be its model: "Galaxy S1234".
_MODEL = re.compile(
    r"(?<![.!?] )(?<!^)\b(?!(?:Software|Group|Campaign|Mitigation|Tactic|Mitre|Tool|Malware|Id)\b)[A-Z][a-z]{2,15} $"
)
_SHORT = re.compile(r"\d{3,7}")
_WIDEST = 400


def cve_forms(text: str, match: re.Match[str]) -> Iterator[Form]:
    """Yield the number that `match` found, and those that are shortened behind it."""
    start = match.start() + len(match["glued"] or "")
    year, end = match["year"], match.end("number")
    yield Form(Span(start, end), IndicatorKind.CVE, f"CVE-{year}-{match['number']}")
    for short in _SHORT.finditer(text, match.start("more"), match.end("more")):
        yield Form(Span(*short.span()), IndicatorKind.CVE, f"CVE-{year}-{short[0]}")


def technique_forms(text: str, match: re.Match[str]) -> Iterator[Form]:
    """Yield the technique that `match` found, and the sub-techniques that are shortened behind it."""
    number = match["number"].upper()
    value = f"{number}.{match['part']}" if match["part"] else number
    certain = _is_framework_named(text, match)
    if is_technique(value) or (certain and may_be_new(value)):
        end = match.start("more")
        yield Form(Span(match.start(), end), IndicatorKind.ATTACK_ID, value, certain=certain)
        for short in _SHORT.finditer(text, end, match.end("more")):
            yield Form(Span(*short.span()), IndicatorKind.ATTACK_ID, f"{number}.{short[0]}", certain=certain)


def attack_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the number of a tactic, group, software, mitigation, campaign or data source that `match` found."""
    if _MODEL.search(text, max(match.pos, match.start() - 24), match.start()):
        return None
    certain = _is_framework_named(text, match)
    return Form(Span(*match.span()), IndicatorKind.ATTACK_ID, match[0].upper(), certain=certain)


def number_in_url(form: Form) -> Form:
    """Return the number that a page of MITRE or NVD is about, in place of its URL."""
    if form.host == "attack.mitre.org":
        found = _NUMBER_IN_URL.search(form.value)
        if found:
            value = ".".join(part for part in found.groups() if part)
            return Form(form.span, IndicatorKind.ATTACK_ID, value)
    elif form.host in ("nvd.nist.gov", "cve.mitre.org", "www.cve.org"):
        cve = _CVE_IN_URL.search(form.value)
        if cve:
            return Form(form.span, IndicatorKind.CVE, cve[1].upper())
    return form


def _is_framework_named(text: str, match: re.Match[str]) -> bool:
    start, end = max(match.pos, match.start() - _WIDEST), min(match.endpos, match.end() + _WIDEST // 2)
    around = text[start:end].lower()
    return any(word in around for word in words("attack_framework"))
