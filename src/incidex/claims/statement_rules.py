"""
Rules for who says what beside a reporting word: each reads one pattern, such as "X said that ...".

There is no parser: the order of subject, verb and commas decides. `incidex.claims.statements` has the table of rules.
"""

from collections.abc import Sequence

from incidex.claims.contents import (
    OPENING_QUOTES,
    STOPS,
    around,
    clause_end,
    clause_start,
    content_start,
    introduces,
    object_end,
    trimmed,
)
from incidex.claims.issuers import issuer_of_text
from incidex.claims.nouns import is_name
from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks
from incidex.claims.reporting_verbs import reporting_verbs
from incidex.claims.reporting_words import ReportingWord, Statement, same_speaker, sentence_subject
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind

_CLOSING_QUOTES = frozenset("”\"’'")
_PART_SIGNS = frozenset("(,;–—“")
_BEFORE_PARTICIPLE = _PART_SIGNS | {")", "-"}
_AFTER_SPEECH = frozenset(",?!")
# In tokens.
_FARTHEST_COMMA = 12


def according_to(word: ReportingWord) -> Statement | None:
    """ "According to X, ..." and "..., according to X" """
    tokens, index = word.tokens, word.group.first
    speaker = phrase_after(tokens, word.group.last)
    if speaker is None:
        return None
    start = index if word.before in words("clause_joining") else clause_start(tokens, index)
    contents = trimmed(tokens, start, index)
    rest = _after_source(tokens, speaker, alone=not contents)
    if rest is not None:
        contents += trimmed(tokens, rest, clause_end(tokens, speaker.outer))
    return word.statement(speaker, contents)


def found_no_evidence(word: ReportingWord) -> Statement | None:
    """ "X has found no evidence that ...". What is said begins at "no", so that it is denied."""
    tokens, no = word.tokens, word.group.last
    verb = tokens[no - 1].lower
    if words("evidence").isdisjoint(token.lower for token in tokens[no + 1 : no + 3]):
        return None
    if verb == "of" and (
        no < 2 or tokens[no - 2].lower not in words("knowing_of", forms=("base", "s", "past", "only"))
    ):
        return None
    speaker = phrase_before(tokens, word.group.first)
    if speaker is None or not speaks(tokens, speaker):
        return None
    return word.statement(speaker, trimmed(tokens, no, clause_end(tokens, no)))


def said_by(word: ReportingWord) -> Statement | None:
    """ "... was described by X as ..." """
    tokens, group = word.tokens, word.group
    if word.after != "by" or (word.verb.needs_clause and not word.verb.with_as):
        return None
    speaker = phrase_after(tokens, group.last + 1)
    if speaker is None or not speaks(tokens, speaker):
        return None
    before = trimmed(tokens, clause_start(tokens, group.first), group.first)
    return word.statement(speaker, before + trimmed(tokens, speaker.last, clause_end(tokens, group.last)))


def is_believed(word: ReportingWord) -> Statement | None:
    """ "It is believed that ...", "... are believed to have ...", "... is suspected of ..." """
    kind = word.verb.kind
    told = kind is ClaimKind.STATES and word.last in words("tells_hearer", "warns_hearer")
    believed = word.after == "that" or (word.after == "to" and _may_be_verb(word.tokens, word.group.last + 1))
    if kind is ClaimKind.SUSPECTS:
        return _believed(word) if believed or word.after == "of" else None
    return _believed(word) if kind is ClaimKind.STATES and believed and not told else None


def adding_that(word: ReportingWord) -> Statement | None:
    """ "..., adding that ..." """
    tokens = word.tokens
    content = content_start(tokens, word.group.last)
    if not introduces(tokens, word.group, content, word.verb):
        return None
    speaker = _speaker_of_participle(word)
    return word.statement(speaker, trimmed(tokens, content, clause_end(tokens, content))) if speaker else None


