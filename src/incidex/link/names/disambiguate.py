"""
Decides which places that look like known names are meant as names. Names of ordinary words ("Silence", "Fancy Bear")
need more evidence than others ("Emotet"): capitals, a noun beside them, or another name of the same thing elsewhere.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache

from incidex.english.lexicon import words
from incidex.link.names import name_patterns
from incidex.link.names.index import Known, Names, ambiguous_names
from incidex.link.names.mentions import Mention, is_actor, is_imported, with_senses
from incidex.link.names.name_matcher import Place
from incidex.link.names.nouns_beside import fitting, nouns_beside
from incidex.link.names.senses import Sense, claims_an_attack, is_used_as_name, may_act, sense_of
from incidex.records import EntityKind, Span

# The sources whose names somebody has reviewed one by one.
_REVIEWED = ("attack", "common-tools")
_NUMBERED = re.compile(r"([a-z]+)\d{1,5}")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
# Shorter words are initials of all sorts of things.
_SHORTEST_DISTINCTIVE = 5
_LIST = re.compile(r",? (?:and |or |and the )?|, | ?/ ?|,? (?:as well as|along with) |\"?, \"?", re.IGNORECASE)
# Behind what an item of a list is about: nothing, or a mark before what is said of it.
_ITEM_NAMED = re.compile(r"[\"”`*_]{0,3}\.?$|[\"”`*_]{0,3}(?::| ?[–—(|]| - )")
# Characters between two items: the line end, and a mark.
_FARTHEST_ITEM = 6
# "Conti, the mayor of Alder": up to the next mark.
_APPOSITION = re.compile(r", (?:an?|the|our|her|his|its|their) ([^,.;:()]{1,60})")


class Grade(Enum):
    """How distinctive a written name is."""

    DISTINCTIVE = "a word that is not an ordinary one"
    PHRASE = "several ordinary words"
    WORD = "one ordinary or short word"


def disambiguate(places: Sequence[Place], names: Names) -> tuple[Mention, ...]:
    """Return the places of one article that are meant as names, in the order of the text, without overlap."""
    allowed = [place for place in places if not _is_person_or_place(place)]
    certain = {place.span: mention for place in allowed if (mention := _by_itself(place, names))}
    # Somebody or something else of the name is in the article: "Giuseppe Conti", "Google Play".
    others = {place.name.key for place in places if _has_another_bearer(place, certain, names)}
    _add_gangs_that_claim(allowed, certain, others)
    _add_actors_spoken_of(allowed, certain, others)
    _add_other_names(allowed, certain, names, others)
    _add_neighbours(allowed, certain)
    _add_tools_that_run(allowed, certain, others)
    meant = (one for one in certain.values() if one.has_noun or not _is_doubtful(one.place, others))
    return tuple(with_senses(_without_overlap(meant)))


def grade(written: Sequence[str], names: Names) -> Grade:
    """Return how distinctive the words of a name are."""
    lowered = [word.casefold() for word in written]
    match = _NUMBERED.fullmatch("".join(lowered))
    if match and match[1] in ambiguous_names("numbered"):
        return Grade.DISTINCTIVE
    if "".join(lowered) in ambiguous_names("guarded", "shared") or _is_place_or_surname(lowered):
        return Grade.WORD
    if any(_is_distinctive(word, names) for word in written) or _is_short_name("".join(lowered), names):
        return Grade.DISTINCTIVE
    # "Windows 10" is one word with a number.
    return Grade.PHRASE if sum(not word.isdigit() for word in lowered) > 1 else Grade.WORD


def _is_distinctive(word: str, names: Names) -> bool:
    """Return whether a written word is long enough and not an ordinary one, or has a capital inside."""
    ordinary = word.casefold() in names.ordinary and not _INNER_CAPITAL.search(word)
    return len(word) >= _SHORTEST_DISTINCTIVE and not ordinary and not word.isdigit()


def _is_short_name(key: str, names: Names) -> bool:
    """Return whether a word of four letters is a reviewed name, and not an ordinary word: "Ryuk", "nmap"."""
    name = names.find(key) if len(key) == _SHORTEST_DISTINCTIVE - 1 and key.isalpha() else None
    return bool(name and key not in names.ordinary and name.known[0].cluster in _REVIEWED)


def _is_person_or_place(place: Place) -> bool:
    """Return whether the words around a name show that a person or a place bears it."""
    before, behind = name_patterns.not_an_actor_before(), name_patterns.not_an_actor_behind()
    if before.search(place.before) or behind.match(place.behind) or name_patterns.other_bearer().match(place.behind):
        return True
    actor = all(item.entry.kind is EntityKind.INTRUSION_SET for item in place.name.known)
    preposition = re.search(r"(?:^| )(\w+) $", place.before)
    located = preposition is not None and preposition[1].lower() in words("place_preposition")
    return actor and len(place.words) == 1 and located


def _by_itself(place: Place, names: Names) -> Mention | None:
    """Return the mention if the place is certain without any other one."""
    how = grade(place.words, names)
    capital = _is_capitalised(place)
    distinctive = place.name.whole and how is Grade.DISTINCTIVE and _is_written_as_name(place)
    by_noun = _by_noun(place, how)
    if by_noun and (how is Grade.DISTINCTIVE or (capital and not _is_before_name(place))):
        return by_noun
    if distinctive:
        return Mention(place, _candidates(place), "The name is not an ordinary word.")
    if how is Grade.PHRASE and capital and place.mixed and not _in_longer_name(place):
        return Mention(place, _candidates(place), "Its words are capitalised in a sentence that has small letters.")
    return None


def _by_noun(place: Place, how: Grade) -> Mention | None:
    """Return the mention if a noun beside the name says what it is: "the Silence group", "malware called X"."""
    for noun in nouns_beside(place):
        if found := fitting(place, noun, ordinary=how is Grade.WORD):
            return Mention(place, found.known, f'It is {noun.how} "{noun.text}".', has_noun=True, acts=found.acts)
    return None


def _is_written_as_name(place: Place) -> bool:
    """Return whether a distinctive name has a capital or a number, or is one of a tool: those are commands, too."""
    if place.name.key[-1].isdigit() or any(not word.islower() for word in place.words):
        return True
    return any(item.entry.kind is EntityKind.TOOL for item in place.name.known)


def _candidates(place: Place) -> tuple[Known, ...]:
    """Return what a place may stand for: a name that ends with "Group" is an actor's."""
    actors = tuple(item for item in place.name.known if item.entry.kind is EntityKind.INTRUSION_SET)
    return actors if actors and place.name.key.endswith(_group_name_endings()) else tuple(place.name.known)


