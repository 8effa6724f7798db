"""Reads a document sentence by sentence: which stretches of it are whose words, also where a quotation goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from incidex.claims.accused import Attribution
from incidex.claims.attributions import attributions
from incidex.claims.candidate_sentences import sentences_near
from incidex.claims.claimants import Speakers
from incidex.claims.clause import Quotes, Word, quotes_of, words_of
from incidex.claims.known_actors import mark_actors
from incidex.claims.phrases import phrase_after, speaks
from incidex.claims.responsibility import Owned, owned
from incidex.claims.statements import Statement, statements
from incidex.records import Claimant, ClaimKind, Document, Sentence, Span


@dataclass(frozen=True, slots=True)
class Speech:
    """
    Words that somebody says.

    Attributes:
        claimant: Who; None where nobody is named.
        kind: What the reporting words make of it.
        cue: The reporting words.
        contents: What is said, in the order of the text.
        negated: Whether the reporting words are negated.
        rule: Which pattern it has.
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
class Read:
    """What was read, in the order of the text: speeches, who is said to have done it, and who claims to have."""

    quotes: Quotes
    speeches: list[Speech] = field(default_factory=list)
    accusations: list[tuple[Attribution, Claimant | None]] = field(default_factory=list)
    owned: list[tuple[Owned, Claimant]] = field(default_factory=list)


def read_speeches(
    document: Document, sentences: Sequence[Sentence], triggers: Sequence[Span], actors: Sequence[Span] = ()
) -> Read:
    """
    Return what is said in the article of `document`, near `triggers` and wherever somebody is accused.

    What stands around the article, such as captions, is not read. `actors` are the names of known actors, in order.
    """
    read = Read(quotes_of(document))
    speakers = Speakers(document.text)
    before: Speech | None = None
    last = 0
    article = [sentence for sentence in sentences if sentence.kind.in_article]
    for number, span in sentences_near(document.text, article, triggers):
        words = mark_actors(words_of(document.text, span), actors)
        if words:
            before = _read(words, span, read, speakers, before if number <= last + 1 else None)
        last = number
    return read


def _read(words: list[Word], span: Span, read: Read, speakers: Speakers, before: Speech | None) -> Speech | None:
    """Read one sentence; return its last speech if the next sentence may go on with it."""
    spoken = [_speech(one, words, read.quotes, speakers) for one in statements(words)]
    read.speeches += spoken
    for attribution in attributions(words, speakers.text):
        speaker = attribution.speaker
        read.accusations.append((attribution, speakers.claimant(words, speaker) if speaker else None))
    read.owned += [(one, speakers.claimant(words, one.speaker)) for one in owned(words, speakers.text)]
    apart = "\n" in speakers.text[max(0, span.start - 2) : span.start]
    going = (
        None if before and apart and not read.quotes.at(before.cue.start - 3) else _going_on(span, read.quotes, before)
    )
    if going:
        read.speeches.append(going)
    if not spoken and not going:
        _meet(words, speakers)
    named = [one for one in spoken if one.claimant and not one.negated]
    return named[-1] if named else going


def _speech(statement: Statement, words: Sequence[Word], quotes: Quotes, speakers: Speakers) -> Speech:
    claimant = speakers.claimant(words, statement.speaker) if statement.speaker else None
    inside = quotes.at(statement.cue.start) is not None
    contents = tuple(_whole(statement.contents, quotes)) if claimant and not inside else statement.contents
    return Speech(claimant, statement.kind, statement.cue, contents, statement.negated, statement.rule)


def _whole(contents: Sequence[Span], quotes: Quotes) -> Iterator[Span]:
    """Yield what is said, with the rest of a quotation that it is the beginning or the end of."""
    for content in contents:
        first, last = quotes.at(content.start), quotes.at(content.end - 1)
        yield Span(
            min(content.start, first.start if first else content.start),
            max(content.end, last.end if last else content.end),
        )


def _going_on(span: Span, quotes: Quotes, before: Speech | None) -> Speech | None:
    """Return the quotation that a sentence begins with, as words of who was quoted in the sentence before."""
    quote = quotes.at(span.start)
    if quote is None or before is None or before.claimant is None:
        return None
    return Speech(before.claimant, before.kind, before.cue, (quote,), before.negated, "quotation goes on", goes_on=True)


def _meet(words: Sequence[Word], speakers: Speakers) -> None:
    """Remember whom a sentence without reporting words is about."""
    phrase = phrase_after(words, 0)
    if phrase and speaks(words, phrase):
        speakers.meet(words, phrase)
