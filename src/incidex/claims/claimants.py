"""Says who a phrase names: the person, the role, the organisation, and whom a pronoun or a surname means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from incidex.claims.clause import Word
from incidex.claims.lexicon import listed
from incidex.claims.nouns import is_name, is_pronoun
from incidex.claims.phrases import QUOTE_MARKS, Phrase
from incidex.records import Claimant, Span


@dataclass(slots=True)
class Speakers:
    """Who spoke so far in a document, to say whom "he" and "Kremez" mean. It is filled sentence by sentence."""

    text: str
    person: Claimant | None = None
    organisation: Claimant | None = None
    latest: Claimant | None = None
    people: dict[str, Claimant] = field(default_factory=dict)

    def claimant(self, words: Sequence[Word], phrase: Phrase) -> Claimant:
        """Return who `phrase` is, and remember it."""
        inside = words[phrase.first : phrase.last]
        span = Span(inside[0].start, inside[-1].end)
        if is_pronoun(inside):
            return self._meant(span, inside[0].lower, _before_pronoun(words, phrase.first, inside[0].lower))
        found = self._known(_parts(words, phrase, span))
        self.remember(found)
        return found

    def remember(self, one: Claimant) -> None:
        """Take `one` as who spoke, or was spoken of, last."""
        self.latest = one
        if one.person or (one.role and not one.role.of(self.text).lower().endswith("s")):
            self.person = one
        else:
            self.organisation = one
        if one.person:
            self.people.setdefault(_surname(one.person.of(self.text)), one)

    def meet(self, words: Sequence[Word], phrase: Phrase) -> None:
        """Take a name that does not speak as one that "he" or "it" may mean; "Normally" is none."""
        if phrase.last - phrase.first == 1 and words[phrase.first].lower.endswith(("ally", "ently", "edly", "ously")):
            return
        last = next(
            (i for i in range(phrase.first + 1, phrase.last) if is_name(words[i - 1]) and not words[i].capital),
            phrase.last,
        )
        inside = words[phrase.first : last]
        if any(is_name(word) for word in inside):
            found = _parts(words, replace(phrase, last=last), Span(inside[0].start, inside[-1].end))
            self.remember(self._known(found))

    def _meant(self, words: Span, pronoun: str, near: Claimant | None) -> Claimant:
        if pronoun == "it":
            meant = near or self.organisation
        else:
            meant = self.latest if pronoun == "they" else self.person or near
        return replace(meant, words=words) if meant else Claimant(words, words)

    def _known(self, found: Claimant) -> Claimant:
        """Return a person who was named in full before by the surname, with that name."""
        key = _surname((found.person or found.name).of(self.text))
        known = self.people.get(key)
        if known is None or (found.person and " " in found.person.of(self.text)):
            return found
        return replace(known, words=found.words)


def _before_pronoun(words: Sequence[Word], index: int, pronoun: str) -> Claimant | None:
    """Return whom a pronoun can mean in its sentence: "it" the name that the sentence begins with, "he" a person."""
    if pronoun == "they":
        return None
    for first, last, _ in _names(words, 0, index):
        span = Span(words[first].start, words[last - 1].end)
        if pronoun == "it":
            return Claimant(span, span, organisation=span) if first <= 1 else None
        if last - first in (2, 3) and not _is_organisation(words[first:last]):
            return Claimant(span, span, person=span)
    return None


def _surname(name: str) -> str:
    return name.split()[-1].removesuffix("’s").removesuffix("'s").lower()


def _parts(words: Sequence[Word], phrase: Phrase, span: Span) -> Claimant:
    """Tell person, role and organisation in a phrase and in what stands in apposition to it."""
    role = _role(words, phrase.first, phrase.last)
    beside = _role(words, *phrase.apposition) if phrase.apposition else None
    names = _names(words, phrase.first, phrase.last)
    person, organisation = None, None
    for first, last, joined in names:
        if first > phrase.first and _is_body(words[first - 1]):
            organisation = (first, last)  # "security firm Acme Labs"
        elif joined or _is_organisation(words[first:last]):
            organisation = organisation or (first, last)
        elif (role is not None and first > role) or (beside is not None and role is None and person is None):
            person = (first, last)
        elif role is not None and first < role:
            organisation = organisation or (first, last)
        elif _is_person(words, first, last, names):
            person = person or (first, last)
        else:
            organisation = organisation or (first, last)
    if phrase.apposition and organisation is None and person is not None:
        others = [(first, last) for first, last, _ in _names(words, *phrase.apposition)]
        organisation = others[-1] if others else None
    if _heads_organisation(words, phrase) or (person == (phrase.first, phrase.last) and _is_called(words, phrase)):
        person, organisation = None, (phrase.first, phrase.last)
    role_at = _role_span(words, role if role is not None else beside)
    return Claimant(span, span, _span(words, person), role_at, _span(words, organisation))


def _heads_organisation(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether the noun that a phrase ends with, or its part before "of", is one for an organisation: "the company"."""
    joints = (i for i in range(phrase.first + 1, phrase.last) if words[i].lower in (*listed("of_words"), "in"))
    return _is_body(words[next(joints, phrase.last) - 1])


