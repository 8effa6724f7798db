"""Puts parts of a dossier into a few words, for terminals and pages alike."""

import re
from collections.abc import Iterable
from functools import cache

from incidex.dossiers.agreement import agreeing
from incidex.dossiers.timeline import MONTHS
from incidex.english.lexicon import words as lexicon_words
from incidex.english.patterns import alternatives
from incidex.records import (
    Actor,
    Certainty,
    Development,
    Dossier,
    Evidence,
    Moment,
    Source,
    Statement,
    Support,
    Value,
)

# The verb for each kind of statement, between the claimant and the words.
VERBS = {
    "states": "says",
    "confirms": "confirms",
    "denies": "denies",
    "suspects": "suspects",
    "attributed-to": "accuses",
    "claims-responsibility": "claims responsibility",
    "quantifies": "gives a figure",
    "dates": "gives a date",
    "leaves-open": "leaves open",
}


# In characters, between a verb of denying and what is denied: "reports that the firm".
_FARTHEST_DENIAL = 60


def verb(kind: str, one: Evidence) -> str:
    """
    Return the verb between the claimant and the words of `one`, which agrees with the claimant.

    A denial is "denies", unless its words hold the negation themselves: Acme says "no data was stolen", but it denies
    "data was stolen" where the text goes "Acme does not believe that data was stolen", and it denies "it had not told
    customers" where the text goes "Acme denied that it had not told customers".
    """
    plain = kind == "denies" and _negation_in(one.quote) is not None and not _is_introduced_by_denial(one)
    return agreeing("says" if plain else VERBS.get(kind, "says"), speaker(one.claimant))