@cache
def _group_name_endings() -> tuple[str, ...]:
    return tuple(words("group_name_ending", forms=("singular",)))


def _has_another_bearer(place: Place, certain: Mapping[Span, Mention], names: Names) -> bool:
    """Return whether the words around an ordinary word show that somebody or something else bears it."""
    if not _is_capitalised(place) or (grade(place.words, names) is not Grade.WORD and not is_imported(place)):
        return False
    if place.span in certain and not is_imported(place):
        return False
    return _is_person_or_place(place) or _in_longer_name(place, anywhere=True) or _is_described_otherwise(place)


def _is_doubtful(place: Place, others: Collection[str]) -> bool:
    """Return whether an imported name is one of something else in the article: a town, or somebody's surname."""
    return is_imported(place) and place.name.key in others


def _is_described_otherwise(place: Place) -> bool:
    """Return whether an apposition says that a person or something else bears the name: "Conti, the mayor"."""
    match = _APPOSITION.match(place.behind)
    if match is None:
        return False
    attackers = words("actor_noun", "actor_modifier", "malware_noun", "malware_group_noun", "tool_noun")
    return attackers.isdisjoint(re.findall(r"[\w-]+", match[1].lower()))


def _add_gangs_that_claim(places: Iterable[Place], certain: dict[Span, Mention], others: Collection[str]) -> None:
    """Add gangs that claim an attack, whatever their names are: "Play claimed the attack"."""
    for place in places:
        if place.span in certain or place.name.key in others or place.name.key in words("geographic_name", "place"):
            continue
        if _is_capitalised(place) and may_act(place) and claims_an_attack(place) and not _in_longer_name(place):
            certain[place.span] = Mention(place, _candidates(place), "It claims an attack.")


def _add_actors_spoken_of(places: Iterable[Place], certain: dict[Span, Mention], others: Collection[str]) -> None:
    """Add actors whose names are ordinary words where the text speaks of them as of attackers more than once."""
    spoken: dict[str, list[Place]] = {}
    for place in places:
        known = all(item.entry.kind is EntityKind.INTRUSION_SET for item in place.name.known)
        if not known or place.span in certain or place.name.key in others or _is_shared(place):
            continue
        if place.mixed and _is_capitalised(place) and is_used_as_name(place) and not _in_longer_name(place):
            spoken.setdefault(place.name.key, []).append(place)
    for found in spoken.values():
        for place in found if len(found) > 1 else ():
            certain[place.span] = Mention(place, _candidates(place), "The text speaks of it as of attackers.")


def _add_other_names(
    places: Iterable[Place], certain: dict[Span, Mention], names: Names, others: Collection[str]
) -> None:
    """Add places whose name, or another name of the same thing, is certain elsewhere in the article."""
    keys = {mention.place.name.key: mention for mention in certain.values()}
    entries = {item.rank: mention for mention in certain.values() for item in mention.known}
    for place in places:
        if place.span in certain:
            continue
        if not (_is_capitalised(place) or (place.name.key in keys and len(place.name.key) >= 6)):
            continue
        by = keys.get(place.name.key)
        if by is None:
            by = next((entries[item.rank] for item in place.name.known if item.rank in entries), None)
        if by is None or not _may_be_meant_again(place, names, others):
            continue
        why = f'The text is certain about "{" ".join(by.place.words)}" elsewhere.'
        certain[place.span] = Mention(place, _candidates(place), why)


