"""
Decides which places that look like known names are meant as names. Names of ordinary words ("Silence", "Fancy Bear")
need more evidence than others ("Emotet"): capitals, a noun beside them, or another name of the same thing elsewhere.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from incidex.english.lexicon import words
from incidex.link.names import name_patterns
from incidex.link.names.index import Known, Names, ambiguous_names
from incidex.link.names.name_matcher import Place
from incidex.records import EntityKind, Span

_NUMBERED = re.compile(r"([a-z]+)\d{1,5}")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
# Shorter words are initials of all sorts of things.
_SHORTEST_DISTINCTIVE = 5
_LIST = re.compile(r",? (?:and |or |and the )?|, | ?/ ?|,? (?:as well as|along with) |\"?, \"?", re.IGNORECASE)


class Grade(Enum):
    """How distinctive a written name is."""

    DISTINCTIVE = "a word that is not an ordinary one"
    PHRASE = "several ordinary words"
    WORD = "one ordinary or short word"


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A place that is meant as a name.

    Attributes:
        place: The place.
        known: What it may stand for: a subset of what the name may.
        why: The evidence, as a sentence.
        has_noun: Whether a noun beside it says whether it is an actor or software.
    """

    place: Place
    known: tuple[Known, ...]
    why: str
    has_noun: bool = False


def disambiguate(places: Sequence[Place], names: Names) -> tuple[Mention, ...]:
    """Return the places of one article that are meant as names, in the order of the text, without overlap."""
    allowed = [place for place in places if not _is_person_or_place(place)]
    certain = {place.span: mention for place in allowed if (mention := _by_itself(place, names))}
    _add_other_names(allowed, certain, names)
    _add_neighbours(allowed, certain)
    return _without_overlap(certain.values())


def grade(written: Sequence[str], names: Names) -> Grade:
    """Return how distinctive the words of a name are."""
    lowered = [word.casefold() for word in written]
    match = _NUMBERED.fullmatch("".join(lowered))
    if match and match[1] in ambiguous_names("numbered"):
        return Grade.DISTINCTIVE
    if "".join(lowered) in ambiguous_names("guarded"):
        return Grade.WORD
    if any(_is_distinctive(word, names) for word in written):
        return Grade.DISTINCTIVE
    # "Windows 10" is one word with a number.
    return Grade.PHRASE if sum(not word.isdigit() for word in lowered) > 1 else Grade.WORD


def _is_distinctive(word: str, names: Names) -> bool:
    """Return whether a written word is long enough and not an ordinary one, or has a capital inside."""
    ordinary = word.casefold() in names.ordinary and not _INNER_CAPITAL.search(word)
    return len(word) >= _SHORTEST_DISTINCTIVE and not ordinary and not word.isdigit()


def _is_person_or_place(place: Place) -> bool:
    """Return whether the words around a name show that a person or a place bears it."""
    before, behind = name_patterns.not_an_actor_before(), name_patterns.not_an_actor_behind()
    if before.search(place.before) or behind.match(place.behind):
        return True
    actor = all(item.entry.kind is EntityKind.INTRUSION_SET for item in place.name.known)
    preposition = re.search(r"(?:^| )(\w+) $", place.before)
    located = preposition is not None and preposition[1].lower() in words("place_preposition")
    return actor and len(place.words) == 1 and located


def _by_itself(place: Place, names: Names) -> Mention | None:
    """Return the mention if the place is certain without any other one."""
    how = grade(place.words, names)
    capital = _is_capitalised(place)
    distinctive = (
        place.name.whole
        and how is Grade.DISTINCTIVE
        and (place.name.key[-1].isdigit() or any(not word.islower() for word in place.words))
    )
    if distinctive and not place.name.mixed:
        return Mention(place, _candidates(place), "The name is not an ordinary word.")
    by_noun = _by_noun(place)
    if by_noun and (how is Grade.DISTINCTIVE or (capital and not _is_before_name(place))):
        return by_noun
    if distinctive:
        return Mention(place, _candidates(place), "The name is not an ordinary word.")
    if how is Grade.PHRASE and capital and place.mixed and not _in_longer_name(place):
        return Mention(place, _candidates(place), "Its words are capitalised in a sentence that has small letters.")
    return None


def _by_noun(place: Place) -> Mention | None:
    """Return the mention if a noun beside the name says what it is: "the Silence group", "malware called X"."""
    software = (EntityKind.MALWARE, EntityKind.TOOL)
    for pattern, text, how, kinds in (
        (name_patterns.actor_behind(), place.behind, "followed", (EntityKind.INTRUSION_SET,)),
        (name_patterns.malware_behind(), place.behind, "followed", software),
        (name_patterns.malware_before(), place.before, "introduced", software),
        (name_patterns.actor_before(), place.before, "introduced", (EntityKind.INTRUSION_SET,)),
    ):
        match = pattern.match(text) if how == "followed" else pattern.search(text)
        noun = " ".join(match[match.lastgroup or 0].split()) if match else ""
        known = tuple(item for item in place.name.known if item.entry.kind in kinds)
        # "Lazarus malware" is the malware of an actor.
        if how == "followed" and noun.lower() in words("malware_noun.used_by_actors") and _is_first_an_actor(place):
            continue
        # "Malware Hunter" may be the name of somebody; "malware Hunter" is not.
        title = how == "introduced" and place.mixed and noun.rpartition(" ")[2][:1].isupper()
        if noun and known and not (title and match and match.start()):
            return Mention(place, known, f'It is {how} by "{noun}".', has_noun=True)
    return None


