"""Takes the facts from an analysis: what its document says, as things with names."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit, urlunsplit

from incidex.export.exchange.attacks import happenings
from incidex.export.exchange.facts import Article, Facts, Fix, Sighted, Technique, names_once, values_once
from incidex.export.exchange.naming import ACTING, LONGEST_NAME, LONGEST_QUOTE, Naming, named, one_line
from incidex.export.exchange.parties import Parties
from incidex.export.exchange.said import said
from incidex.export.exchange.stamps import stamp
from incidex.labels import scheme
from incidex.matching.profiles import headline, profiles
from incidex.records import (
    Analysis,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Profile,
    Realis,
    Span,
)

_LONGEST_TITLE = 200
_LONGEST_VALUE = 2000
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_TECHNIQUE = re.compile(r"T[0-9]{4}(?:\.[0-9]{3})?")


def facts_of(analysis: Analysis, known: Sequence[Profile] = (), parties: Parties | None = None) -> Facts:
    """
    Return what one document says.

    Args:
        analysis: What was found in it.
        known: Its profiles, where somebody has made them before.
        parties: Who is in the incident that it reports with others; by default whom it names itself.
    """
    naming = Naming(analysis)
    reported = happenings(analysis, naming, known or profiles(analysis), parties)
    acting = [entity for entity in analysis.entities if entity.kind in ACTING]
    return Facts(
        id=analysis.document.id,
        articles=(article := _article(analysis),),
        founded_on=article.published_at and article.published_at[:10],
        happenings=tuple(one.happening for one in reported),
        names=names_once([*map(named, acting), *(actor for one in reported for actor in one.happening.attackers)]),
        unclear=names_once(named(entity) for entity in analysis.entities if entity.kind is None),
        values=values_once(_values(analysis)),
        cves=tuple(dict.fromkeys(cve.value for cve in _cves(analysis))),
        fixes=tuple(dict.fromkeys(_fixes(analysis))),
        techniques=tuple(_techniques(analysis)),
        said=said(analysis, naming, reported),
    )


def public_address(source: str) -> str | None:
    """Return a source's address without user and password; None if it is none: where a file lies concerns nobody."""
    try:
        address = urlsplit(source)
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or not address.hostname:
        return None
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2]))


def _article(analysis: Analysis) -> Article:
    document = analysis.document
    labels = {label for sentence in analysis.sentences if sentence.kind.in_article for label in sentence.labels}
    return Article(
        id=document.id,
        title=one_line(headline(analysis), _LONGEST_TITLE) or "Untitled report",
        digest=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        url=public_address(document.source),
        publisher=one_line(document.publisher or "", LONGEST_NAME) or None,
        author=one_line(document.author or "", LONGEST_NAME) or None,
        published_at=document.published_at if stamp(document.published_at) else None,
        language=document.language,
        labels=tuple(name for name in scheme().names if name in labels),
        model=one_line(analysis.model, LONGEST_NAME) or "no model",
    )


def _values(analysis: Analysis) -> Iterator[Sighted]:
    """Yield the technical values, but none that is endless or has controls."""
    for one in analysis.indicators:
        strange = one.value != one_line(one.value, _LONGEST_VALUE)
        if one.kind is IndicatorKind.CVE or one.role is IndicatorRole.BENIGN or strange:
            continue
        reason = one.reason
        if one.imitates:
            name = one_line(one.imitates.organisation.of(analysis.document.text), LONGEST_NAME)
            reason = f"{reason}; imitates {name} ({one.imitates.how})"
        malicious = one.role is IndicatorRole.INDICATOR
        yield Sighted(one.kind, one.value, malicious, one_line(reason, LONGEST_QUOTE))


def _cves(analysis: Analysis) -> Iterator[Indicator]:
    return (one for one in analysis.indicators if one.kind is IndicatorKind.CVE and _CVE.fullmatch(one.value))


def _fixes(analysis: Analysis) -> Iterator[Fix]:
    """Yield what was released against weaknesses that have a number in the same event or the same sentence."""
    cves = tuple(_cves(analysis))
    sentences = _Sentences(analysis)
    for event in analysis.events:
        mentions = [
            m for m in event.mentions if m.event_type == "PatchVulnerability" and m.realis is not Realis.GENERIC
        ]
        arguments = [argument for mention in mentions for argument in mention.arguments]
        patches = [argument.span for argument in arguments if argument.role == "Patch"]
        if not patches or not cves:
            continue
        around = (sentences.at(mention.trigger) for mention in mentions)
        places = [a.span for a in arguments if a.role == "CVE"] or [place for place in around if place]
        numbers = dict.fromkeys(cve.value for cve in cves if any(p.start <= cve.span.start < p.end for p in places))
        if numbers:
            yield Fix(one_line(patches[0].of(analysis.document.text), LONGEST_NAME), tuple(numbers))


def _techniques(analysis: Analysis) -> Iterator[Technique]:
    document = analysis.document
    places: dict[str, Span] = {}
    for one in analysis.indicators:
        if one.kind is IndicatorKind.ATTACK_ID and _TECHNIQUE.fullmatch(one.value):
            places.setdefault(one.value, one.span)
    sentences = _Sentences(analysis)
    for number, span in places.items():
        around = sentences.at(span) or span
        yield Technique(number, document.id, one_line(around.of(document.text), LONGEST_QUOTE))


class _Sentences:
    """Tells which sentence a place begins in."""

    def __init__(self, analysis: Analysis) -> None:
        self._spans = [sentence.span for sentence in analysis.sentences]
        self._starts = [span.start for span in self._spans]

    def at(self, place: Span) -> Span | None:
        """Return the last sentence that begins no later than `place`; None if there is none."""
        index = bisect_right(self._starts, place.start) - 1
        return self._spans[index] if index >= 0 else None
