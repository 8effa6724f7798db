"""The records of claims: who says what about an event, or about who did it, and how surely."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records.span import Span

# Per cent, from and to, of the likelihoods of ICD 203 (Office of the Director of National Intelligence, Intelligence
# Community Directive 203, Analytic Standards, 2 January 2015).
LIKELIHOODS = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}


class ClaimKind(StrEnum):
    """What somebody says of an event, or of who did it."""

    STATES = "states"
    """Says that it happened, happens or will."""
    CONFIRMS = "confirms"
    """Confirms, admits or concedes it."""
    DENIES = "denies"
    """Denies it, says that it did not happen, or that there is no sign of it."""
    SUSPECTS = "suspects"
    """Believes or fears it, or believes that somebody did it."""
    ATTRIBUTED_TO = "attributed-to"
    """Says who did it."""
    CLAIMS_RESPONSIBILITY = "claims-responsibility"
    """Says to have done it."""
    QUANTIFIES = "quantifies"
    """Says how much or how many: records, victims, a ransom, a loss."""
    DATES = "dates"
    """Says when it happened."""
    LEAVES_OPEN = "leaves-open"
    """Says that it is not known who did it, or whether it happened."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """
    Words that say how sure a claimant is.

    Attributes:
        span: The words in `Document.text`.
        kind: "likelihood", "confidence", "modal", "belief", "hearsay", "appearance", "weak link", "no finding" or
            "question".
        band: The band of ICD 203 for a likelihood ("likely" is 55 to 80 per cent), or its level of confidence ("high",
            "moderate", "low"); None for words that the directive gives no band.
    """

    span: Span
    kind: str
    band: str | None = None

    @property
    def percent(self) -> tuple[int, int] | None:
        """The likelihood in per cent, from and to; None for anything else."""
        return LIKELIHOODS[self.band] if self.kind == "likelihood" and self.band else None


@dataclass(frozen=True, slots=True)
class Claimant:
    """
    Who says something, as far as the text tells.

    Attributes:
        words: Who speaks, where the claim is made: "Vitali Kremez", "a spokesman", "he".
        name: The fullest naming: that of the person before for "he"; the same as `words` where there is no fuller one.
        person: The name of the person.
        role: What the person is: "director of research".
        organisation: Whom the person speaks for, or the organisation that speaks itself.
    """

    words: Span
    name: Span
    person: Span | None = None
    role: Span | None = None
    organisation: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """
    Who says what about an event, or about who did it.

    Attributes:
        kind: What is said.
        claimant: Who says so; None where nobody is named ("is believed to"), so that only the report itself says it.
        words: What is said: the clause or the part of a quotation that the target stands in, within one sentence.
        cue: The reporting words: "said", "according to", "is believed".
        quoted: Whether the target stands between quotation marks.
        trigger: The trigger of the event that the claim is about; None if it is about an actor alone, or about an
            attack that no event mention was found of.
        accused: Who is said, suspected or denied to have done it; "who" where that is left open.
        value: What the amount or the date is, for `quantifies` and `dates`.
        hedges: How sure the claimant is, in the order of the text. None at all says only that no hedge was found.
        score: How sure the model is of the trigger or argument that the claim is about, 0..1; 1 where it rests on none.
            It says nothing of how sure the claimant is.
        rule: Which rule found it, in a few words.
        decision: The number of the decision in the store by which a person set it or confirmed it; None for what the
            machine found.
    """

    kind: ClaimKind
    claimant: Claimant | None
    words: Span
    cue: Span
    quoted: bool
    trigger: Span | None = None
    accused: Span | None = None
    value: Span | None = None
    hedges: tuple[Hedge, ...] = ()
    score: float = 1.0
    rule: str = ""
    decision: int | None = None
