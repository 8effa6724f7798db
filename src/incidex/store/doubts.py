"""Says what in an analysis somebody should look at: what the model is unsure of, what is hedged, names of several."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from incidex.labels import scheme
from incidex.records import Analysis, Claim, ClaimKind, Entity, EventMention, Sentence
from incidex.store.decisions.edits import Target, Thing

# A finding with a lower score is unsure: of those just below, one in five is wrong. A label that a sentence does not
# have is unsure from the second score on.
UNSURE_BELOW = 0.8
POSSIBLE = 0.2
_AROUND = 160
# What these claims say does most harm if it is read wrongly.
_GRAVE = (ClaimKind.ATTRIBUTED_TO, ClaimKind.CLAIMS_RESPONSIBILITY, ClaimKind.DENIES, ClaimKind.SUSPECTS)


class DoubtKind(StrEnum):
    """What there is doubt about."""

    SENTENCE = "sentence"
    EVENT = "event"
    ARGUMENT = "argument"
    CLAIM = "claim"
    NAME = "name"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Doubt:
    """
    Something to look at.

    Attributes:
        kind: What it is.
        words: Its words in the text; of a merge, the titles of both incidents.
        said: What Incidex says of it: the labels, the event type, the role.
        why: Why it is here, in a few words.
        score: How sure it is, 0..1; the queue begins with the least.
        document: The id of the document; empty for a merge.
        target: What an edit of it names; None for a merge.
        incidents: The ids of the two incidents of a merge.
        before: What stands in front of the words in their line, at most 160 characters.
        behind: What stands behind them.
    """

    kind: DoubtKind
    words: str
    said: str
    why: str
    score: float
    document: str = ""
    target: Target | None = None
    incidents: tuple[str, ...] = ()
    before: str = ""
    behind: str = ""


def doubts_of(analysis: Analysis) -> Iterator[Doubt]:
    """Yield what is unsure in a document, and not decided yet, in no order."""
    text = analysis.document.text
    for one in _found(analysis):
        span = one.target.span if one.target else None
        yield replace(one, before=_before(text, span.start), behind=_behind(text, span.end)) if span else one


def _before(text: str, place: int) -> str:
    return text[max(0, place - _AROUND) : place].rpartition("\n")[2]


def _behind(text: str, place: int) -> str:
    return text[place : place + _AROUND].partition("\n")[0]


def _found(analysis: Analysis) -> Iterator[Doubt]:
    text, document = analysis.document.text, analysis.document.id
    for sentence in analysis.sentences:
        if sentence.kind.in_article and sentence.decision is None and sentence.scores:
            yield from _of_sentence(sentence, text, document)
    for event in analysis.events:
        for mention in event.mentions:
            yield from _of_mention(mention, text, document)
    for claim in analysis.claims:
        if claim.decision is None and claim.kind in _GRAVE and (claim.hedges or claim.score < UNSURE_BELOW):
            yield _of_claim(claim, text, document)
    for entity in analysis.entities:
        if entity.decision is None and entity.mentions:
            yield from _of_name(entity, document)


def _of_sentence(sentence: Sentence, text: str, document: str) -> Iterator[Doubt]:
    """Yield the label of a sentence that is least clear, whether it has it or not."""
    sure = {
        name: score if name in sentence.labels else (1 - score if score >= POSSIBLE else 1.0)
        for name, score in zip(scheme().names, sentence.scores, strict=True)
    }
    name = min(sure, key=lambda one: sure[one])
    if sure[name] >= UNSURE_BELOW:
        return
    why = f"{name} is unsure" if name in sentence.labels else f"{name} is possible, too"
    target = Target(Thing.SENTENCE, sentence.span)
    said = scheme().written(sentence.labels)
    yield Doubt(DoubtKind.SENTENCE, sentence.span.of(text), said, why, sure[name], document, target)


def _of_mention(mention: EventMention, text: str, document: str) -> Iterator[Doubt]:
    trigger, said = mention.trigger, f"{mention.event_type}, {mention.realis.value}"
    if mention.decision is None and mention.score < UNSURE_BELOW:
        target = Target(Thing.EVENT, trigger, detail=mention.event_type)
        why = "the trigger is unsure"
        yield Doubt(DoubtKind.EVENT, trigger.of(text), said, why, mention.score, document, target)
    for one in mention.arguments:
        if one.decision is None and one.score < UNSURE_BELOW:
            target = Target(Thing.ARGUMENT, one.span, trigger, one.role)
            why = f"unsure as {one.role} of “{trigger.of(text)}”"
            said = f"{one.role} ({one.entity_type}) of {mention.event_type}"
            yield Doubt(DoubtKind.ARGUMENT, one.span.of(text), said, why, one.score, document, target)


def _of_claim(claim: Claim, text: str, document: str) -> Doubt:
    who = claim.claimant.name.of(text) if claim.claimant else "the report"
    hedges = ", ".join(hedge.span.of(text) for hedge in claim.hedges)
    why = f"hedged: {hedges}" if hedges else "what it is about is unsure"
    target = Target(Thing.CLAIM, claim.words, claim.trigger, claim.kind.value)
    said = f"{who}: {claim.kind.value}"
    return Doubt(DoubtKind.CLAIM, claim.words.of(text), said, why, min(claim.score, 0.79), document, target)


def _of_name(entity: Entity, document: str) -> Iterator[Doubt]:
    """Yield a name that means several things, if it is not known which."""
    meant = dict.fromkeys(link.name for link in entity.candidates)
    if len(meant) > 1 and entity.name not in meant:
        listed = ", ".join(list(meant)[:4])
        kind = entity.kind.value if entity.kind else "actor or software"
        why = f"it may be {listed}"
        yield Doubt(
            DoubtKind.NAME, entity.name, kind, why, 1 / len(meant), document, Target(Thing.NAME, entity.mentions[0])
        )
