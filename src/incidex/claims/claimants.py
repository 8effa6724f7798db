"""Says who a phrase names: the person, the role, the organisation, and whom a pronoun or a surname means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from incidex.claims.clause import Word
from incidex.claims.lexicon import listed
from incidex.claims.phrases import Phrase, is_name, is_pronoun
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
        if joined or _is_organisation(words[first:last]):
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
    if _heads_organisation(words, phrase):
        person, organisation = None, (phrase.first, phrase.last)
    role_at = _role_span(words, role if role is not None else beside)
    return Claimant(span, span, _span(words, person), role_at, _span(words, organisation))


def _heads_organisation(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether the noun that a phrase ends with, or its part before "of", is one for an organisation: "the company"."""
    joint = next((i for i in range(phrase.first + 1, phrase.last) if words[i].lower in listed("of_words")), phrase.last)
    head = words[joint - 1]
    return (
        not head.capital and head.lower in listed("speakers") and head.lower not in listed("roles", "human", "findings")
    )


def _role(words: Sequence[Word], first: int, last: int) -> int | None:
    return next((i for i in range(first, last) if words[i].lower in listed("roles")), None)


def _role_span(words: Sequence[Word], index: int | None) -> Span | None:
    """Return the words of a role: "director of research"."""
    if index is None:
        return None
    last = index + 1
    if words[last : last + 1] and words[last].lower == "of" and last + 1 < len(words) and not words[last + 1].capital:
        last = min(len(words), last + 2)
    return Span(words[index].start, words[last - 1].end)


def _names(words: Sequence[Word], first: int, last: int) -> list[tuple[int, int, bool]]:
    """Return the runs of capitalised words, and whether "of", "for" or "at" stands before each."""
    runs: list[tuple[int, int, bool]] = []
    index = first
    while index < last:
        if (
            not is_name(words[index])
            or words[index].lower in listed("places")
            or words[index].lower in listed("titles")
            or words[index].lower in listed("roles")
        ):
            index += 1
            continue
        start = index
        while index < last and is_name(words[index]) and words[index].lower not in listed("roles"):
            index += 1
            if words[index - 1].lower.endswith("'s"):
                break
        before = next((words[i].lower for i in range(start - 1, first - 1, -1) if words[i].lower != "the"), "")
        runs.append((start, index, before in listed("of_words")))
    return runs


def _is_organisation(words: Sequence[Word]) -> bool:
    last = words[-1].lower
    return (
        last in listed("organisations") or last.endswith("'s") or (words[-1].text.isupper() and len(words[-1].text) > 1)
    )


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
