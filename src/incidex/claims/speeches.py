"""Reads a document sentence by sentence: which parts of it are whose words, also where a quotation goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from incidex.claims.attributions import attributions
from incidex.claims.candidate_sentences import candidate_sentences
from incidex.claims.claimants import Speakers
from incidex.claims.cues import Attribution
from incidex.claims.known_actors import sentence_tokens
from incidex.claims.phrases import phrase_after, speaks
from incidex.claims.quotations import Quotes, quotes_of
from incidex.claims.reporting_words import Statement
from incidex.claims.responsibility import ResponsibilityClaim, responsibility_claims
from incidex.claims.statements import statements
from incidex.english.tokens import Token
from incidex.records import Claimant, ClaimKind, Document, Sentence, Span


@dataclass(frozen=True, slots=True)
class Speech:
    """
    Words that somebody says.

    Attributes:
        claimant: Who; None where nobody is named.
        kind: The kind of claim that the reporting words make of it.
        cue: The reporting words.
        contents: What is said, in the order of the text.
        negated: Whether the reporting words are negated.
        rule: The name of the rule that found it.
        goes_on: Whether it is a quotation that goes on without reporting words of its own.
    """

    claimant: Claimant | None
    kind: ClaimKind
    cue: Span
    contents: tuple[Span, ...]
    negated: bool
    rule: str
    goes_on: bool = False

    def part_at(self, position: int) -> Span | None:
        """Return the part of what is said that `position` lies in."""
        return next((span for span in self.contents if span.start <= position < span.end), None)

    @property
    def length(self) -> int:
        """How many characters are said."""
        return sum(span.end - span.start for span in self.contents)


@dataclass(slots=True)
class DocumentReading:
    """What was read, in the order of the text: quotations, speeches, attributions and claims of responsibility."""

    quotes: Quotes
    speeches: list[Speech] = field(default_factory=list)
    attributions: list[tuple[Attribution, Claimant | None]] = field(default_factory=list)
    responsibility: list[tuple[ResponsibilityClaim, Claimant]] = field(default_factory=list)


def read_speeches(
    document: Document, sentences: Sequence[Sentence], triggers: Sequence[Span], actors: Sequence[Span] = ()
) -> DocumentReading:
    """
    Return what is said in the article of `document`, near `triggers` and wherever somebody is accused.

    Captions and other text around the article are not read. `actors` are the names of known actors, in order.
    """
    reading = DocumentReading(quotes_of(document))
    speakers = Speakers(document.text)
    latest: Speech | None = None
    last = 0
    article = [sentence for sentence in sentences if sentence.kind.in_article]
    for number, span in candidate_sentences(document.text, article, triggers):
        tokens = sentence_tokens(document.text, span, actors)
        if tokens:
            latest = _read_sentence(tokens, span, reading, speakers, latest if number <= last + 1 else None)
        last = number
    return reading


def _read_sentence(
    tokens: list[Token], span: Span, reading: DocumentReading, speakers: Speakers, latest: Speech | None
) -> Speech | None:
    """Read one sentence after the speech `latest`; return its last speech if the next sentence may go on with it."""
    spoken = [_speech(statement, tokens, reading.quotes, speakers) for statement in statements(tokens)]
    reading.speeches += spoken
    for attribution in attributions(tokens, speakers.text):
        speaker = attribution.speaker
        reading.attributions.append((attribution, speakers.claimant(tokens, speaker) if speaker else None))
    for claim in responsibility_claims(tokens, speakers.text):
        reading.responsibility.append((claim, speakers.claimant(tokens, claim.speaker)))
    going_on = _going_on(span, reading.quotes, latest, speakers.text)
    if going_on:
        reading.speeches.append(going_on)
    elif not spoken:
        _mention_subject(tokens, speakers)
    named = [speech for speech in spoken if speech.claimant and not speech.negated]
    return named[-1] if named else going_on


def _speech(statement: Statement, tokens: Sequence[Token], quotes: Quotes, speakers: Speakers) -> Speech:
    claimant = speakers.claimant(tokens, statement.speaker) if statement.speaker else None
    inside = quotes.at(statement.cue.start) is not None
    contents = tuple(_whole(statement.contents, quotes)) if claimant and not inside else statement.contents
    return Speech(claimant, statement.kind, statement.cue, contents, statement.negated, statement.rule)


def _whole(contents: Sequence[Span], quotes: Quotes) -> Iterator[Span]:
    """Yield what is said, with the rest of a quotation that it is the beginning or the end of."""
    for content in contents:
        first, last = quotes.at(content.start), quotes.at(content.end - 1)
        start = min(content.start, first.start) if first else content.start
        yield Span(start, max(content.end, last.end) if last else content.end)


def _going_on(span: Span, quotes: Quotes, latest: Speech | None, text: str) -> Speech | None:
    """Return the quotation that a sentence begins with, as words of who was quoted in the sentence before."""
    quote = quotes.at(span.start)
    if quote is None or latest is None or latest.claimant is None:
        return None
    new_line = "\n" in text[max(0, span.start - 2) : span.start]
    if new_line and quotes.at(latest.cue.start - 3) is None:
        return None  # In a new paragraph somebody else may be quoted, unless the speaker was named after a quotation.
    return Speech(latest.claimant, latest.kind, latest.cue, (quote,), latest.negated, "quotation goes on", goes_on=True)


def _mention_subject(tokens: Sequence[Token], speakers: Speakers) -> None:
    """Remember whom a sentence without reporting words is about."""
    phrase = phrase_after(tokens, 0)
    if phrase and speaks(tokens, phrase):
        speakers.mention(tokens, phrase)