def to_confirm_that(word: ReportingWord) -> Statement | None:
    """ "X went on to say that ...", "X has tweeted to confirm that ..." """
    tokens, group = word.tokens, word.group
    content = content_start(tokens, group.last)
    to = next((i for i in range(group.last - 1, group.first - 1, -1) if tokens[i].lower == "to"), 0)
    if to == 0 or not (tokens[to - 1].lower in reporting_verbs() or tokens[to - 1].lower in words("go_on_particle")):
        return None
    subject = sentence_subject(tokens)
    if subject is None or not introduces(tokens, group, content, word.verb):
        return None
    return word.statement(subject, trimmed(tokens, content, clause_end(tokens, content)))


def thought_to(word: ReportingWord) -> Statement | None:
    """ "a group thought to be ...", without a form of "be" before the verb"""
    participles = words("belief", "hearsay", forms=("participle",))
    following = tuple(token.lower for token in word.tokens[word.group.last : word.group.last + 2])
    return _believed(word) if following in (("to", "be"), ("to", "have")) and word.last in participles else None


def said_x(word: ReportingWord) -> Statement | None:
    """ "..., said X" """
    tokens, group = word.tokens, word.group
    after_quote = word.before in _CLOSING_QUOTES and not _is_quoted(tokens, group.first)
    if not after_quote and word.before not in _AFTER_SPEECH:
        return None
    speaker = phrase_after(tokens, group.last)
    if speaker is None or not speaks(tokens, speaker) or not _ends_remark(tokens, speaker, after_quote=after_quote):
        return None
    return word.statement(speaker, around(tokens, group.first, speaker.outer))


def x_said_after(word: ReportingWord) -> Statement | None:
    """ "..., X said" """
    speaker, content = word.subject, word.content
    if speaker is None or not _ends_speech(word.tokens, speaker, content):
        return None
    return word.statement(speaker, around(word.tokens, speaker.outer, max(content, word.group.last)))


def x_said(word: ReportingWord) -> Statement | None:
    """ "X said that ..." """
    speaker, content = word.subject, word.content
    if speaker is None or not introduces(word.tokens, word.group, content, word.verb):
        return None
    if speaker.outer and word.tokens[speaker.outer - 1].lower in words("free_relative"):
        return None  # "Acme has confirmed what it denied in June: records were stolen."
    return word.statement(speaker, trimmed(word.tokens, content, _content_end(word, content)))


def _after_source(tokens: Sequence[Token], speaker: Phrase, *, alone: bool) -> int | None:
    """Return where what is said goes on after "according to X"; `alone`: nothing is said before that."""
    behind = tokens[speaker.outer].lower if speaker.outer < len(tokens) else "."
    if behind == "," or speaker.apposition:
        return _after_relative_clause(tokens, speaker)
    if not alone:
        return None
    # "According to two people familiar with the talks, ..."
    limit = min(len(tokens), speaker.last + _FARTHEST_COMMA)
    return next((i for i in range(speaker.last, limit) if tokens[i].lower == ","), None)


def _after_relative_clause(tokens: Sequence[Token], speaker: Phrase) -> int:
    """Return the index after who speaks, and "who found it": "According to Acme, who found it, the flaw ..."."""
    if speaker.apposition and tokens[speaker.apposition[0]].lower in words("pronoun.relative"):
        first, last = speaker.apposition
        return next((i for i in range(first, last) if tokens[i].lower == ","), last)
    return speaker.last


def _believed(word: ReportingWord) -> Statement | None:
    """Return what is believed by nobody in particular: the part of the sentence with the verb."""
    start = word.group.first
    while start > 0 and not _parts_clauses(word.tokens[start - 1].lower):
        start -= 1
    return word.statement(None, trimmed(word.tokens, start, clause_end(word.tokens, word.group.last)))


def _parts_clauses(token: str) -> bool:
    return token in _PART_SIGNS or token in words("clause_break.belief")


def _may_be_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token after "is said to" can be a verb, rather than whom it is said to."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    return token.is_word and not token.is_capitalised and token.lower not in words("never_a_verb")


def _speaker_of_participle(word: ReportingWord) -> Phrase | None:
    before = word.before or ","
    if before in words("text"):
        issuer = issuer_of_text(word.tokens, word.group.first)  # "published an advisory showing that"
        if issuer:
            return issuer
    if before in _BEFORE_PARTICIPLE or before in words("remark.before_participle"):
        return same_speaker(word)
    speaker = phrase_before(word.tokens, word.group.first)  # "supporters declaring that ..."
    return speaker if speaker and word.tokens[speaker.last - 1].lower in words("speaker") else None


