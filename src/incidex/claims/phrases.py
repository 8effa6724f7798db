"""Finds the noun phrase beside a verb, without a parser: how far it reaches, and what stands in apposition to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.clause import Word
from incidex.claims.lexicon import lexicon, listed
from incidex.claims.nouns import can_speak, is_name
from incidex.tables import table

QUOTE_MARKS = frozenset("“”\"‘’'")
# Phrases of more words are lists or run-on text, not names of who speaks.
_MOST_WORDS = 24
_MOST_APPOSITION = 45


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A noun phrase: indices of its first word and behind its last, and those of what stands in apposition to it.

    `outer` is where the whole begins (or ends, for a phrase on the right), apposition included.
    """

    first: int
    last: int
    outer: int
    apposition: tuple[int, int] | None = None


def phrase_before(words: Sequence[Word], end: int) -> Phrase | None:
    """Return the noun phrase whose last word is before index `end`, perhaps with a clause in commas between."""
    if end <= 0:
        return None
    if words[end - 1].lower in ("–", "—", ","):
        return _before_apposition(words, end - 1)
    if words[end - 1].lower in listed("relatives"):
        ahead = phrase_before(words, end - 2 if end > 1 and words[end - 2].lower == "," else end - 1)
        return ahead and Phrase(ahead.first, ahead.last, ahead.outer)
    quoted = _quoted_name(words, end)
    if quoted:
        return quoted
    first = _start_of(words, end)
    found = Phrase(first, end, first) if first is not None else None
    return found if found and speaks(words, found) else _before_relative(words, end) or found


def phrase_after(words: Sequence[Word], start: int) -> Phrase | None:
    """Return the noun phrase that begins at index `start`, with what stands in apposition behind it."""
    while start < len(words) and words[start].lower in QUOTE_MARKS:
        start += 1
    last = _end_of(words, start)
    if last is None:
        return None
    if last < len(words) and words[last].lower in ",–—" and last + 1 < len(words):
        stop = next(
            (
                i
                for i in range(last + 1, min(len(words), last + _MOST_APPOSITION))
                if words[i].lower in (".", "“", '"', ";", ":")
            ),
            min(len(words), last + _MOST_APPOSITION),
        )
        if _opens_apposition(words, last + 1):
            return Phrase(start, last, stop, (last + 1, stop))
    return Phrase(start, last, last)


def named_behind(words: Sequence[Word], phrase: Phrase) -> Phrase:
    """Return a phrase with the name that is given to it behind: "a group calling itself Pale Heron"."""
    index = phrase.last
    ahead = words[index : index + 5]
    if not ahead or ahead[0].lower not in ("that", "which", "calling", "called", "known", "dubbed", "named"):
        return phrase
    names = [index + i for i, word in enumerate(ahead) if is_name(word)]
    if not names or not any(
        word.lower in ("calls", "call", "calling", "called", "known", "dubbed", "named") for word in ahead
    ):
        return phrase
    last = names[0]
    while last < len(words) and is_name(words[last]):
        last += 1
    return Phrase(phrase.first, last, last)


def speaks(words: Sequence[Word], phrase: Phrase, *, loose: bool = False) -> bool:
    """Whether a phrase can name who speaks; with `loose`, any noun with an article can."""
    return can_speak(words[phrase.first : phrase.last], loose=loose)


def _quoted_name(words: Sequence[Word], end: int) -> Phrase | None:
    """Return the name in 'the group "Pale Heron"' or 'calling itself "Pale Heron"' that ends before index `end`."""
    if words[end - 1].lower not in QUOTE_MARKS:
        return None
    opened = next((i for i in range(end - 2, max(0, end - 8), -1) if words[i].lower in QUOTE_MARKS), 0)
    names = words[opened + 1 : end - 1]
    if not opened or not names or not all(is_name(word) or word.text.isdigit() for word in names):
        return None
    before = words[opened - 1].lower
    groups = listed("actors", "nobody", "organisations")
    introduced = before in listed("introducing") or (before in groups and before in listed("speakers"))
    return Phrase(opened + 1, end - 1, opened) if introduced else None


