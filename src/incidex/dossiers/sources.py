"""
Says which reports of an incident are independent sources.

A copy is counted together with its original. So is a report that only cites another: it names the outlet as the origin
of its news, and nobody speaks in it who is not named in the other. All reports of one outlet count once, and what a
victim or the maker of a product publishes itself is the statement of a party. Nothing is left out: each says with which
it counts, and why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit, urlunsplit

from incidex.dossiers.claimants import speaker
from incidex.dossiers.copies import containment, copies, shingles
from incidex.dossiers.report import Report
from incidex.english import lexicon
from incidex.english.names import name_key
from incidex.records import Source

_NAME = r"((?:[A-Z][\w&'’-]{0,30} ){0,4}[A-Z][\w&'’-]{1,30})"
_TOLD = r"(?:first |also |has |had |previously )?(?:reported|wrote|revealed|published|has learned)\b"
_CITED = (
    re.compile(rf"\b[Tt]he {_NAME},? {_TOLD}|{_NAME},? {_TOLD}"),
    re.compile(rf"\b(?:told|according to|reported by|report by|report in|published by|citing) (?:the )?{_NAME}"),
)
# Every match of these patterns contains one of these words, so that few sentences need a closer look.
_MAY_CITE = re.compile(r"report|wrote|reveal|publish|learned|told |according to|citing")
_MOST_OUTLETS = 50
# Shorter names are too likely to begin another one.
_SHORTEST_PARTY = 4
_MOST_TEXT = 100_000


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Return reports in the order of publication; those without a date last, and of one day the longer ones first."""
    return sorted(
        reports, key=lambda r: ((r.document.published_at or "9999")[:10], -len(r.sentences), r.document.source, r.id)
    )


def sources(reports: Sequence[Report], parties: Iterable[str] = ()) -> tuple[Source, ...]:
    """
    Return a source for each of `reports`, which are in the order of publication.

    Args:
        reports: The reports.
        parties: The names of those who were hit, and of the products with a weakness: what these or their makers
            publish themselves is a statement of a party.
    """
    roots, reasons = _copied(reports)
    cited = [outlets_cited(report) for report in reports]
    known = sorted({name for names in cited for name in names})
    outlets = [_outlet(report, known) for report in reports]
    external: dict[str, int] = {}
    for number, report in enumerate(reports):
        if number in roots:
            continue
        others = [name for name in cited[number] if not _is_same(name, outlets[number])]
        for name in others:
            first = next((other for other in range(number) if _is_same(name, outlets[other])), None)
            first = external.setdefault(name, number) if first is None else first
            if first != number and _adds_nothing(report, reports[first], others):
                roots[number] = first
                reasons[number] = (
                    f"It cites {_named(name, outlets[first], reports[first])}, and nobody else speaks in it."
                )
                break
    own = _of_parties(reports, outlets, roots, parties)
    _count_outlets_once(outlets, roots, reasons, own)
    _count_parties_with_others(outlets, roots, reasons, own)
    return tuple(
        Source(
            document=report.id,
            source=report.document.source,
            title=report.title,
            publisher=outlets[number] or None,
            published_at=report.document.published_at,
            counts_with=reports[_root(number, roots)].id,
            reason=reasons.get(number, ""),
            is_mention=len(report.sentences) < 2,
            link=public_address(report.document.source) or public_address(report.document.link or ""),
            is_party=number in own,
        )
        for number, report in enumerate(reports)
    )


def outlets_cited(report: Report) -> tuple[str, ...]:
    """Return the papers, agencies and broadcasters that a report names as the origin of its news, each once."""
    found: dict[str, None] = {}
    for sentence in report.sentences:
        words = " ".join(sentence.span.of(report.document.text)[:2000].split())
        if not _MAY_CITE.search(words):
            continue
        for pattern in _CITED:
            for match in pattern.finditer(words):
                name = next(group for group in match.groups() if group).removeprefix("The ")
                last = name.rpartition(" ")[2].lower()
                if (
                    " " in name and last in lexicon.words("outlet", forms=("singular", "only"))
                ) or last in lexicon.words("news_agency"):
                    found[name] = None
    return tuple(found)[:_MOST_OUTLETS]


def _copied(reports: Sequence[Report]) -> tuple[dict[int, int], dict[int, str]]:
    """Return the original of each copy, and why it is one. An outlet that its copies credit is the original."""
    groups: dict[int, list[int]] = defaultdict(list)
    sets = [shingles(report) for report in reports]
    for copy, original in copies(sets).items():
        groups[original].append(copy)
    roots: dict[int, int] = {}
    reasons: dict[int, str] = {}
    for first, others in groups.items():
        group = [first, *others]
        original = max(group, key=lambda number: (_credits(reports, number, group), -number))
        for number in group:
            if number != original:
                roots[number] = original
                share = containment(sets[original], sets[number])
                name = reports[original].document.publisher or "another report"
                reasons[number] = f"A copy of {name}: {share:.0%} of the shorter text stands in the other."
    return roots, reasons