def _may_be_meant_again(place: Place, names: Names, others: Collection[str]) -> bool:
    """Return whether a name that is certain elsewhere may be meant here, too."""
    if _begins_sentence(place) and place.name.key in names.frequent and not is_used_as_name(place):
        return False
    if _is_shared(place):
        usual = place.mixed and not _begins_sentence(place) and not _needs_evidence_again(place)
        meant = (usual or is_used_as_name(place)) and place.name.key not in others
        return meant and not _in_longer_name(place, anywhere=True)
    return not _in_longer_name(place)


def _is_shared(place: Place) -> bool:
    """Return whether people, places, companies or products have the name as well."""
    lowered = [word.casefold() for word in place.words]
    return "".join(lowered) in ambiguous_names("guarded", "shared") or _is_place_or_surname(lowered)


def _needs_evidence_again(place: Place) -> bool:
    """Return whether each mention needs evidence of its own: "Cuba", and anything behind "in" or "at"."""
    preposition = re.search(r"(?:^| )(\w+) $", place.before)
    located = preposition is not None and preposition[1].lower() in words("place_preposition")
    key = place.name.key
    return located or key in words("common_in_names") or _is_place_or_surname([key])


@cache
def _places_and_surnames() -> frozenset[str]:
    return words("geographic_name", "place", "surname")


def _is_place_or_surname(lowered: Sequence[str]) -> bool:
    """Return whether a name is a single word that places or people bear."""
    return len(lowered) == 1 and lowered[0] in _places_and_surnames()


def _add_neighbours(places: Sequence[Place], certain: dict[Span, Mention]) -> None:
    """Add places that the text lists or equates with a certain name, reading forwards and then backwards."""
    for ordered in (places, places[::-1]):
        last: Mention | None = None
        for place in ordered:
            if place.span in certain:
                last = certain[place.span]
            elif last and _may_be_neighbour(place, last) and (how := _link(last.place, place)):
                why = f'It {how} "{" ".join(last.place.words)}".'
                last = certain[place.span] = Mention(place, _alike(place, last), why)


def _may_be_neighbour(place: Place, last: Mention) -> bool:
    """Return whether a place may be listed with a certain name: one that others bear, too, only with its like."""
    if not _is_capitalised(place) or _in_longer_name(place):
        return False
    if not _is_shared(place):
        return True
    return not {item.entry.kind for item in place.name.known}.isdisjoint(item.entry.kind for item in last.known)


def _alike(place: Place, last: Mention) -> tuple[Known, ...]:
    """Return what a place may stand for in a list with another: "Hydra" beside "Mimikatz" is the tool."""
    known = _candidates(place)
    if not _is_shared(place):
        return known
    return tuple(item for item in known if item.entry.kind is last.known[0].entry.kind) or known


def _add_tools_that_run(places: Iterable[Place], certain: dict[Span, Mention], others: Collection[str]) -> None:
    """Add tools with names of ordinary words that somebody runs, where the article names other software as well."""
    if not any(not is_actor(mention.known[0]) for mention in certain.values()):
        return
    for place in places:
        tools = tuple(item for item in place.name.known if item.entry.kind is EntityKind.TOOL)
        if place.span in certain or not tools or place.name.key in others or not _is_capitalised(place):
            continue
        if sense_of(place) is Sense.RUNS and place.mixed and not _in_longer_name(place, anywhere=True):
            certain[place.span] = Mention(place, tools, "Somebody runs it.")


def _link(one: Place, other: Place) -> str:
    """Return how the text links two places; empty if it does not."""
    left, right = sorted((one, other), key=lambda place: place.span)
    if left.sentence != right.sentence:
        return "is in a list with" if _are_items(left, right) else ""
    gap = left.behind[: max(0, right.span.start - left.span.end)]
    if left.span.end + len(gap) != right.span.start or not gap:
        return ""
    if name_patterns.also_known().fullmatch(gap):
        return "is another name of"
    return "is in a list with" if _LIST.fullmatch(gap) else ""


def _are_items(left: Place, right: Place) -> bool:
    """Return whether two places begin lines of a list, one right behind the other: "Hydra: guesses passwords"."""
    if right.sentence.start - left.sentence.end > _FARTHEST_ITEM:
        return False
    return all(not re.search(r"\w", one.before) and _ITEM_NAMED.match(one.behind) for one in (left, right))


def _is_capitalised(place: Place) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in place.words)


def _begins_sentence(place: Place) -> bool:
    """Return whether the place, or "The" before it, begins its sentence, where every word has a capital."""
    return place.before.strip("\"'“‘( ") in ("", "The")


def _in_longer_name(place: Place, *, anywhere: bool = False) -> bool:
    """
    Return whether a capitalised word right before or behind makes the words part of a longer name.

    Args:
        place: Where the words are.
        anywhere: Whether the first word of a sentence counts, too: "Giuseppe Conti".
    """
    before = re.search(r"(?:^|[ (“‘\"'-])([A-Z][\w-]*)[ -]$", place.before)
    if before and (before.start() > 0 or anywhere):
        outside = _no_part("month", "weekday", "determiner", *(("sentence_start",) if anywhere else ()))
        if before[1].lower() not in outside:
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
    return tuple(kept)