def _is_body(word: Word) -> bool:
    """Whether a noun before a name says that it is an organisation's: "firm"."""
    other = listed("roles", "human", "findings", "texts", "plural")
    return not word.capital and word.lower in listed("speakers", "arms") and word.lower not in other


def _is_called(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether a name is one that a group is introduced by: 'calling itself Pale Heron', 'the group "Pale Heron"'."""
    before = words[phrase.first - 1].lower if phrase.first else ""
    quoted = phrase.last < len(words) and words[phrase.last].lower in QUOTE_MARKS and before in QUOTE_MARKS
    return quoted or before in ("itself", "themselves")


def _role(words: Sequence[Word], first: int, last: int) -> int | None:
    return next((i for i in range(first, last) if words[i].lower in listed("roles")), None)


def _role_span(words: Sequence[Word], index: int | None) -> Span | None:
    """Return the words of a role: "director of research"."""
    if index is None:
        return None
    last = index + 1
    behind = words[last : last + 2]
    if len(behind) == 2 and behind[0].lower == "of":
        last += 2 if not behind[1].capital and behind[1].lower not in listed("determiners") else 0
    elif behind and [words[index].lower, behind[0].lower] == ["chief", "executive"]:
        last += 1
    return Span(words[index].start, words[last - 1].end)


def _names(words: Sequence[Word], first: int, last: int) -> list[tuple[int, int, bool]]:
    """Return the runs of capitalised words, and whether "of", "for" or "at" stands before each."""
    runs: list[tuple[int, int, bool]] = []
    index = first
    while index < last:
        if not is_name(words[index]) or words[index].lower in listed("places", "titles", "roles"):
            index += 1
            continue
        start, index = index, _end_of_name(words, index, last)
        before = next((words[i].lower for i in range(start - 1, first - 1, -1) if words[i].lower != "the"), "")
        if before == "with" and any(word.lower in listed("texts") for word in words[first:start]):
            continue  # "a filing with the SEC" is not the SEC's.
        if before == "in" or _is_rank(words, start, index, last):
            continue  # Neither "New York" nor "Prime" in "Prime Minister".
        runs.append((start, index, before in listed("of_words")))
    return runs


def _is_rank(words: Sequence[Word], start: int, end: int, last: int) -> bool:
    followed = end < last and words[end].lower in listed("roles", "titles")
    return followed and all(word.lower in listed("ranks") for word in words[start:end])


def _end_of_name(words: Sequence[Word], start: int, last: int) -> int:
    """Return the index behind the name that begins at `start`, past "&", and past "for" and "and" in an agency's."""
    index = start
    while index < last and is_name(words[index]) and words[index].lower not in listed("roles"):
        index += 1
        if words[index - 1].lower.endswith("'s"):
            break
        if index < last:
            index += _joint(words, start, index, last)
    return index


def _joint(words: Sequence[Word], start: int, index: int, last: int) -> int:
    """Return how many small words at `index` join a name from `start` on with more of it, before `last`; 0 for none."""
    joint, before = words[index].lower, words[index - 1].lower
    length = 1 + (joint in ("of", "for") and [word.lower for word in words[index + 1 : last]][:1] == ["the"])
    behind = index + length
    if behind >= last or not is_name(words[behind]):
        return 0
    if joint == "&" or (joint in ("of", "for") and before in listed("agencies")):
        return length
    # "The Securities and Exchange Commission" has "the" in front, and no abbreviation: not so "the FBI and ...".
    single = start > 0 and words[start - 1].lower == "the" and index == start + 1 and not words[start].text.isupper()
    ends = _end_of_name(words, behind, last) if joint == "and" and single else behind
    return length if ends > behind + 1 and words[ends - 1].lower in listed("agencies") else 0


def _is_organisation(words: Sequence[Word]) -> bool:
    last = words[-1].lower
    abbreviated = words[-1].text.isupper() and len(words[-1].text) > 1
    joined = any(not is_name(word) for word in words)  # "Marlowe & Finch"
    return joined or abbreviated or last in listed("organisations") or last.endswith("'s")


def _is_person(words: Sequence[Word], first: int, last: int, names: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether a name without a role looks like a person's: two or three words, or one behind a title."""
    titled = first > 0 and words[first - 1].lower in listed("titles")
    of_somebody = any(joined for start, _, joined in names if start > first)
    plain = all(word.text.replace("-", "").replace("’", "").replace("'", "").isalpha() for word in words[first:last])
    return titled or (plain and last - first in (2, 3)) or (of_somebody and plain)


def _span(words: Sequence[Word], place: tuple[int, int] | None) -> Span | None:
    if place is None:
        return None
    last = words[place[1] - 1]
    return Span(words[place[0]].start, last.end - 2 if last.lower.endswith("'s") else last.end)
