"""Tells person, role and organisation apart in the phrase that names a claimant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidex.claims.contents import span_of
from incidex.claims.nouns import is_name
from incidex.claims.phrases import QUOTE_MARKS, Phrase
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import Claimant, Span


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised tokens, from `first` up to before `last`, and whether "of", "for" or "at" joins it."""

    first: int
    last: int
    joined: bool


def read_parts(tokens: Sequence[Token], phrase: Phrase) -> Claimant:
    """Return whom a phrase names, with the person, role and organisation in it and in its apposition."""
    role = _find_role(tokens, phrase.first, phrase.last)
    role_beside = _find_role(tokens, *phrase.apposition) if phrase.apposition else None
    person, organisation = _person_and_organisation(tokens, phrase, role, role_beside)
    beside = names_in(tokens, *phrase.apposition) if phrase.apposition else []
    if beside and person and not organisation:
        organisation = beside[-1]
    whole = Name(phrase.first, phrase.last, joined=False)
    is_whole = person is not None and (person.first, person.last) == (whole.first, whole.last)
    if _heads_organisation(tokens, phrase) or (is_whole and _is_called(tokens, phrase)):
        person, organisation = None, whole
    span = span_of(tokens, phrase.first, phrase.last)
    name = span
    if beside and person is None and role is not None and role_beside is None and beside[0].last == _end(phrase):
        person, name = beside[0], span_of(tokens, beside[0].first, beside[0].last)  # "its chief executive, Ruben Ochoa"
    role_span = _role_span(tokens, role if role is not None else role_beside)
    return Claimant(span, name, _name_span(tokens, person), role_span, _name_span(tokens, organisation))


def _end(phrase: Phrase) -> int:
    return phrase.apposition[1] if phrase.apposition else phrase.last


def names_in(tokens: Sequence[Token], first: int, last: int) -> list[Name]:
    """Return the names in the tokens from `first` up to before `last`; places, titles and ranks are none."""
    return [name for name in _capitalised(tokens, first, last) if not _is_no_party(tokens, name, first, last)]


def is_organisation(name: Sequence[Token]) -> bool:
    """Whether a name looks like an organisation's: "Marlowe & Finch", "FBI", "Acme Inc"."""
    last = name[-1].lower
    abbreviated = name[-1].text.isupper() and len(name[-1].text) > 1
    joined = any(not is_name(token) for token in name)
    ends = words("organisation_end", "legal_form") | (words("name_ending") - words("name_ending.weak"))
    return joined or abbreviated or last in ends or last.endswith("'s")


def _person_and_organisation(
    tokens: Sequence[Token], phrase: Phrase, role: int | None, role_beside: int | None
) -> tuple[Name | None, Name | None]:
    """Return the person and the organisation among the names in a phrase; `role`: at which token a role is named."""
    names = names_in(tokens, phrase.first, phrase.last)
    person, organisation = None, None
    for name in names:
        if name.first > phrase.first and _is_organisation_noun(tokens[name.first - 1]):
            organisation = name  # "security firm Acme Labs"
        elif name.joined or is_organisation(tokens[name.first : name.last]):
            organisation = organisation or name
        elif _is_person(tokens, name, names, role, certain=role_beside is not None and person is None):
            person = name if role is not None else person or name
        else:
            organisation = organisation or name
    return person, organisation


