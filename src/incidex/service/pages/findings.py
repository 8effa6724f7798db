"""What a report page lists beside the text: each finding with its words, how sure it is, and who decided it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from incidex.export.in_words import claim_in_words, hedge_in_words, quantity_in_words, time_in_words
from incidex.labels import scheme
from incidex.records import Analysis, Argument, Claim, Entity, Event, EventMention, Indicator, Sentence, Span
from incidex.store.doubts import POSSIBLE, UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing that was found in a report.

    Attributes:
        key: Its name on the page, which is the same as long as its words and its kind are.
        thing: What a decision about it calls it: "event", "argument", "name", "claim", "sentence"; empty for what
            cannot be decided about.
        kind: The group in which it is listed: "event", "claim", "name" ...
        words: Its words in the text, or what they stand for.
        title: What it is, in a few words.
        note: Remarks.
        spans: Its places in the text, the first of them the one that decisions name.
        trigger: The trigger of the event mention that it belongs to.
        detail: Which of several at the same place: the role of an argument, the kind of a claim.
        score: How sure the model is, 0..1; None where no model was asked.
        decision: The number of the decision by which a person set it; None for what the machine found.
    """

    key: str
    thing: str
    kind: str
    words: str
    title: str
    spans: tuple[Span, ...]
    note: str = ""
    trigger: Span | None = None
    detail: str = ""
    score: float | None = None
    decision: int | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether somebody should look at it."""
        return self.decision is None and self.score is not None and round(self.score, 2) < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class EventCard:
    """
    An event of the list: its mentions, each with its arguments.

    Attributes:
        number: As in the text, from 1.
        event_type: Its event type.
        realis: Each realis that its mentions have.
        mentions: Each trigger with its arguments.
    """

    number: int
    event_type: str
    realis: tuple[str, ...]
    mentions: tuple[tuple[Finding, tuple[Finding, ...]], ...]

    @property
    def is_unsure(self) -> bool:
        """Whether anything of it is unsure."""
        return any(one.is_unsure for trigger, arguments in self.mentions for one in (trigger, *arguments))


@dataclass(frozen=True, slots=True)
class Findings:
    """
    Everything that a report page lists.

    Attributes:
        events: The events in the order of the text.
        sentences: The sentences of the article, each as a finding.
        others: Every other finding, by kind.
    """

    events: tuple[EventCard, ...]
    sentences: tuple[Finding, ...]
    others: dict[str, tuple[Finding, ...]]

    def every(self) -> Iterator[Finding]:
        """Yield each finding except the sentences."""
        for event in self.events:
            for trigger, arguments in event.mentions:
                yield trigger
                yield from arguments
        yield from chain.from_iterable(self.others.values())

    def unsure(self) -> int:
        """Return how many findings and sentences are unsure."""
        return sum(one.is_unsure for one in chain(self.every(), self.sentences))


def findings_of(analysis: Analysis) -> Findings:
    """Return what was found in a report, as its page lists it."""
    text = analysis.document.text
    numbers = {mention.trigger: number for number, event in enumerate(analysis.events, 1) for mention in event.mentions}
    names = [entity for entity in analysis.entities if entity.kind != "organisation"]
    organisations = [entity for entity in analysis.entities if entity.kind == "organisation"]
    every = {
        "claim": tuple(_claim(claim, numbers, text) for claim in analysis.claims),
        "name": tuple(_name(entity, "name", text) for entity in names),
        "organisation": tuple(_name(entity, "organisation", text) for entity in organisations),
        "indicator": tuple(_indicators(analysis.indicators)),
        "time": tuple(_value("time", one.span, time_in_words(one) or one.reason, text) for one in analysis.times),
        "quantity": tuple(_value("quantity", one.span, quantity_in_words(one), text) for one in analysis.quantities),
    }
    events = tuple(_event(number, event, text) for number, event in enumerate(analysis.events, 1))
    sentences = tuple(sentence_finding(one, text) for one in analysis.sentences if one.kind.in_article)
    return Findings(events, sentences, {kind: found for kind, found in every.items() if found})


def sentence_finding(sentence: Sentence, text: str) -> Finding:
    """Return a sentence as a finding; its score is that of the label that is least clear."""
    written = scheme().written(sentence.labels)
    scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
    surest = [score if name in sentence.labels else _if_possible(score) for name, score in scores.items()]
    return Finding(
        _key("sentence", sentence.span),
        "sentence",
        "sentence",
        sentence.span.of(text),
        written,
        (sentence.span,),
        score=min(surest, default=None),
        decision=sentence.decision,
    )


def _if_possible(score: float) -> float:
    """Return how sure it is that a sentence has not a label."""
    return 1 - score if score >= POSSIBLE else 1.0


def _event(number: int, event: Event, text: str) -> EventCard:
    mentions = tuple(
        (_trigger(mention, text), tuple(_argument(one, mention, text) for one in mention.arguments))
        for mention in event.mentions
    )
    realis = tuple(dict.fromkeys(mention.realis.value for mention in event.mentions))
    return EventCard(number, event.event_type, realis, mentions)


def _trigger(mention: EventMention, text: str) -> Finding:
    return Finding(
        _key("event", mention.trigger, mention.event_type),
        "event",
        "event",
        mention.trigger.of(text),
        mention.event_type,
        (mention.trigger,),
        mention.realis.value,
        detail=mention.event_type,
        score=mention.score,
        decision=mention.decision,
    )


def _argument(one: Argument, mention: EventMention, text: str) -> Finding:
    return Finding(
        _key("argument", one.span, f"{mention.trigger.start}-{one.role}"),
        "argument",
        "event",
        one.span.of(text),
        one.role,
        (one.span,),
        f"{one.entity_type}{f': {one.name}' if one.name else ''}",
        trigger=mention.trigger,
        detail=one.role,
        score=one.score,
        decision=one.decision,
    )


def _claim(claim: Claim, numbers: dict[Span, int], text: str) -> Finding:
    kind, named = claim_in_words(claim)
    who = (claim.claimant.person or claim.claimant.name).of(text) if claim.claimant else "the report"
    about = f" (event {numbers[claim.trigger]})" if claim.trigger in numbers else ""
    more = "; ".join(hedge_in_words(hedge, text) for hedge in claim.hedges)
    title = " ".join([who, kind, *(span.of(text) for span in named)]) + about
    spans = [claim.words, *([claim.claimant.name] if claim.claimant else []), claim.cue]
    # Rules find claims; the score is that of the trigger or argument that a claim rests on, which is listed itself.
    return Finding(
        _key("claim", claim.words, claim.kind.value),
        "claim",
        "claim",
        claim.words.of(text),
        title,
        tuple(dict.fromkeys(spans)),
        more,
        trigger=claim.trigger,
        detail=claim.kind.value,
        decision=claim.decision,
    )


def _name(entity: Entity, kind: str, text: str) -> Finding:
    listed = "; ".join(f"{link.name}, {link.id} in {link.source}: {link.why}" for link in entity.candidates)
    title = entity.kind.value.replace("-", " ") if entity.kind else "actor or software"
    return Finding(
        _key("name", entity.mentions[0]) if entity.mentions else f"name-{entity.name}",
        "name" if entity.mentions else "",
        kind,
        entity.name,
        title,
        entity.mentions,
        listed,
        decision=entity.decision,
    )


def _value(kind: str, span: Span, title: str, text: str) -> Finding:
    return Finding(_key(kind, span), "", kind, span.of(text), title, (span,))


def _indicators(indicators: Iterable[Indicator]) -> Iterator[Finding]:
    """Yield each value once, with all its places."""
    places: dict[tuple[str, str], list[Indicator]] = {}
    for one in indicators:
        places.setdefault((one.kind.value, one.value), []).append(one)
    for (kind, value), found in places.items():
        title, note = f"{kind}, {found[0].role.value}", found[0].reason
        spans = tuple(one.span for one in found)
        yield Finding(_key("indicator", spans[0]), "", "indicator", value, title, spans, note)


def _key(thing: str, span: Span, detail: str = "") -> str:
    return f"{thing}-{span.start}-{span.end}{f'-{detail}' if detail else ''}"
