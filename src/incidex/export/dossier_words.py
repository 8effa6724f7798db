"""Says parts of a dossier in a few words, for terminals and pages alike."""

import re
from collections.abc import Iterable

from incidex.dossiers.timeline import MONTHS
from incidex.records import Actor, Dossier, Evidence, Source, Statement, Support, Value

# How a statement of each kind is told: who, this, and then the words.
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


# A sentence without these denies by what it says, not by how it is reported: "no data was stolen, she said".
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|dismiss|disput|refut|reject|rebut|rul(?:e|es|ed|ing) out|play\w* down)",
    re.IGNORECASE,
)


def verb(kind: str, one: Evidence) -> str:
    """Return the word between who speaks and the words of `one`: "denies" only where a denial is reported as one."""
    return "says" if kind == "denies" and not _DENYING.search(one.context) else VERBS.get(kind, "says")


def numbers(dossier: Dossier) -> dict[str, int]:
    """Return the number of each document, from 1, in the order of publication."""
    return {source.document: number for number, source in enumerate(dossier.sources, start=1)}


def named_values(dossier: Dossier) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Return the values that are shown in lists of their own, with what each list is called."""
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
    """Return the numbers of the documents that `evidence` stands in, each once, in their order."""
    return sorted({known[one.document] for one in evidence})


def told_once(told: Iterable[Statement]) -> list[Statement]:
    """Return statements but for those of the same words by the same claimant: one sentence can tell two events."""
    by_words: dict[tuple[str | None, str, str], Statement] = {}
    for one in told:
        by_words.setdefault((one.claimant, one.kind, one.evidence[0].quote), one)
    return list(by_words.values())


def counted(support: Support) -> str:
    """Return how many say something: "3 reports, 2 sources"."""
    return f"{plural(support.reports, 'report')}, {plural(support.sources, 'source')}"


def plural(number: int, noun: str) -> str:
    """Return "1 report" or "2 reports"."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def said_date(written: str | None) -> str:
    """Return an ISO 8601 date in words, as exactly as it is known: "14 March 2024"; "no date" if it is not."""
    parts = (written or "")[:10].split("-")
    if not parts[0] or not all(part.isdigit() for part in parts):
        return written or "no date"
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    month = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 and 0 < int(parts[1]) < 13 else []
    return " ".join([*words, *month, parts[0]])


def said_source(source: Source) -> str:
    """Return who published a report, and when: "Alder Courier, 14 March 2024"."""
    return f"{source.publisher or source.source or 'unknown outlet'}, {said_date(source.published_at)}"


def span_of_reports(dossier: Dossier) -> str:
    """Return when the incident was reported, and by how many."""
    first, last = said_date(dossier.first_seen), said_date(dossier.last_seen)
    when = (first if first == last else f"{first} to {last}") if dossier.first_seen else "on an unknown day"
    count = f"{plural(len(dossier.sources), 'report')}, {plural(dossier.independent, 'independent source')}"
    return f"Reported {when}: {count}"


def said_status(dossier: Dossier) -> str:
    """Return the status and why, as a sentence."""
    status = dossier.status.value
    return f"{status[:1].upper()}{status[1:]}: {dossier.status_reason}"


def heard(statement: Statement) -> str:
    """Return how often one claimant is reported: "one claimant, two reports" is no two claimants."""
    reports, sources = statement.support.reports, statement.support.sources
    return f"one claimant in {reports} reports" if reports > 1 and sources else ""


def parts_of(actor: Actor) -> list[tuple[str, Statement]]:
    """Return what is said of an actor: each statement with the words for what it is."""
    told = [("suspected by" if one.kind == "suspects" else "accused by", one) for one in actor.accused_by]
    told += [("responsibility claimed by", one) for one in actor.claimed_by]
    return told + [("denied by", one) for one in actor.denied_by]


def who(claimant: str | None) -> str:
    """Return who says something."""
    return claimant or "nobody named"