def _before_relative(words: Sequence[Word], end: int) -> Phrase | None:
    """Return "the researchers" in "the researchers who found the flaws explained"."""
    for index in range(end - 1, max(0, end - 12), -1):
        if words[index].lower in QUOTE_MARKS or words[index].lower in (",", ".", ";", ":"):
            return None
        if words[index].lower == "who":
            return phrase_before(words, index)
    return None


def _before_apposition(words: Sequence[Word], comma: int) -> Phrase | None:
    """Return the phrase before "X, director of research at Y" where the second comma is at `comma`."""
    for index in range(comma - 1, max(0, comma - _MOST_APPOSITION), -1):
        if words[index].lower in (".", ";", ":"):
            return None
        if words[index].lower not in (",", "–", "—") or not _opens_apposition(words, index + 1):
            continue
        first = _start_of(words, index)
        inside_other = first and words[first - 1].lower in listed("joining")
        if first is not None and not inside_other and _heads(words, first, index):
            return Phrase(first, index, first, (index + 1, comma))
    return None


def _opens_apposition(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if word.lower in ("who", "which", "whose", "formerly", "also", "part") or word.lower.endswith("ed"):
        return True
    ahead = words[index : index + 6]
    roles, speakers = listed("roles"), listed("speakers")
    if word.lower in listed("determiners"):
        return True
    return any(one.lower in roles or one.lower in speakers for one in ahead) and word.lower not in listed("ends")


def _heads(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a phrase before an apposition is a name or a noun that speaks."""
    return any(is_name(word) or word.lower in listed("speakers") for word in words[first:last])


def _start_of(words: Sequence[Word], end: int) -> int | None:
    """Return where the noun phrase begins that ends before index `end`; None if there is none."""
    head = words[end - 1]
    if head.lower in listed("pronouns"):
        return end - 1
    if head.lower == ")":
        opened = next((i for i in range(end - 2, max(-1, end - 8), -1) if words[i].lower == "("), None)
        return _start_of(words, opened) if opened else None
    if head.lower == "!" and end > 1 and is_name(words[end - 2]):
        return _start_of(words, end - 1)
    if not head.letters or head.lower in listed("ends", "joining", "determiners", "first_person", "days"):
        return None
    index = end - 1
    while index > 0 and end - index < _MOST_WORDS and _goes_on(words, index, end):
        index -= 1
    while index < end and words[index].lower in listed("joining", "list_signs"):
        index += 1
    return index if index < end else None


def _goes_on(words: Sequence[Word], index: int, end: int) -> bool:
    """Whether the phrase reaches from `words[index]` to the word before it."""
    here, before = words[index], words[index - 1]
    if before.lower == "and" and here.lower in listed("whose_allies") and words[end - 1].lower in listed("allies"):
        return index > 1 and is_name(words[index - 2])  # "the US and its allies"
    if here.lower in listed("determiners") and here.lower != "one":
        in_place = here.capital and before.lower == "in"  # "the embassy in The Hague"
        return (
            (in_place or before.lower in listed("of_words"))
            and index > 1
            and (_is_noun(words[index - 2]) or words[index - 2].lower in listed("counts"))
        )
    if before.lower in listed("joining"):
        return _joins(words, index - 1)
    if before.lower == "&":
        return True
    if before.lower == "and":
        return index > 1 and _coordinates(words, index, end)
    if before.lower == "," and index > 1:
        return is_name(here) and is_name(words[index - 2]) and _in_list(words, index, end)
    if before.lower == "." and index > 1 and words[index - 2].lower in listed("titles"):
        return True  # "Dr. Roe"
    if not before.letters:
        return before.lower == "!" and index > 1 and is_name(words[index - 2]) and not here.capital
    if before.lower in listed("determiners"):
        return before.lower != "that"
    return before.lower not in listed("ends", "days") and _fits(words, index)


def _fits(words: Sequence[Word], index: int) -> bool:
    """Whether the word before `words[index]`, which is no small word, belongs to the same phrase."""
    here, before = words[index], words[index - 1]
    if before.capital:
        return index - 1 > 0 or is_name(before) or _is_noun(before)
    verb = lexicon().verbs.get(before.lower)
    if before.lower.endswith("ly") or (verb and verb.form != "base"):
        return before.lower in listed("speakers")
    # A plain word before a name is its role ("spokesman David Beharry") or part of another phrase.
    plain = listed("speakers")
    alone = index > 1 and words[index - 2].lower in listed("determiners")
    return not here.capital or before.lower in plain or here.lower in plain or alone


def _joins(words: Sequence[Word], index: int) -> bool:
    """Whether a preposition ties two parts of one phrase: "a spokesman for the FBI", but not "on Friday police"."""
    if index == 0:
        return False
    before = words[index - 1]
    if words[index].lower in ("of", "for", "at", "from", "with"):
        return _is_noun(before) or before.lower in listed("counts")
    if words[index].lower == "by":
        return before.lower in listed("findings") or before.lower in ("report", "study", "survey", "statement", "post")
    # "prosecutors in New York", but not "in an attack on the agency in April".
    placed = index + 1 < len(words) and (is_name(words[index + 1]) or words[index + 1].text == "The")
    return words[index].lower == "in" and (before.lower in listed("roles") or (placed and _is_noun(before)))


def _is_noun(word: Word) -> bool:
    return is_name(word) or word.lower in listed("speakers") or word.lower in ("research", "intelligence", "data")


def _coordinates(words: Sequence[Word], index: int, end: int) -> bool:
    here, before = words[index], words[index - 2]
    if is_name(here) and is_name(before):
        return True
    plain = listed("speakers", "arms")
    return before.lower in plain and any(word.lower in plain for word in words[index:end])


def _in_list(words: Sequence[Word], index: int, end: int) -> bool:
    return any(word.lower == "and" for word in words[index:end])


def _end_of(words: Sequence[Word], start: int) -> int | None:
    """Return the index behind the noun phrase that begins at `start`; None if there is none."""
    if start >= len(words):
        return None
    if words[start].lower in listed("pronouns"):
        return start + 1
    index = start
    while index < len(words) and index - start < _MOST_WORDS and _reaches(words, index, start):
        index += 1
    while index > start and (
        words[index - 1].lower in listed("joining", "determiners", "days") or words[index - 1].lower == "and"
    ):
        index -= 1
    return index if index > start and any(word.letters for word in words[start:index]) else None


def _reaches(words: Sequence[Word], index: int, start: int) -> bool:
    word = words[index]
    if word.lower == "and" and index > start:
        return index + 1 < len(words) and _coordinates(words, index + 1, index + 4)
    if word.lower in ("@", "&", "#"):
        return True
    if not word.letters or word.lower in listed("first_person") or word.lower in listed("days"):
        return False
    if word.lower == "by":
        return index > start and (
            words[index - 1].lower in listed("findings")
            or words[index - 1].lower in ("report", "study", "survey", "post")
        )
    if word.lower in ("that", "which") and index > start:
        return False
    if word.lower in ("to", "on") or (word.lower in listed("ends") and word.lower not in listed("determiners")):
        return False
    if word.lower == "in":
        return (
            index > start
            and _is_noun(words[index - 1])
            and index + 1 < len(words)
            and words[index + 1].lower not in listed("determiners")
        )
    if index > start and words[index - 1].actor and not (word.capital or _says_what(words, index)):
        return False  # "hackers linked to Pale Heron stole"
    ended = index > start and not word.capital and word.lower not in listed("speakers")
    if ended and (
        words[index - 1].lower in listed("speakers") or (is_name(words[index - 1]) and word.lower.endswith("ed"))
    ):
        return False
    return word.lower not in lexicon().verbs or word.lower in listed("speakers")


def _says_what(words: Sequence[Word], index: int) -> bool:
    """Whether a noun at `index`, behind an actor's name, says what it names: "Pale Heron hacking group", "malware"."""
    ahead = [word.lower for word in words[index : index + 2]]
    causes = table("incidex.claims", "attributions")["causes"]
    return ahead[0] in causes or not listed("actors", "nobody").isdisjoint(ahead)