def quotation(one: Evidence, most: int) -> str:
    """
    Return the words of `one` without quotation marks around them, at most `most` characters.

    A denial is never cut before its negation: of a long one the part around the negation is left.
    """
    words = " ".join(one.quote.split()).strip('“”"')
    negation = _negation_in(words) if one.kind == "denies" else None
    if len(words) <= most or negation is None or negation.end() < most - 40:
        return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
    start = max(words.rfind(" ", 0, max(0, negation.start() - most // 3)) + 1, 0)
    rest = words[start : start + most - 2].rstrip()
    return f"…{rest}{'…' if start + len(rest) < len(words) else ''}"


def numbers(dossier: Dossier) -> dict[str, int]:
    """Return the number of each document, from 1, in the order of publication."""
    return {source.document: number for number, source in enumerate(dossier.sources, start=1)}


def named_values(dossier: Dossier) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Return the values that are shown in lists of their own, with the heading of each list."""
    return (
        ("Data", dossier.data),
        ("Malware and tools", dossier.tools),
        ("Products", dossier.products),
        ("Vulnerabilities", dossier.vulnerabilities),
        ("Patches", dossier.patches),
        ("Indicators", dossier.indicators),
        ("Places", dossier.places),
    )


def places(evidence: Iterable[Evidence], known: dict[str, int]) -> list[int]:
    """Return the numbers of the documents that `evidence` is from, each once, in order."""
    return sorted({known[one.document] for one in evidence})


def distinct_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Return each statement of the same words by the same claimant once: one sentence can be about two events."""
    by_words: dict[tuple[str | None, str, str], Statement] = {}
    for one in statements:
        by_words.setdefault((one.claimant, one.kind, one.evidence[0].quote), one)
    return list(by_words.values())


def counts(support: Support) -> str:
    """Return how much support something has: "3 reports, 2 sources", with "disputed" or "hedged" where it is."""
    doubt = support.certainty if support.certainty in (Certainty.DISPUTED, Certainty.HEDGED) else None
    said = f"{plural(support.reports, 'report')}, {plural(support.sources, 'source')}"
    return f"{said}, {doubt.value}" if doubt else said


def development_in_words(one: Development) -> str:
    """Return how a figure changed: "12,000 people (9 June 2023), later 120,000 members (21 July 2023)"."""
    earlier, later = (
        f"{value.text} ({date_in_words(value.support.first_on)})" if value.support.first_on else value.text
        for value in (one.earlier, one.later)
    )
    return f"{earlier}, later {later}"


def differing_days(days: Iterable[Moment]) -> str:
    """Return what reports differ on: "the day of AttackDatabreach"."""
    return f"the day of {next((day.event_type for day in days if day.event_type), 'the event')}"


def day_of(statement: Statement) -> str:
    """Return when something was said: "7 May 2024"; "reported 10 May 2024" if only that is known; else ""."""
    if statement.said_on:
        return date_in_words(statement.said_on)
    return f"reported {date_in_words(statement.support.first_on)}" if statement.support.first_on else ""


def plural(number: int, noun: str) -> str:
    """Return "1 report" or "2 reports"."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def date_in_words(written: str | None) -> str:
    """Return an ISO 8601 date in words, as precisely as it is known: "14 March 2024"; "no date" if it is unknown."""
    parts = (written or "")[:10].split("-")
    if not parts[0] or not all(part.isdigit() for part in parts):
        return written or "no date"
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    month = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 and 0 < int(parts[1]) < 13 else []
    return " ".join([*words, *month, parts[0]])


def source_in_words(source: Source) -> str:
    """Return who published a report, and when: "Alder Courier, 14 March 2024"."""
    return f"{source.publisher or source.source or 'unknown outlet'}, {date_in_words(source.published_at)}"


def span_of_reports(dossier: Dossier) -> str:
    """Return when the incident was reported, and how often."""
    first, last = date_in_words(dossier.first_seen), date_in_words(dossier.last_seen)
    when = (first if first == last else f"{first} to {last}") if dossier.first_seen else "on an unknown date"
    count = f"{plural(len(dossier.sources), 'report')}, {plural(dossier.independent, 'independent source')}"
    return f"Reported {when}: {count}"


def status_in_words(dossier: Dossier) -> str:
    """Return the status and why, as a sentence."""
    status = dossier.status.value
    return f"{status[:1].upper()}{status[1:]}: {dossier.status_reason}"


def repetitions(statement: Statement) -> str:
    """Return a note if several reports quote one claimant, who is not two claimants for that."""
    reports, sources = statement.support.reports, statement.support.sources
    return f"one claimant in {reports} reports" if reports > 1 and sources else ""


def allegations(actor: Actor) -> list[tuple[str, Statement]]:
    """Return the statements about an actor, each with the words that introduce its claimant."""
    found = [("suspected by" if one.kind == "suspects" else "accused by", one) for one in actor.accused_by]
    found += [("responsibility claimed by", one) for one in actor.claimed_by]
    return found + [("denied by", one) for one in actor.denied_by]


def speaker(claimant: str | None) -> str:
    """Return who makes a claim: the report itself if it names nobody."""
    return claimant or "the report"


def _is_introduced_by_denial(one: Evidence) -> bool:
    """Return whether a verb of denying stands right before the words: "denied that it had not told customers"."""
    place = one.context.find(one.quote.strip("…"))
    denials = list(_denying().finditer(one.context, 0, max(place, 0)))
    between = one.context[denials[-1].end() : place] if denials else ""
    return bool(denials) and len(between) <= _FARTHEST_DENIAL and not _saying().search(between)


@cache
def _denying() -> re.Pattern[str]:
    """Return a pattern for words that report a denial: "denied", "disputes"."""
    verbs = lexicon_words("claim.denies", "denial")
    return re.compile(rf"\b(?:{alternatives(verbs)})\b", re.IGNORECASE)


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon_words('claim.states'))})\b", re.IGNORECASE)


def _negation_in(quote: str) -> re.Match[str] | None:
    """Return the first negation in words: "no data", "was not stolen"; "not only" is none."""
    harmless = [match.span() for match in _harmless().finditer(quote)]
    found = _negation().finditer(quote)
    return next((one for one in found if not any(a <= one.start() < b for a, b in harmless)), None)


@cache
def _negation() -> re.Pattern[str]:
    known = lexicon_words("negation.event", "negation.trigger", "negation.verb", "refuting")
    negations = known - lexicon_words("claim.denies", "denial") - {"n't"}
    return re.compile(rf"\b(?:{alternatives(negations)})\b|n['’]t\b", re.IGNORECASE)


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon_words('negation_without_denial'))})\b", re.IGNORECASE)
