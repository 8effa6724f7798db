"""Reads the figures of one report: what each measures, how exactly it is given, and whether it still holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.dossiers.claimants import NameResolver
from incidex.dossiers.money import measure_of_money
from incidex.dossiers.report import Report
from incidex.english import lexicon
from incidex.english.patterns import alternatives
from incidex.records import ClaimKind, Evidence, Quantity, QuantityKind, Sentence, Span

_BY_ROLE = {"Number-of-Victim": "people", "Number-of-Data": "records", "Price": "ransom", "Damage-Amount": "damage"}
_COUNTS = {
    QuantityKind.PEOPLE: "people",
    QuantityKind.RECORDS: "records",
    QuantityKind.ACCOUNTS: "accounts",
    QuantityKind.SYSTEMS: "systems",
    QuantityKind.ORGANISATIONS: "organisations",
}
# For these the noun matters: 400,000 customers are people, but 400,000 images are not just records.
_NOUN_MATTERS = ("records", "systems", "organisations")
_OF_PEOPLE = ("people", "records", "accounts")
_GENERAL_NOUNS = frozenset(["records", "data", "files", "items", "documents", "entries", "computers", "systems"])
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (million|billion))?"
_BARE = re.compile(rf"(?:about |some |nearly |over |more than |up to )?{_NUMBER}")
_FROM = re.compile(rf"from (?P<number>{_NUMBER}) ")
_SCALE = {"": 1.0, "million": 1e6, "billion": 1e9}
_BOUND = r"(?:(?:about|some|around|nearly|over|almost|roughly|an? estimated|the|more than|at least) ){0,2}"
# How far before a figure stands what makes it an old one, or a part of another; in characters.
_REACH = 60
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure in one report.

    Attributes:
        measure: What it measures.
        value: Its value, the upper bound of a range.
        unit: The currency, or "byte"; empty for a number.
        text: Its words.
        evidence: Where it is.
        noun: What is counted, in the plural; empty if the text does not say.
        is_bound: Whether the text gives only a bound ("more than 9 million"), or says that it is not exact.
        is_bare: Whether it is a number without a noun.
        is_part: Whether the text gives it as a part of another ("including 3,000 children").
        is_former: Whether the text says that it no longer holds ("not 12,000", "up from 12,000").
    """

    measure: str
    value: float
    unit: str
    text: str
    evidence: Evidence
    noun: str = ""
    is_bound: bool = False
    is_bare: bool = False
    is_part: bool = False
    is_former: bool = False


def figures_of(report: Report, resolver: NameResolver) -> tuple[Figure, ...]:
    """Return the figures of one report: quantities of events, bare numbers of events, and what these replace."""
    roles = {a.span: _BY_ROLE[a.role] for m in report.mentions for a in m.arguments if a.role in _BY_ROLE}
    said = {c.value: resolver.claimant(c) for c in report.claims if c.kind is ClaimKind.QUANTIFIES and c.value}
    found = list(_quantities(report, roles, said))
    taken = [figure.evidence.span for figure in found]
    found += _bare_numbers(report, roles, said, taken)
    found += _replaced(report, found)
    found += [former for figure in found if (former := _raised(figure, report))]
    return tuple(_parts(found))


def _quantities(report: Report, roles: dict[Span, str], said: dict[Span, str | None]) -> Iterator[Figure]:
    for quantity in report.inside(report.analysis.quantities):
        role = next((name for span, name in roles.items() if span.overlaps(quantity.span)), None)
        claimed = next((span for span in said if span.overlaps(quantity.span)), None)
        sentence = report.sentence(quantity.span)
        value = quantity.high if quantity.high is not None else quantity.low
        if sentence is None or value is None or _counts_suspects(quantity, sentence, report):
            continue
        measure = _measured(quantity, role, report, sentence, claimed=claimed is not None)
        if measure:
            counts = quantity.kind in _COUNTS
            yield Figure(
                measure,
                value,
                quantity.unit if quantity.kind in (QuantityKind.MONEY, QuantityKind.DATA_VOLUME) else "",
                report.words(quantity.span),
                report.evidence(quantity.span, claimant=said[claimed] if claimed else None),
                noun=quantity.unit.casefold() if counts else "",
                is_bound=quantity.approximate or quantity.low != quantity.high,
                is_part=bool(_part().search(_before(quantity.span, sentence, report))),
                is_former=bool(_former().search(_before(quantity.span, sentence, report))),
            )


