"""A reporting word in its sentence, with the subject and the content of its verb, and the statement that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from incidex.claims.contents import STOPS, after_dateline, content_start, next_stop, span_of
from incidex.claims.issuers import issuer_of_text
from incidex.claims.phrases import Phrase, is_opening_adverb, phrase_after, phrase_before, speaks
from incidex.claims.reporting_verbs import Verb, reporting_verbs
from incidex.claims.verb_groups import VerbGroup, agrees, before_day, reports_nothing
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind, Span

# How a reporting word is used, which decides the rules that read it.
Use = Literal["according", "finding no", "not aware", "issuing", "passive", "participle", "infinitive", "finite"]

# In tokens.
_FARTHEST_SUBJECT = 14


@dataclass(frozen=True, slots=True)
class Statement:
    """
    What somebody says in one sentence.

    Attributes:
        kind: The kind of claim that the reporting words make of it.
        speaker: The phrase that names who speaks; None where nobody is named.
        cue: The reporting words.
        contents: What is said, in the order of the text, within the sentence.
        negated: Whether the reporting words are negated or refused: "did not say", "declined to say".
        rule: The name of the rule that found it.
    """

    kind: ClaimKind
    speaker: Phrase | None
    cue: Span
    contents: tuple[Span, ...]
    negated: bool
    rule: str = ""


@dataclass(frozen=True)
class ReportingWord:
    """
    A reporting word in its sentence, as the rules read it.

    Attributes:
        tokens: The tokens of the sentence.
        use: How it is used.
        verb: What the lexicon says of it.
        group: It and its auxiliaries.
        earlier: The statement before it in the sentence.
    """

    tokens: Sequence[Token]
    use: Use
    verb: Verb
    group: VerbGroup
    earlier: Statement | None

    @property
    def last(self) -> str:
        """Its last token: "out" of "pointed out"."""
        return self.tokens[self.group.last - 1].lower

    @property
    def before(self) -> str:
        """The token before it; "" at the beginning of the sentence."""
        return self.tokens[self.group.first - 1].lower if self.group.first else ""

    @property
    def after(self) -> str:
        """The token after it; "" at the end of the sentence."""
        return self.tokens[self.group.last].lower if self.group.last < len(self.tokens) else ""

    @cached_property
    def subject(self) -> Phrase | None:
        """The subject of a finite verb that says something; None if there is none."""
        if self.after == "of" and self.last in words("blaming.of", forms=("past",)):
            return None  # "two men suspected of stealing it": a participle
        phrase = _subject(self)
        if phrase is None or not agrees(self.tokens, phrase, self.group, self.verb):
            return None
        return None if reports_nothing(self.tokens, phrase, self.group, self.verb) else phrase

    @cached_property
    def content(self) -> int:
        """The index at which what is said begins after a finite verb."""
        start = content_start(self.tokens, self.group.last)
        if self.subject and self.subject.outer and self.after in words("adjunct.opening"):
            return next_stop(self.tokens, self.group.last) or start
        return start

    def statement(self, speaker: Phrase | None, contents: tuple[Span, ...]) -> Statement | None:
        """Return the statement that it makes; None if nothing is said."""
        cue = span_of(self.tokens, self.group.cue, self.group.last)
        return Statement(self.verb.kind, speaker, cue, contents, self.group.negated) if contents else None


def sentence_subject(tokens: Sequence[Token]) -> Phrase | None:
    """Return the first noun phrase of a sentence, if it can speak."""
    start = after_dateline(tokens)
    while start < len(tokens) and not tokens[start].is_word:
        start += 1
    phrase = phrase_after(tokens, start)
    if phrase and is_opening_adverb(tokens, phrase):
        phrase = phrase_after(tokens, phrase.last + 1)
    return phrase if phrase and speaks(tokens, phrase) else None


def same_speaker(word: ReportingWord) -> Phrase | None:
    """Return who speaks in the statement before, or else the subject of the sentence."""
    return word.earlier.speaker if word.earlier else sentence_subject(word.tokens)


def _subject(word: ReportingWord) -> Phrase | None:
    """Return who says it: the phrase before the verb, or the subject of an earlier verb or of the sentence."""
    if word.before in words("coordinator"):
        return same_speaker(word)
    tokens = word.tokens
    if word.before in words("pronoun.relative") | {"that"}:
        issuer = issuer_of_text(tokens, word.group.first - 1)
        if issuer:
            return issuer
    any_noun = words("plain_saying", forms=("s", "past"))
    loose = word.verb.kind in (ClaimKind.DENIES, ClaimKind.CONFIRMS) or word.last in any_noun
    speaker = phrase_before(tokens, before_day(tokens, word.group.first))
    if speaker and tokens[speaker.first].lower in words("nobody_in_particular"):
        return None
    if speaker and speaker.outer and tokens[speaker.outer - 1].lower.endswith("ing"):
        # "The firm responsible for checking the systems said"
        return _distant_subject(word) or speaker
    return speaker if speaker and speaks(tokens, speaker, loose=loose) else _distant_subject(word)


def _distant_subject(word: ReportingWord) -> Phrase | None:
    """Return the subject of the sentence if only a participle is between: "Acme, based in Penn, said"."""
    subject = sentence_subject(word.tokens)
    if subject is None or not 0 < word.group.first - subject.last < _FARTHEST_SUBJECT:
        return None
    between = [token.lower for token in word.tokens[subject.last : word.group.first]]
    opens = between[0].endswith(("ed", "en", "ing")) or between[0] in words("participle_phrase")
    return subject if opens and not any(one in reporting_verbs() or one in STOPS for one in between) else None
