"""
Says what the words around a name make of it: a gang that acts ("LockBit claimed the theft") or software that runs
("encrypted with LockBit"). Many gangs are known by the name of their malware.
"""

import re
from enum import Enum
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.link.names.index import says_ransomware
from incidex.link.names.name_matcher import Place
from incidex.records import EntityKind

# Between a name and its verb: "LockBit has since claimed".
_HELPERS = r"(?:(?:has|have|had|also|then|later|since|now|even|first|[a-z]{3,12}ly) )"
# Before a name that is not the subject of the verb behind it: "a warning about LockBit published in May".
_PREPOSITION = re.compile(r"(?<!\w)(?:on|about|of|for|with|from|in|against|regarding) (?:the )?$", re.IGNORECASE)


class Sense(Enum):
    """What bears a name."""

    ACTS = "those who act"
    RUNS = "software"


def sense_of(place: Place) -> Sense | None:
    """Return what the verbs and nouns around a name say that it is; None if they do not tell."""
    if _runs_behind().match(place.behind):
        return Sense.RUNS
    subject = not _PREPOSITION.search(place.before)
    if subject and _acts_behind().match(place.behind):
        return Sense.ACTS
    if _gang_behind().match(place.behind) or _acts_before().search(place.before):
        return Sense.ACTS
    if _has_actor(place) and _actor_before().search(place.before):
        return Sense.ACTS
    return Sense.RUNS if _runs_before().search(place.before) else None


def is_used_as_name(place: Place) -> bool:
    """Return whether the words around a name are those of gangs and software: "the Royal attacks"."""
    return sense_of(place) is not None or _attack_behind().match(place.behind) is not None


def claims_an_attack(place: Place) -> bool:
    """Return whether the words behind a name say that its bearer claimed an attack, listed a victim or the like."""
    claim = _claims_behind().match(place.behind)
    return bool(claim and _harm().search(place.behind, claim.end()))


def may_act(place: Place) -> bool:
    """Return whether a gang may be meant by the name: it is that of an actor, or of a ransomware."""
    return _has_actor(place) or any(map(says_ransomware, place.name.known))


def _has_actor(place: Place) -> bool:
    return any(item.entry.kind is EntityKind.INTRUSION_SET for item in place.name.known)


@cache
def _acts_behind() -> re.Pattern[str]:
    acts = alternatives(words("gang_act", forms=("s", "past")), space=" ")
    return re.compile(rf"[\"”]? {_HELPERS}{{0,3}}(?:{acts})(?!\w)", re.IGNORECASE)


@cache
def _gang_behind() -> re.Pattern[str]:
    things = alternatives(words("gang_thing"), space=" ")
    return re.compile(rf"(?:[’']s?)? (?:[a-z-]{{2,14}} )?(?:{things})(?!\w)", re.IGNORECASE)


@cache
def _claims_behind() -> re.Pattern[str]:
    acts = alternatives(words("gang_claim", forms=("s", "past")), space=" ")
    return re.compile(rf"[\"”]? {_HELPERS}{{0,3}}(?:{acts}|took credit)(?!\w)", re.IGNORECASE)


@cache
def _harm() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(words('sign_of_harm_by_gang'), space=' ')})", re.IGNORECASE)


@cache
def _acts_before() -> re.Pattern[str]:
    acts = alternatives(words("gang_act", forms=("participle",)), space=" ")
    phrases = alternatives(words("before_gang"), space=" ")
    return re.compile(rf"(?<!\w)(?:(?:{acts}) by|{phrases}) (?:the )?[\"“]?$", re.IGNORECASE)


@cache
def _actor_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(words('before_actor'), space=' ')}) (?:the )?[\"“]?$", re.IGNORECASE)


@cache
def _runs_behind() -> re.Pattern[str]:
    acts = alternatives(words("malware_act", forms=("s",)), space=" ")
    things = alternatives(words("malware_thing"), space=" ")
    return re.compile(rf"[\"”]? (?:{acts})(?!\w)|(?:[’']s)? (?:[a-z-]{{2,14}} )?(?:{things})(?!\w)", re.IGNORECASE)


@cache
def _runs_before() -> re.Pattern[str]:
    phrases = alternatives(words("before_running_malware"), space=" ")
    return re.compile(rf"(?<!\w)(?:{phrases}) (?:the |a |an )?[\"“]?$", re.IGNORECASE)


@cache
def _attack_behind() -> re.Pattern[str]:
    things, acts = words("attack_thing"), words("attack_act", forms=("s", "past"))
    return re.compile(
        rf"(?:[’']s?)? (?:{alternatives(things, space=' ')})(?!\w)"
        rf"|[\"”]? {_HELPERS}{{0,3}}(?:{alternatives(acts, space=' ')})(?!\w)",
        re.IGNORECASE,
    )