def _bare_numbers(
    report: Report, roles: dict[Span, str], said: dict[Span, str | None], taken: Sequence[Span]
) -> Iterator[Figure]:
    """Yield numbers without a noun that are arguments of events: "to 400,000"."""
    for span, measure in roles.items():
        number = _BARE.fullmatch(report.words(span))
        if number and measure in ("people", "records") and not any(span.overlaps(other) for other in taken):
            claimant = next((who for place, who in said.items() if place.overlaps(span)), None)
            evidence = report.evidence(span, claimant=claimant)
            yield Figure(measure, _value(number), "", report.words(span), evidence, is_bare=True)


def _replaced(report: Report, found: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the numbers that others replace: "120,000 members, not 12,000"."""
    for figure in found:
        around, text = figure.evidence.sentence, report.document.text
        for match in _replacing().finditer(text, around.start, min(around.end, around.start + _LONGEST)):
            span = Span(match.start("number"), match.end("number"))
            number = _BARE.fullmatch(" ".join(match["number"].split()))
            if number and not any(span.overlaps(other.evidence.span) for other in found):
                evidence = report.evidence(span)
                yield Figure(
                    figure.measure,
                    _value(number),
                    figure.unit,
                    match["number"],
                    evidence,
                    figure.noun,
                    is_bare=True,
                    is_former=True,
                )


def _raised(figure: Figure, report: Report) -> Figure | None:
    """Return the first number in "rose from 12,000 to 120,000 people", which reads like a range."""
    first = _FROM.match(figure.text)
    sentence = report.sentence(figure.evidence.span)
    if first is None or sentence is None or not figure.is_bound:
        return None
    number = _BARE.fullmatch(first["number"])
    if number is None or not _changing().search(_before(figure.evidence.span, sentence, report)):
        return None
    return replace(figure, value=_value(number), text=number[0], is_bare=True, is_former=True)


def _parts(found: Sequence[Figure]) -> Iterator[Figure]:
    """Yield figures; a part needs a larger figure of which it is one."""
    for figure in found:
        larger = any(_counts_like(other, figure) and other.value > figure.value for other in found)
        yield figure if not figure.is_part or larger else replace(figure, is_part=False)


def _counts_like(other: Figure, figure: Figure) -> bool:
    """Return whether one figure can be a part of another: 5,000 records are those of some of 9,000 people."""
    kinds = [one.measure.partition(" (")[0] for one in (other, figure)]
    return kinds[0] == kinds[1] or all(kind in _OF_PEOPLE for kind in kinds)


def _measured(quantity: Quantity, role: str | None, report: Report, sentence: Sentence, *, claimed: bool) -> str | None:
    """Return what a quantity measures; None if it belongs to no event."""
    if quantity.kind is QuantityKind.DATA_VOLUME:
        behind = report.document.text[quantity.span.end : quantity.span.end + _REACH].lower()
        return None if _capacity().match(behind) else "volume of data"
    if quantity.kind is QuantityKind.MONEY:
        return measure_of_money(quantity.span, role, report, sentence)
    name = _COUNTS.get(quantity.kind) or (role if quantity.kind is QuantityKind.OTHER else None)
    before = _before(quantity.span, sentence, report)
    if name is None or _size().search(before):
        return None
    if not (role or claimed or _suffers(quantity, sentence, report)):
        return None
    noun = quantity.unit.casefold()
    return f"{name} ({noun})" if name in _NOUN_MATTERS and noun and noun not in _GENERAL_NOUNS else name


def _suffers(quantity: Quantity, sentence: Sentence, report: Report) -> bool:
    """
    Return whether a sentence says that people or records were hit, though no event was found in it.

    "9.5 million people had been affected" is about the event of the sentence before.
    """
    if quantity.kind not in (QuantityKind.PEOPLE, QuantityKind.RECORDS, QuantityKind.ACCOUNTS):
        return False
    behind = sentence.span.of(report.document.text)[quantity.span.end - sentence.span.start :][:_REACH]
    held = _data_of().search(_before(quantity.span, sentence, report))
    return "AttackDatabreach" in sentence.labels or bool(held or _harm().match(behind))


def _counts_suspects(quantity: Quantity, sentence: Sentence, report: Report) -> bool:
    """Return whether people are counted who did it, or are said to: "detained two men", "three hackers"."""
    if quantity.kind is not QuantityKind.PEOPLE:
        return False
    attackers = (a.span for mention in report.mentions for a in mention.arguments if a.role == "Attacker")
    return any(span.covers(quantity.span) for span in attackers) or bool(
        _prosecuted().search(_before(quantity.span, sentence, report))
    )


@cache
def _prosecuted() -> re.Pattern[str]:
    """Return what stands right before people who are prosecuted."""
    verbs = alternatives(lexicon.words("prosecuting", forms=("base", "s", "past", "ing")), whole=True)
    return re.compile(rf"\b(?:{verbs})\s(?:(?:the|another|a\sfurther|at\sleast|about)\s)?$")


def _before(span: Span, sentence: Sentence, report: Report) -> str:
    """Return the words before a figure in its sentence, in lower case, on one line."""
    start = max(sentence.span.start, span.start - _REACH)
    return " ".join(report.document.text[start : span.start].lower().split()) + " "


def _value(number: re.Match[str]) -> float:
    return float(number[1].replace(",", "")) * _SCALE[number[2] or ""]


@cache
def _changing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('changing_count'))}) (?:\w{{1,20}} )?$")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('part_of_total'))}) {_BOUND}$")


@cache
def _former() -> re.Pattern[str]:
    replacing = alternatives(lexicon.words("superseding"))
    first = alternatives(lexicon.words("first_count"))
    return re.compile(rf"\b(?:{replacing}) {_BOUND}$|\b(?:{first}) (?:[^,;]{{0,40}} )?$")


@cache
def _replacing() -> re.Pattern[str]:
    replacing = alternatives(lexicon.words("superseding"))
    return re.compile(rf"\b(?:(?:{replacing}) {_BOUND}|from {_BOUND}(?={_NUMBER} to ))(?P<number>{_NUMBER})(?![\w%])")


@cache
def _size() -> re.Pattern[str]:
    """Return a pattern for words after which a number says how large an organisation is: "which serves"."""
    return re.compile(rf"\b(?:{alternatives(lexicon.words('size_of_organisation'))}) {_BOUND}$")


@cache
def _capacity() -> re.Pattern[str]:
    return re.compile(rf"\s(?:of )?(?:\w{{1,12}} )?(?:{alternatives(lexicon.words('capacity'), whole=True)})")


@cache
def _data_of() -> re.Pattern[str]:
    """Return a pattern for words after which a number is that of people with stolen data: "the details of"."""
    return re.compile(rf"\b(?:{alternatives(lexicon.words('personal_data'))}) of {_BOUND}$")


@cache
def _harm() -> re.Pattern[str]:
    words = alternatives(lexicon.words("suffering"), whole=True)
    helpers = alternatives(lexicon.words("auxiliary.be", "auxiliary.have", "auxiliary.modal"), whole=True)
    return re.compile(rf"[^.;,]{{0,20}}?\s(?:(?:{helpers})\s){{1,3}}(?:\w{{1,15}}\s)?(?:{words})|\s(?:{words})")
