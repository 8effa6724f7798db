"""
Finds where a sentence reports what somebody says: who, with which reporting words, and which part of it is said.

There is no parser: the order of subject, verb and commas decides. "X said [that] ...", "..., X said", "..., said X",
"according to X, ...", "..., adding that ...", "is believed to ...", "described by X as ...".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from incidex.claims.clause import Word
from incidex.claims.contents import (
    OPENING,
    STOPS,
    after_dateline,
    around,
    begin_of,
    end_of_clause,
    end_of_object,
    introduces,
    span_of,
    start_of_clause,
    stop_behind,
    stretch,
)
from incidex.claims.lexicon import Verb, lexicon, listed
from incidex.claims.non_reporting import is_heading, says_nothing
from incidex.claims.nouns import is_name
from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks
from incidex.claims.verbs import Group, agrees, group_of, has_particle, past_day
from incidex.records import ClaimKind, Span

_CLOSING = frozenset("”\"’'")
_PART_SIGNS = frozenset("(,;–—“")
_BEFORE_PARTICIPLE = _PART_SIGNS | {")", "-"}
_FARTHEST_SUBJECT = 14


@dataclass(frozen=True, slots=True)
class Statement:
    """
    What somebody says in one sentence.

    Attributes:
        kind: What the reporting words make of it.
        speaker: The words of the sentence that name who speaks; None where nobody is named.
        cue: The reporting words.
        contents: What is said, in the order of the text, within the sentence.
        negated: Whether the reporting words are negated or refused: "did not say", "declined to say".
        rule: Which pattern it has.
    """

    kind: ClaimKind
    speaker: Phrase | None
    cue: Span
    contents: tuple[Span, ...]
    negated: bool
    rule: str


def statements(words: Sequence[Word]) -> list[Statement]:
    """Return the statements of a sentence in the order of their reporting words."""
    verbs, finding = lexicon().verbs, listed("finding")
    found: list[Statement] = []
    for index, word in enumerate(words):
        lower = word.lower
        verb = verbs.get(lower)
        if lower == "according" and words[index + 1 : index + 2] and words[index + 1].lower == "to":
            found += _according(words, index)
        elif lower in finding and [one.lower for one in words[index + 1 : index + 2]] == ["no"]:
            found += _no_finding(words, index)
        elif verb and has_particle(words, index) and not is_heading(words, index):
            statement = _of_verb(words, index, verb, found)
            found += [statement] if statement else []
    return [_of_whom(one, found, words) for one in found] if len(found) > 1 else found


def _of_whom(one: Statement, all_of_them: Sequence[Statement], words: Sequence[Word]) -> Statement:
    """Give a statement without a speaker, or by "his analysis", to whoever says it: "X said his analysis indicated"."""
    if one.speaker and words[one.speaker.last - 1].lower not in listed("findings"):
        return one
    for other in all_of_them:
        inside = any(span.start <= one.cue.start < span.end for span in other.contents)
        if other is not one and other.speaker and inside:
            outer = next(span for span in other.contents if span.start <= one.cue.start < span.end)
            clipped = (Span(max(span.start, outer.start), min(span.end, outer.end)) for span in one.contents[:1])
            return replace(one, speaker=other.speaker, contents=tuple(clipped))
    return one


def _no_finding(words: Sequence[Word], index: int) -> Iterator[Statement]:
    """Yield "X has found no evidence that ..."; what is said begins at "no", so that it is denied."""
    if not any(word.lower in listed("found") for word in words[index + 2 : index + 4]):
        return
    if words[index].lower == "of" and (index == 0 or words[index - 1].lower not in ("know", "knows", "knew", "aware")):
        return
    group = group_of(words, index - (words[index].lower == "of"))
    speaker = phrase_before(words, group.first)
    if speaker and speaks(words, speaker):
        spans = stretch(words, index + 1, end_of_clause(words, index + 1))
        yield Statement(
            ClaimKind.STATES, speaker, span_of(words, group.cue, index + 1), spans, False, "found no evidence"
        )


def _of_verb(words: Sequence[Word], index: int, verb: Verb, found: Sequence[Statement]) -> Statement | None:
    group = group_of(words, index)
    if group.passive:
        return _passive(words, group, verb)
    if verb.form == "ing":
        return _participle(words, group, verb, found)
    if verb.form == "participle" or (verb.form == "base" and group.infinitive and not group.negated):
        return _infinitive(words, group, verb)
    following = [word.lower for word in words[group.last : group.last + 2]]
    if len(following) == 2 and following[0] == "to" and following[1] in lexicon().verbs:
        return None  # "tweeted to confirm that": the second verb says it.
    if following in (["to", "be"], ["to", "have"]) and words[group.last - 1].lower in listed("believed", "held"):
        spans = stretch(words, _last_part(words, group.first), end_of_clause(words, group.last))
        return _statement(words, group, verb, None, spans, "is believed")
    return _inverted(words, group, verb) or _finite(words, group, verb, found)


def _inverted(words: Sequence[Word], group: Group, verb: Verb) -> Statement | None:
    """ "...," said X"""
    before = words[group.first - 1].lower if group.first else ""
    opened = group.first > 0 and words[group.first - 1].end == words[group.first].start
    after_quote = before in _CLOSING and not opened  # Not so in: the firm "strongly advised" customers
    if not after_quote and before not in (",", "?", "!"):
        return None
    speaker = phrase_after(words, group.last)
    if speaker is None or not speaks(words, speaker) or words[speaker.first].lower in listed("anybody"):
        return None
    behind = words[speaker.last].lower if speaker.last < len(words) else "."
    # Behind ", said" without quotation marks may stand the subject of what is said, rather than who says it.
    ends = behind in STOPS or (after_quote and (behind in OPENING or behind in listed("behind_speaker")))
    named = any(is_name(word) for word in words[speaker.first : speaker.last]) or speaker.last - speaker.first == 1
    ends = ends and (after_quote or named or words[speaker.first].lower in listed("determiners"))
    if not ends or (words[speaker.first].lower == "it" and not after_quote):
        return None
    return _statement(words, group, verb, speaker, around(words, group.first, speaker.outer), "..., said X")


def _finite(words: Sequence[Word], group: Group, verb: Verb, found: Sequence[Statement]) -> Statement | None:
    """ "X said that ...", "..., X said" """
    speaker = _who(words, group, verb, found)
    if speaker is None or not agrees(words, speaker, group, verb) or says_nothing(words, speaker, group, verb):
        return None
    content = begin_of(words, group.last)
    if group.last < len(words) and words[group.last].lower in listed("adjuncts") and speaker.outer:
        content = stop_behind(words, group.last) or content
    if _closes(words, speaker, content):
        spans = around(words, speaker.outer, max(content, group.last))
        return _statement(words, group, verb, speaker, spans, "..., X said")
    if not introduces(words, group, content, verb):
        return None
    end = end_of_clause(words, content)
    if words[content].lower == "to":  # "claimed to have robbed a bank, and in March it attempted": only the first
        commas = (i for i in range(content, end - 1) if words[i].lower == "," and words[i + 1].lower in ("and", "but"))
        end = next(commas, end)
    elif verb.kind is ClaimKind.CONFIRMS and words[content - 1].lower != "that":
        end = end_of_object(words, content, end)
    return _statement(words, group, verb, speaker, stretch(words, content, end), "X said")


def _statement(
    words: Sequence[Word], group: Group, verb: Verb, speaker: Phrase | None, contents: tuple[Span, ...], rule: str
) -> Statement | None:
    """Return a statement, if anything is said."""
    cue = span_of(words, group.cue, group.last)
    return Statement(verb.kind, speaker, cue, contents, group.negated, rule) if contents else None


def _passive(words: Sequence[Word], group: Group, verb: Verb) -> Statement | None:
    """ "It is believed that ...", "are believed to have ...", "was described by X as ..." """
    following = words[group.last].lower if group.last < len(words) else ""
    start, end = start_of_clause(words, group.first), end_of_clause(words, group.last)
    if following == "by" and (verb.with_as or not verb.needs_clause):
        speaker = phrase_after(words, group.last + 1)
        if speaker is None or not speaks(words, speaker):
            return None
        spans = stretch(words, start, group.first) + stretch(words, speaker.last, end)
        return _statement(words, group, verb, speaker, spans, "said by X")
    verb_like = group.last + 1 < len(words) and _is_verb_like(words[group.last + 1])
    believed = (following == "to" and verb_like) or following == "that"
    if verb.kind is ClaimKind.STATES and words[group.last - 1].lower in listed("told", "warned"):
        return None
    if (
        believed
        and verb.kind in (ClaimKind.SUSPECTS, ClaimKind.STATES)
        or (following == "of" and verb.kind is ClaimKind.SUSPECTS)
    ):
        return _statement(words, group, verb, None, stretch(words, _last_part(words, group.first), end), "is believed")
    return None


def _last_part(words: Sequence[Word], index: int) -> int:
    """Return where the part of the sentence begins that "is believed", at `index`, is said of."""
    parts = (i for i in range(index - 1, -1, -1) if words[i].lower in _PART_SIGNS or words[i].lower in listed("parts"))
    return next(parts, -1) + 1


def _is_verb_like(word: Word) -> bool:
    """Whether a word behind "is said to" can be a verb, rather than whom it is said to."""
    return word.letters and not word.capital and word.lower not in listed("no_verbs")


def _participle(words: Sequence[Word], group: Group, verb: Verb, found: Sequence[Statement]) -> Statement | None:
    """ "..., adding that ..." """
    content = begin_of(words, group.last)
    if not introduces(words, group, content, verb):
        return None
    before = words[group.first - 1].lower if group.first else ","
    if before in _BEFORE_PARTICIPLE or before in listed("before_participle"):
        speaker = found[-1].speaker if found else _subject(words)
    else:  # "supporters declaring that ..."
        speaker = phrase_before(words, group.first)
        speaker = speaker if speaker and words[speaker.last - 1].lower in listed("speakers") else None
    spans = stretch(words, content, end_of_clause(words, content))
    return _statement(words, group, verb, speaker, spans, "adding that") if speaker else None


def _infinitive(words: Sequence[Word], group: Group, verb: Verb) -> Statement | None:
    """ "went on to say that ...", "has tweeted to confirm that ..." """
    content = begin_of(words, group.last)
    to = next((i for i in range(group.last - 1, group.first - 1, -1) if words[i].lower == "to"), 0)
    leads = to > 0 and (words[to - 1].lower in lexicon().verbs or words[to - 1].lower in ("on", "forward"))
    subject = _subject(words) if leads else None
    if subject is None or not introduces(words, group, content, verb):
        return None
    spans = stretch(words, content, end_of_clause(words, content))
    return _statement(words, group, verb, subject, spans, "to confirm that")


def _according(words: Sequence[Word], index: int) -> Iterator[Statement]:
    speaker = phrase_after(words, index + 2)
    if speaker is None:
        return
    joined = index > 0 and words[index - 1].lower in ("but", "and", "while", "although")
    start, end = index if joined else start_of_clause(words, index), end_of_clause(words, speaker.outer)
    behind = words[speaker.outer].lower if speaker.outer < len(words) else "."
    spans = stretch(words, start, index)
    comma = next((i for i in range(speaker.last, min(len(words), speaker.last + 12)) if words[i].lower == ","), None)
    if behind == "," or speaker.apposition:
        spans += stretch(words, _behind_relative(words, speaker), end)
    elif not spans and comma:  # "According to two people familiar with the talks, ..."
        spans += stretch(words, comma, end)
    if spans:
        yield Statement(ClaimKind.STATES, speaker, span_of(words, index, index + 2), spans, False, "according to X")


def _behind_relative(words: Sequence[Word], speaker: Phrase) -> int:
    """Return the index behind who speaks, and "who found it": "According to Acme, who found it, the flaw ..."."""
    if speaker.apposition and words[speaker.apposition[0]].lower in listed("relatives"):
        first, last = speaker.apposition
        return next((i for i in range(first, last) if words[i].lower == ","), last)
    return speaker.last


def _who(words: Sequence[Word], group: Group, verb: Verb, found: Sequence[Statement]) -> Phrase | None:
    """Return who says it: the phrase before the verb, or what an earlier verb or the sentence has for its subject."""
    before = words[group.first - 1].lower if group.first else ""
    if before in ("and", "but"):
        return found[-1].speaker if found else _subject(words)
    loose = verb.kind in (ClaimKind.DENIES, ClaimKind.CONFIRMS) or words[group.last - 1].lower in listed("saying")
    speaker = phrase_before(words, past_day(words, group.first))
    if speaker and words[speaker.first].lower in listed("anybody"):
        return None
    if speaker and speaks(words, speaker, loose=loose):
        return speaker
    subject = _subject(words)
    if subject is None or not 0 < group.first - subject.last < _FARTHEST_SUBJECT:
        return None
    between = [word.lower for word in words[subject.last : group.first]]
    opens = between[0].endswith(("ed", "en", "ing")) or between[0] in ("from", "at", "in", "on", "with", "by", "seen")
    return subject if opens and not any(word in lexicon().verbs or word in STOPS for word in between) else None


def _closes(words: Sequence[Word], speaker: Phrase, content: int) -> bool:
    """Whether "X said" stands behind what is said, or in the midst of it."""
    behind = words[content].lower if content < len(words) else "."
    if speaker.outer == 0:
        return False
    before = words[speaker.outer - 1].lower
    if before in _CLOSING and before not in OPENING:
        return True
    if before in _CLOSING | {",", "?", "!"} or before == "-":
        at_end = behind in ".,;!?–—" or behind in listed("after_remark")
        return at_end or (before == '"' and behind in OPENING)
    return False


def _subject(words: Sequence[Word]) -> Phrase | None:
    """Return the first noun phrase of the sentence, if it can speak."""
    start = after_dateline(words)
    while start < len(words) and not words[start].letters:
        start += 1
    phrase = phrase_after(words, start)
    return phrase if phrase and speaks(words, phrase) else None