def _heads_organisation(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase ends with a noun for an organisation, or its part before "of" does: "the company"."""
    joints = words("preposition.before_organisation") | {"in"} | {one.split()[0] for one in words("source_of_news")}
    end = next((i for i in range(phrase.first + 1, phrase.last) if tokens[i].lower in joints), phrase.last)
    return _is_organisation_noun(tokens[end - 1])


def _is_organisation_noun(token: Token) -> bool:
    """Whether a noun before a name says that the name is an organisation's: "firm"."""
    if token.is_capitalised or token.lower not in words("speaker", "arm_of_state"):
        return False
    return token.lower not in words("job_title", "human", "analysis", "text", "plural_without_s")


def _is_called(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a name is one that a group is introduced by: 'calling itself Pale Heron', 'the group "Pale Heron"'."""
    before = tokens[phrase.first - 1].lower if phrase.first else ""
    quoted = phrase.last < len(tokens) and tokens[phrase.last].lower in QUOTE_MARKS and before in QUOTE_MARKS
    return quoted or before in words("pronoun.reflexive")


def _find_role(tokens: Sequence[Token], first: int, last: int) -> int | None:
    return next((i for i in range(first, last) if tokens[i].lower in words("job_title")), None)


def _role_span(tokens: Sequence[Token], index: int | None) -> Span | None:
    """Return where a role is named: "director of research", "chief executive"."""
    if index is None:
        return None
    behind = [token.lower for token in tokens[index + 1 : index + 3]]
    last = index + 1
    if len(behind) == 2 and behind[0] == "of":
        subject = tokens[index + 2]
        last += 2 if not subject.is_capitalised and subject.lower not in words("noun_phrase.opening") else 0
    elif [tokens[index].lower, *behind[:1]] == ["chief", "executive"]:
        last += 1
    return span_of(tokens, index, last)


def _capitalised(tokens: Sequence[Token], first: int, last: int) -> Iterator[Name]:
    """Yield the runs of capitalised tokens that are neither places, titles nor roles."""
    index = first
    while index < last:
        if not is_name(tokens[index]) or tokens[index].lower in words("place", "honorific", "job_title"):
            index += 1
            continue
        start, index = index, _end_of_name(tokens, index, last)
        before = _before_article(tokens, first, start)
        yield Name(start, index, joined=before in words("preposition.before_organisation"))


def _before_article(tokens: Sequence[Token], first: int, index: int) -> str:
    """Return the token before `index`, past "the", but not before `first`; "" if there is none."""
    return next((tokens[i].lower for i in range(index - 1, first - 1, -1) if tokens[i].lower != "the"), "")


def _is_no_party(tokens: Sequence[Token], name: Name, first: int, last: int) -> bool:
    """Whether a name is a place ("in New York"), a rank ("Prime Minister"), or to whom a text went."""
    before = _before_article(tokens, first, name.first)
    if before == "with" and any(token.lower in words("text") for token in tokens[first : name.first]):
        return True  # "A filing with the SEC" is not the SEC's.
    followed = name.last < last and tokens[name.last].lower in words("job_title", "honorific")
    is_rank = followed and all(token.lower in words("rank") for token in tokens[name.first : name.last])
    is_place = all(
        token.lower in words("geographic_name", "common_in_names") for token in tokens[name.first : name.last]
    )
    return before == "in" or is_place or is_rank


def _end_of_name(tokens: Sequence[Token], start: int, last: int) -> int:
    """Return the index after the name that begins at `start`, past "&", and past "for" and "and" in an agency's."""
    index = start
    while index < last and is_name(tokens[index]) and tokens[index].lower not in words("job_title"):
        index += 1
        if tokens[index - 1].lower.endswith("'s"):
            break
        if index < last:
            index += _joint_length(tokens, start, index, last)
    return index


def _joint_length(tokens: Sequence[Token], start: int, index: int, last: int) -> int:
    """Return how many small words at `index` join a name from `start` on with more of it, before `last`; 0 for none."""
    joint, before = tokens[index].lower, tokens[index - 1].lower
    of_or_for = joint in words("agency_joint")
    length = 2 if of_or_for and index + 1 < last and tokens[index + 1].lower == "the" else 1
    rest = index + length
    if rest >= last or not is_name(tokens[rest]):
        return 0
    if joint == "&" or (of_or_for and before in words("agency")):
        return length
    return length if joint == "and" and _is_two_part_agency(tokens, start, rest, last) else 0


def _is_two_part_agency(tokens: Sequence[Token], start: int, rest: int, last: int) -> bool:
    """
    Whether "and" is part of an agency's name: "the Securities and Exchange Commission".

    It has "the" in front, and no abbreviation before "and": not so "the FBI and ...".
    """
    single = start > 0 and tokens[start - 1].lower == "the" and rest == start + 2 and not tokens[start].text.isupper()
    end = _end_of_name(tokens, rest, last) if single else rest
    return end > rest + 1 and tokens[end - 1].lower in words("agency")


def _is_person(tokens: Sequence[Token], name: Name, names: Sequence[Name], role: int | None, *, certain: bool) -> bool:
    """Whether a name is a person's: after a role ("spokesman David Roe"), or else if `certain` or it looks like one."""
    if role is not None:
        return name.first > role
    return certain or _looks_like_person(tokens, name, names)


def _looks_like_person(tokens: Sequence[Token], name: Name, names: Sequence[Name]) -> bool:
    """Whether a name without a role has two or three words, or one after a title."""
    if name.first > 0 and tokens[name.first - 1].lower in words("honorific"):
        return True
    plain = all(_has_only_letters(token.text) for token in tokens[name.first : name.last])
    of_somebody = any(other.joined for other in names if other.first > name.first)
    return plain and (name.last - name.first in (2, 3) or of_somebody)


def _has_only_letters(text: str) -> bool:
    return text.replace("-", "").replace("’", "").replace("'", "").isalpha()


def _name_span(tokens: Sequence[Token], name: Name | None) -> Span | None:
    if name is None:
        return None
    last = tokens[name.last - 1]
    return Span(tokens[name.first].start, last.end - 2 if last.lower.endswith("'s") else last.end)