def _is_first_an_actor(place: Place) -> bool:
    """Return whether the first source that has the name has it for actors alone: OilRig, not Carbanak."""
    first = [item for item in place.name.known if item.source == place.name.known[0].source]
    return all(item.entry.kind is EntityKind.INTRUSION_SET for item in first)


def _candidates(place: Place) -> tuple[Known, ...]:
    """Return what a place may stand for: a name that ends with "Group" is an actor's."""
    actors = tuple(item for item in place.name.known if item.entry.kind is EntityKind.INTRUSION_SET)
    return actors if actors and place.name.key.endswith(_group_name_endings()) else tuple(place.name.known)


@cache
def _group_name_endings() -> tuple[str, ...]:
    return tuple(words("group_name_ending", forms=("singular",)))


def _add_other_names(places: Iterable[Place], certain: dict[Span, Mention], names: Names) -> None:
    """Add places whose name, or another name of the same thing, is certain elsewhere in the article."""
    keys = {mention.place.name.key: mention for mention in certain.values()}
    entries = {id(item.entry): mention for mention in certain.values() for item in mention.known}
    for place in places:
        if place.span in certain:
            continue
        if not (_is_capitalised(place) or (place.name.key in keys and len(place.name.key) >= 6)):
            continue
        by = keys.get(place.name.key)
        if by is None:
            by = next((entries[id(item.entry)] for item in place.name.known if id(item.entry) in entries), None)
        if by is None or (_begins_sentence(place) and place.name.key in names.frequent) or _in_longer_name(place):
            continue
        why = f'The text is certain about "{" ".join(by.place.words)}" elsewhere.'
        certain[place.span] = Mention(place, _candidates(place), why)


def _add_neighbours(places: Sequence[Place], certain: dict[Span, Mention]) -> None:
    """Add places that the text lists or equates with a certain name, reading forwards and then backwards."""
    for ordered in (places, places[::-1]):
        last: Mention | None = None
        for place in ordered:
            if place.span in certain:
                last = certain[place.span]
            elif last and _is_capitalised(place) and not _in_longer_name(place) and (how := _link(last.place, place)):
                why = f'It {how} "{" ".join(last.place.words)}".'
                last = certain[place.span] = Mention(place, _candidates(place), why)


def _link(one: Place, other: Place) -> str:
    """Return how the text links two places; empty if it does not."""
    left, right = sorted((one, other), key=lambda place: place.span)
    gap = left.behind[: max(0, right.span.start - left.span.end)]
    if left.span.end + len(gap) != right.span.start or left.sentence != right.sentence or not gap:
        return ""
    if name_patterns.also_known().fullmatch(gap):
        return "is another name of"
    return "is in a list with" if _LIST.fullmatch(gap) else ""


def _is_capitalised(place: Place) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in place.words)


def _begins_sentence(place: Place) -> bool:
    """Return whether the place, or "The" before it, begins its sentence, where every word has a capital."""
    return place.before.strip("\"'“‘( ") in ("", "The")


def _in_longer_name(place: Place) -> bool:
    """Return whether a capitalised word right before or behind makes the words part of a longer name."""
    before = re.search(r"(?:^|[ (“‘\"'-])([A-Z][\w-]*)[ -]$", place.before)
    if before and before.start() > 0 and before[1].lower() not in _no_part("month", "weekday", "determiner"):
        return True
    return _is_before_name(place)


def _is_before_name(place: Place) -> bool:
    """Return whether a capitalised word follows that is not a noun for an actor or software."""
    behind = re.match(r"[ -]([A-Z][\w-]*)", place.behind)
    return bool(place.mixed and behind and behind[1].lower() not in _no_part("malware_modifier"))


@cache
def _no_part(*classes: str) -> frozenset[str]:
    """Return words of `classes`, and the nouns for actors and software: capitals make none of them part of a name."""
    return words("malware_noun", "actor_noun", "group_noun", *classes)


def _without_overlap(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in the order of the text; of two that overlap the longer one stays, then the earlier."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.place.span.start, -item.place.span.end)):
        if not kept or mention.place.span.start >= kept[-1].place.span.end:
            kept.append(mention)
    return tuple(_one_sense(kept))


def _one_sense(mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Narrow mentions down to what nouns beside other mentions of the same name say, if these agree."""
    stated: dict[str, set[tuple[int, ...]]] = {}
    for mention in mentions:
        if mention.has_noun:
            stated.setdefault(mention.place.name.key, set()).add(tuple(id(item.entry) for item in mention.known))
    for mention in mentions:
        senses: Collection[tuple[int, ...]] = stated.get(mention.place.name.key, ())
        if mention.has_noun or len(senses) != 1:
            yield mention
            continue
        (sense,) = senses
        known = tuple(item for item in mention.known if id(item.entry) in sense)
        yield replace(mention, known=known)
