"""Takes from each report what formats of other tools need: the article, attacks, entities, technical values, claims."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from incidex.dossiers.attacks import joined, reported_attacks
from incidex.dossiers.entities import (
    ACTING,
    LONGEST_NAME,
    LONGEST_QUOTE,
    EntityNames,
    named_entity,
    one_line,
    unique_entities,
    unique_observables,
)
from incidex.dossiers.parties import Parties
from incidex.dossiers.reported_claims import reported_claims
from incidex.dossiers.sources import public_address
from incidex.dossiers.stamps import stamp
from incidex.labels import scheme
from incidex.matching.profiles import headline
from incidex.records import (
    Analysis,
    Article,
    Attack,
    Fix,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    NamedEntity,
    Observable,
    Profile,
    Realis,
    ReportedClaim,
    Span,
    Technique,
)

_LONGEST_TITLE = 200
_LONGEST_VALUE = 2000
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_TECHNIQUE = re.compile(r"T[0-9]{4}(?:\.[0-9]{3})?")


@dataclass(frozen=True, slots=True)
class Details:
    """The details of one report; the attributes are those of `Dossier`."""

    article: Article
    attacks: tuple[Attack, ...]
    entities: tuple[NamedEntity, ...]
    unclear: tuple[NamedEntity, ...]
    observables: tuple[Observable, ...]
    cves: tuple[str, ...]
    fixes: tuple[Fix, ...]
    techniques: tuple[Technique, ...]
    claims: tuple[ReportedClaim, ...]


def details_of(analysis: Analysis, profiles: Sequence[Profile], parties: Callable[[Profile], Parties]) -> Details:
    """
    Return the details of one report.

    Args:
        analysis: Its analysis, limited to the sentences of `profiles`.
        profiles: What it says about each attack.
        parties: Returns the parties to what a profile is about.
    """
    names = EntityNames(analysis)
    reported = reported_attacks(analysis, names, profiles, parties)
    acting = [entity for entity in analysis.entities if entity.kind in ACTING]
    attackers = [actor for one in reported for actor in one.attack.attackers]
    return Details(
        article=_article(analysis),
        attacks=tuple(one.attack for one in reported),
        entities=unique_entities([*map(named_entity, acting), *attackers]),
        unclear=unique_entities(named_entity(entity) for entity in analysis.entities if entity.kind is None),
        observables=unique_observables(_observables(analysis)),
        cves=tuple(dict.fromkeys(cve.value for cve in _cves(analysis))),
        fixes=tuple(dict.fromkeys(_fixes(analysis))),
        techniques=tuple(_techniques(analysis)),
        claims=reported_claims(analysis, names, reported),
    )


def of_one_incident(each: Sequence[Details], id: str) -> dict[str, Any]:
    """Return the fields of the dossier of an incident: all reports are about one attack, which has its `id`."""
    reported = [attack for one in each for attack in one.attacks]
    own = {attack.id for attack in reported}
    claims = [claim for one in each for claim in one.claims]
    return {
        **_merged(each),
        "attacks": joined(id, reported),
        "claims": tuple(replace(claim, attack=id) if claim.attack in own else claim for claim in claims),
    }


def of_one_document(details: Details) -> dict[str, Any]:
    """Return the fields of the dossier of a document, which has an attack for each item of a round-up."""
    return {**_merged([details]), "attacks": details.attacks, "claims": details.claims}


def _merged(each: Sequence[Details]) -> dict[str, Any]:
    return {
        "articles": tuple(one.article for one in each),
        "entities": unique_entities(entity for one in each for entity in one.entities),
        "unclear": unique_entities(entity for one in each for entity in one.unclear),
        "observables": unique_observables(value for one in each for value in one.observables),
        "cves": tuple(dict.fromkeys(cve for one in each for cve in one.cves)),
        "fixes": tuple(dict.fromkeys(fix for one in each for fix in one.fixes)),
        "techniques": tuple(technique for one in each for technique in one.techniques),
    }


def _article(analysis: Analysis) -> Article:
    document = analysis.document
    labels = {label for sentence in analysis.sentences if sentence.kind.in_article for label in sentence.labels}
    return Article(
        id=document.id,
        title=one_line(headline(analysis), _LONGEST_TITLE) or "Untitled report",
        digest=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        url=public_address(document.source) or public_address(document.link or ""),
        publisher=one_line(document.publisher or "", LONGEST_NAME) or None,
        author=one_line(document.author or "", LONGEST_NAME) or None,
        published_at=document.published_at if stamp(document.published_at) else None,
        language=document.language,
        labels=tuple(name for name in scheme().names if name in labels),
        model=one_line(analysis.model, LONGEST_NAME) or "no model",
    )


def _observables(analysis: Analysis) -> Iterator[Observable]:
    """Yield the technical values, but for well-known ones and those that are endless or have control characters."""
    for one in analysis.indicators:
        strange = one.value != one_line(one.value, _LONGEST_VALUE)
        if one.kind is IndicatorKind.CVE or one.role is IndicatorRole.BENIGN or strange:
            continue
        reason = one.reason
        if one.imitates:
            name = one_line(one.imitates.organisation.of(analysis.document.text), LONGEST_NAME)
            reason = f"{reason}; imitates {name} ({one.imitates.how})"
        malicious = one.role is IndicatorRole.INDICATOR
        yield Observable(one.kind, one.value, malicious, one_line(reason, LONGEST_QUOTE))


def _cves(analysis: Analysis) -> Iterator[Indicator]:
    return (one for one in analysis.indicators if one.kind is IndicatorKind.CVE and _CVE.fullmatch(one.value))


def _fixes(analysis: Analysis) -> Iterator[Fix]:
    """Yield what was released against vulnerabilities with a number in the same event or the same sentence."""
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
    """Finds the sentence in which a span begins."""

    def __init__(self, analysis: Analysis) -> None:
        self._spans = [sentence.span for sentence in analysis.sentences]
        self._starts = [span.start for span in self._spans]

    def at(self, place: Span) -> Span | None:
        """Return the last sentence that begins no later than `place`; None if there is none."""
        index = bisect_right(self._starts, place.start) - 1
        return self._spans[index] if index >= 0 else None
