"""
Judges whether a place that looks like a known name is meant as one. Names of ordinary words ("Silence", "Fancy Bear")
need more than others ("Emotet"): capitals, a noun beside them, or another name of the same thing in the article.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from incidex.link.names import name_patterns
from incidex.link.names.index import Known, Names
from incidex.link.names.name_matcher import Place
from incidex.records import EntityKind, Span

_NUMBERED = re.compile(r"([a-z]+)\d{1,5}")
_INNER = re.compile(r"[a-z][A-Z]")
# Words shorter than this are initials of all sorts of things.
_TELLING = 5
_LIST = re.compile(r",? (?:and |or |and the )?|, | ?/ ?|,? (?:as well as|along with) |\"?, \"?", re.IGNORECASE)


class Grade(Enum):
    """How much a written form says by itself."""

    TELLING = "a word that is no ordinary one"
    PHRASE = "several ordinary words"
    WORD = "one ordinary or short word"


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A place that is meant as a name.

    Attributes:
        place: The place.
        known: What it may stand for: a subset of what the name may.
        why: What says so.
        told: Whether a noun beside it tells an actor from software.
    """

    place: Place
    known: tuple[Known, ...]
    why: str
    told: bool = False


def judge(places: Sequence[Place], names: Names) -> tuple[Mention, ...]:
    """Return the places of one article, in the order of the text, that are meant as names, without overlap."""
    allowed = [place for place in places if not _is_other(place)]
    certain = {place.span: mention for place in allowed if (mention := _by_itself(place, names))}
    _supported(allowed, certain, names)
    _beside(allowed, certain)
    return _without_overlap(certain.values())


def grade(written: Sequence[str], names: Names) -> Grade:
    """Return how much the words of a name say by themselves."""
    lowered = [word.casefold() for word in written]
    match = _NUMBERED.fullmatch("".join(lowered))
    if match and match[1] in name_patterns.words("numbered"):
        return Grade.TELLING
    if "".join(lowered) in name_patterns.words("guarded"):
        return Grade.WORD
    if any(_is_telling(word, names) for word in written):
        return Grade.TELLING
    # "Windows 10" is one word with a number.
    return Grade.PHRASE if sum(not word.isdigit() for word in lowered) > 1 else Grade.WORD


def _is_telling(word: str, names: Names) -> bool:
    """Return whether a written word is long enough and no ordinary one, or has a capital inside."""
    ordinary = word.casefold() in names.ordinary and not _INNER.search(word)
    return len(word) >= _TELLING and not ordinary and not word.isdigit()


def _is_other(place: Place) -> bool:
    """Return whether the words name a person or a place."""
    if name_patterns.no_name_before().search(place.before) or name_patterns.no_name_behind().match(place.behind):
        return True
    actor = all(item.entry.kind is EntityKind.INTRUSION_SET for item in place.name.known)
    return actor and len(place.words) == 1 and place.before.endswith((" in ", " near ", " at ", "In ", "Near "))


def _by_itself(place: Place, names: Names) -> Mention | None:
    """Return the mention where the place needs no other one to be certain."""
    kind = grade(place.words, names)
    capital = _is_capital(place)
    telling = (
        place.name.whole
        and kind is Grade.TELLING
        and (place.name.key[-1].isdigit() or any(not word.islower() for word in place.words))
    )
    if telling and not place.name.mixed:
        return Mention(place, _meant(place), "The name is no ordinary word.")
    told = _told(place)
    if told and (kind is Grade.TELLING or (capital and not _goes_on(place))):
        return told
    if telling:
        return Mention(place, _meant(place), "The name is no ordinary word.")
    if kind is Grade.PHRASE and capital and place.mixed and not _in_longer_name(place):
        return Mention(place, _meant(place), "Its words are capitalised in a sentence that has small letters.")
    return None


def _told(place: Place) -> Mention | None:
    """Return the mention where a noun beside the name says what it is: "the Silence group", "malware called X"."""
    software = (EntityKind.MALWARE, EntityKind.TOOL)
    for pattern, text, how, kinds in (
        (name_patterns.actor_behind(), place.behind, "followed", (EntityKind.INTRUSION_SET,)),
        (name_patterns.malware_behind(), place.behind, "followed", software),
        (name_patterns.malware_before(), place.before, "introduced", software),
        (name_patterns.actor_before(), place.before, "introduced", (EntityKind.INTRUSION_SET,)),
    ):
        match = pattern.match(text) if how == "followed" else pattern.search(text)
        cue = " ".join(match[match.lastgroup or 0].split()) if match else ""
        known = tuple(item for item in place.name.known if item.entry.kind in kinds)
        if how == "followed" and cue.lower() in name_patterns.words("used_by_actors") and _is_first_an_actor(place):
            continue
        # "Malware Hunter" may be the name of somebody; "malware Hunter" is not.
        title = how == "introduced" and place.mixed and cue.rpartition(" ")[2][:1].isupper()
        if cue and known and not (title and match and match.start()):
            return Mention(place, known, f'It is {how} by "{cue}".', told=True)
    return None