def _is_quoted(tokens: Sequence[Token], index: int) -> bool:
    """Whether a quotation mark opens right before a token: the firm "strongly advised" customers."""
    return index > 0 and tokens[index - 1].end == tokens[index].start


def _ends_remark(tokens: Sequence[Token], speaker: Phrase, *, after_quote: bool) -> bool:
    """
    Whether "said X" ends after X.

    Without quotation marks, the subject of what is said may stand after ", said", rather than who says it.
    """
    first = tokens[speaker.first].lower
    behind = tokens[speaker.last].lower if speaker.last < len(tokens) else "."
    if first in words("nobody_in_particular"):
        return False
    if after_quote:
        return behind in STOPS or behind in OPENING_QUOTES or behind in words("remark.after_speaker")
    inside = speaker.of(tokens)
    named = len(inside) == 1 or any(is_name(token) for token in inside) or first in words("noun_phrase.opening")
    return named and behind in STOPS and first != "it"


def _ends_speech(tokens: Sequence[Token], speaker: Phrase, content: int) -> bool:
    """Whether "X said" stands after what is said, or in the midst of it."""
    if speaker.outer == 0:
        return False
    before = tokens[speaker.outer - 1].lower
    if before in _CLOSING_QUOTES - OPENING_QUOTES:
        return True
    if before not in _CLOSING_QUOTES | _AFTER_SPEECH | {"-"}:
        return False
    behind = tokens[content].lower if content < len(tokens) else "."
    if before == '"' and behind in OPENING_QUOTES:
        return True
    return behind in ".,;!?–—" or behind in words("remark.after", forms=("ing", "only"))


def _content_end(word: ReportingWord, content: int) -> int:
    """Return where what is said ends: before another verb of the speaker, and before a remark about who says so."""
    tokens, end = word.tokens, clause_end(word.tokens, content)
    if tokens[content].lower == "to":  # "claimed to have robbed a bank, and in March it attempted": only the first
        commas = (i for i in range(content, end - 1) if tokens[i].lower == ",")
        return next((i for i in commas if tokens[i + 1].lower in words("coordinator")), end)
    end = min(end, _next_statement(tokens, content, end), _remark(tokens, content, end))
    if _is_subordinate(word, content):
        # "It suggests that thieves broke in before the company says it noticed, and that ..."
        return next((i for i in range(content, end) if tokens[i].lower == ","), end)
    if word.verb.kind is ClaimKind.CONFIRMS and tokens[content - 1].lower != "that":
        return object_end(tokens, content, end)
    return end


def _is_subordinate(word: ReportingWord, content: int) -> bool:
    """Whether the statement stands in a clause like "before Acme says", which what follows a comma does not go on."""
    outer = word.subject.outer if word.subject else 0
    opening = words("clause_opening") - words("coordinator")
    return outer > 0 and word.tokens[outer - 1].lower in opening and word.tokens[content - 1].lower != "that"


def _next_statement(tokens: Sequence[Token], content: int, end: int) -> int:
    """Return where "but suggests" begins another statement by the same speaker; `end` if there is none."""
    for index in range(content + 1, end - 1):
        verb = reporting_verbs().get(tokens[index + 1].lower)
        if verb and verb.form == "s" and tokens[index].lower in words("coordinator"):
            return index
    return end


def _remark(tokens: Sequence[Token], content: int, end: int) -> int:
    """Return where ", Roe said" begins at the end of what is said; `end` if there is none."""
    last = end - 1 if tokens[end - 1].lower in STOPS else end
    if last - 1 <= content or tokens[last - 1].lower not in words("plain_saying", forms=("s", "past")):
        return end
    speaker = phrase_before(tokens, last - 1)
    found = speaker is not None and speaker.outer > content and tokens[speaker.outer - 1].lower == ","
    return speaker.outer - 1 if speaker and found else end