def _credits(reports: Sequence[Report], number: int, group: Sequence[int]) -> bool:
    """Return whether another of the group credits the publisher of one as agencies are credited: in brackets."""
    publisher = reports[number].document.publisher
    return bool(publisher) and any(
        f"({publisher})" in reports[other].document.text[:_MOST_TEXT] for other in group if other != number
    )


def _outlet(report: Report, known: Iterable[str]) -> str:
    """Return the outlet of a report: its publisher, or a known one that is named outside its article."""
    document = report.document
    if document.publisher:
        return document.publisher
    around = [block.span.of(document.text)[:300] for block in document.blocks if not block.kind.in_article]
    return next((name for name in known if any(name in words for words in around)), "")


def _adds_nothing(report: Report, other: Report, outlets: Iterable[str]) -> bool:
    """Return whether everybody who speaks in `report`, except outlets, is named in `other`."""
    text = other.document.text[:_MOST_TEXT].lower()
    names = {name.lower() for name in outlets}
    for claim in report.claims:
        said = speaker(claim, report)
        words = said.lower().removeprefix("the ") if said else ""
        is_outlet = words.rpartition(" ")[2] in lexicon.words("outlet", forms=("singular", "only")) or any(
            words in name for name in names
        )
        if words and not is_outlet and words not in text:
            return False
    return True


def _of_parties(
    reports: Sequence[Report], outlets: Sequence[str], roots: dict[int, int], parties: Iterable[str]
) -> frozenset[int]:
    """Return the numbers of the reports that a party publishes itself: "Saltmere Press Office" on Saltmere."""
    keys = {key for name in parties if len(key := _key(name)) >= _SHORTEST_PARTY}
    found = set()
    for number, outlet in enumerate(outlets):
        own = _key(_without_office(outlet if " " in outlet else outlet.removeprefix("www.").partition(".")[0]))
        if len(own) >= _SHORTEST_PARTY and any(key == own or key.startswith(own) for key in keys):
            found.add(number)
    return frozenset(found)


def _count_outlets_once(
    outlets: Sequence[str], roots: dict[int, int], reasons: dict[int, str], own: frozenset[int]
) -> None:
    """Count all reports of one outlet together with its first."""
    first: dict[str, int] = {}
    for number, outlet in enumerate(outlets):
        if not outlet or number in roots or number in own:
            continue
        other = first.setdefault(_key(outlet), number)
        if other != number and _root(other, roots) != number:
            roots[number] = other
            reasons[number] = f"Another report of {outlet}, which counts once."


def _count_parties_with_others(
    outlets: Sequence[str], roots: dict[int, int], reasons: dict[int, str], own: frozenset[int]
) -> None:
    """Count what a party publishes itself together with the first report by somebody else, if there is one."""
    others = [number for number in range(len(outlets)) if number not in own and _root(number, roots) not in own]
    first = others[0] if others else min(own, default=0)
    for number in own:
        if number not in roots and number != first:
            roots[number] = _root(first, roots)
            reasons[number] = f"A statement by {outlets[number]} about itself, not a source beside others."


def _without_office(outlet: str) -> str:
    """Return the name of an organisation without that of its press office: "Saltmere Press Office"."""
    lowered = outlet.lower()
    ends = (end for end in lexicon.words("press_office") if lowered.endswith(f" {end}"))
    return outlet[: len(outlet) - len(max(ends, key=len, default=""))].strip()


def public_address(source: str) -> str | None:
    """Return the address of a web page without user and password; None for a file, whose path is private."""
    try:
        address = urlsplit(source)
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or not address.hostname:
        return None
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2]))


def _named(name: str, outlet: str, report: Report) -> str:
    if _is_same(name, outlet):
        return f"the report of {outlet}"
    return f"{name}, as does the report of {outlet or report.title or 'another outlet'}"


def _is_same(name: str, outlet: str) -> bool:
    """Return whether a name in a text is an outlet's: "Harbour Post" and "The Harbour Post" or harbourpost.example."""
    site = outlet.lower().removeprefix("www.").partition(".")[0] if " " not in outlet else outlet
    return bool(outlet) and _key(name) in (_key(outlet), _key(site))


def _key(name: str) -> str:
    return name_key(name.lower().removeprefix("the "))


def _root(number: int, roots: dict[int, int]) -> int:
    seen: list[int] = []
    while number in roots and number not in seen:
        seen.append(number)
        number = roots[number]
    return min([*seen, number]) if number in seen else number