def _is_first_an_actor(place: Place) -> bool:
    """Return whether the first source that has the name has it for actors alone: OilRig, not Carbanak."""
    first = [item for item in place.name.known if item.source == place.name.known[0].source]
    return all(item.entry.kind is EntityKind.INTRUSION_SET for item in first)


def _meant(place: Place) -> tuple[Known, ...]:
    """Return what a place may stand for: a name that ends with "Group" is an actor's."""
    actors = tuple(item for item in place.name.known if item.entry.kind is EntityKind.INTRUSION_SET)
    return actors if actors and place.name.key.endswith(("group", "team", "gang", "crew")) else tuple(place.name.known)


def _supported(places: Iterable[Place], certain: dict[Span, Mention], names: Names) -> None:
    """Add places whose name, or another name of the same thing, is certain elsewhere in the article."""
    keys = {mention.place.name.key: mention for mention in certain.values()}
    entries = {id(item.entry): mention for mention in certain.values() for item in mention.known}
    for place in places:
        if place.span in certain or not (_is_capital(place) or place.name.key in keys and len(place.name.key) >= 6):
            continue
        by = keys.get(place.name.key)
        if by is None:
            by = next((entries[id(item.entry)] for item in place.name.known if id(item.entry) in entries), None)
        if by is None or (_begins(place) and place.name.key in names.frequent) or _in_longer_name(place):
            continue
        why = f'The text is certain about "{" ".join(by.place.words)}" elsewhere.'
        certain[place.span] = Mention(place, _meant(place), why)


def _beside(places: Sequence[Place], certain: dict[Span, Mention]) -> None:
    """Add places that the text lists or equates with a certain name, reading forwards and then backwards."""
    for ordered in (places, places[::-1]):
        last: Mention | None = None
        for place in ordered:
            if place.span in certain:
                last = certain[place.span]
            elif last and _is_capital(place) and not _in_longer_name(place) and (how := _joined(last.place, place)):
                why = f'It {how} "{" ".join(last.place.words)}".'
                last = certain[place.span] = Mention(place, _meant(place), why)


def _joined(one: Place, other: Place) -> str:
    """Return how the text joins two places; empty if it does not."""
    left, right = sorted((one, other), key=lambda place: place.span)
    gap = left.behind[: max(0, right.span.start - left.span.end)]
    if left.span.end + len(gap) != right.span.start or left.sentence != right.sentence or not gap:
        return ""
    if name_patterns.also_known().fullmatch(gap):
        return "is another name of"
    return "stands in a list with" if _LIST.fullmatch(gap) else ""


def _is_capital(place: Place) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in place.words)


def _begins(place: Place) -> bool:
    """Return whether the place, or "The" before it, begins its sentence, where every word has a capital."""
    return place.before.strip("\"'“‘( ") in ("", "The")


def _in_longer_name(place: Place) -> bool:
    """Return whether a capitalised word right before or behind makes the words part of a longer name."""
    before = re.search(r"(?:^|[ (“‘\"'-])([A-Z][\w-]*)[ -]$", place.before)
    return _goes_on(place) or bool(before and before.start() > 0 and before[1].lower() not in _nouns("days"))


def _goes_on(place: Place) -> bool:
    """Return whether a capitalised word stands right behind that is no noun for an actor or software."""
    behind = re.match(r"[ -]([A-Z][\w-]*)", place.behind)
    return bool(place.mixed and behind and behind[1].lower() not in _nouns("malware_adjectives"))


@cache
def _nouns(more: str) -> frozenset[str]:
    """Return the nouns for actors and software, and the words of one other list."""
    return (
        name_patterns.words("malware_nouns")
        | name_patterns.words("actor_nouns")
        | name_patterns.words("group_nouns")
        | name_patterns.words(more)
    )


def _without_overlap(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in the order of the text; of two that overlap the longer one stays, then the earlier."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.place.span.start, -item.place.span.end)):
        if not kept or mention.place.span.start >= kept[-1].place.span.end:
            kept.append(mention)
    return tuple(_one_sense(kept))


def _one_sense(mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Narrow mentions by what nouns beside other mentions of the same name tell, where these agree."""
    told: dict[str, set[tuple[int, ...]]] = {}
    for mention in mentions:
        if mention.told:
            told.setdefault(mention.place.name.key, set()).add(tuple(id(item.entry) for item in mention.known))
    for mention in mentions:
        senses: Collection[tuple[int, ...]] = told.get(mention.place.name.key, ())
        if mention.told or len(senses) != 1:
            yield mention
            continue
        (sense,) = senses
        known = tuple(item for item in mention.known if id(item.entry) in sense)
        yield replace(mention, known=known)
