"""
Finds the nouns that say what bears a name: "the Silence group", "malware called X", "X is a gang", and says which
entries they fit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidex.english.lexicon import words
from incidex.link.names import name_patterns
from incidex.link.names.index import Known, says_ransomware
from incidex.link.names.name_matcher import Place
from incidex.records import EntityKind

# What the clusters of the MISP galaxy say of all their entries, in the words that stand beside names.
_CLUSTER_NOUNS = {
    "misp-ransomware": "ransomware",
    "misp-rat": "rat",
    "misp-stealer": "stealer",
    "misp-banker": "banker",
    "misp-botnet": "botnet",
    "misp-backdoor": "backdoor",
}


@dataclass(frozen=True, slots=True)
class NounBeside:
    """
    A noun that says what bears a name.

    Attributes:
        text: The noun with what joins it to the name, as written: "malware called".
        how: How it stands to the name: "followed by", "introduced by", "called".
        actor: Whether it is a noun for attackers; otherwise for software.
        sure: Whether it is one for attackers by itself: "gang", "hacking group", and not "team".
    """

    text: str
    how: str
    actor: bool
    sure: bool = True

    @property
    def about_ransomware(self) -> bool:
        """Whether it says that software is ransomware, or that attackers use it."""
        return "ransom" in self.text.lower()

    def last_word(self) -> str:
        """Return the noun alone, in lower case and in the singular."""
        word = self.text.lower().split()[-1].rsplit("-")[-1]
        return word if word in _generic_nouns() else word.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Fitting:
    """
    What a name may stand for beside a noun.

    Attributes:
        known: The entries.
        noun: The noun.
        acts: Whether it is a gang that is known by the name of its malware: the entries are those of the malware.
    """

    known: tuple[Known, ...]
    noun: NounBeside
    acts: bool = False


def nouns_beside(place: Place) -> Iterator[NounBeside]:
    """Yield the nouns that say what bears the name at a place, the surest first."""
    if match := name_patterns.actor_behind().match(place.behind):
        yield NounBeside(_attackers(match), "followed by", True, _is_sure(match))
    elif match := name_patterns.malware_behind().match(place.behind):
        yield NounBeside(" ".join(match["noun"].split()), "followed by", False)
    for pattern, actor in ((name_patterns.malware_before(), False), (name_patterns.actor_before(), True)):
        match = pattern.search(place.before)
        text = " ".join(match[match.lastgroup or 0].split()) if match else ""
        if match and not _is_title(place, match, text):
            yield NounBeside(text, "introduced by", actor, sure=match.lastgroup == "noun")
    if match := name_patterns.said_to_be().match(place.behind):
        actor = match.lastgroup == "actor"
        yield NounBeside(" ".join(match[match.lastgroup or 0].split()), "called", actor)


def fitting(place: Place, noun: NounBeside, *, ordinary: bool) -> Fitting | None:
    """
    Return what a name may stand for beside a noun; None if no entry fits.

    Args:
        place: Where the name is written.
        noun: The noun.
        ordinary: Whether the name is an ordinary word, so that a noun for something else shows that it is not meant.
    """
    actors = tuple(item for item in place.name.known if item.entry.kind is EntityKind.INTRUSION_SET)
    software = tuple(item for item in place.name.known if item.entry.kind is not EntityKind.INTRUSION_SET)
    if not noun.actor:
        # "Lazarus malware" is the malware of an actor, and so are "backdoors Turla uses".
        plural = noun.how == "introduced by" and noun.last_word() + "s" == noun.text.lower().split()[-1]
        if (plural or noun.text.lower() in words("malware_noun.used_by_actors")) and is_first_an_actor(
            place.name.known
        ):
            return None
        if ordinary and noun.last_word() in words("tool_noun"):
            # "The Spring framework" is no malware, "the Empire framework" is a tool.
            software = tuple(item for item in software if item.entry.kind is EntityKind.TOOL)
        known = _of_noun(software, noun, ordinary=ordinary)
        return Fitting(known, noun) if known else None
    if ordinary and noun.about_ransomware:
        # "The Mirage ransomware gang" is not Ke3chang, one of whose names is Mirage.
        actors = tuple(item for item in actors if item.alias == item.entry.name)
    if actors:
        return Fitting(actors, noun)
    sure = noun.sure or (not ordinary and noun.how == "followed by")
    gang = sure and (not ordinary or any(map(says_ransomware, software)))
    known = _of_noun(software, noun, ordinary=ordinary) if gang else ()
    return Fitting(known, noun, acts=True) if known else None


def is_first_an_actor(known: Sequence[Known]) -> bool:
    """Return whether the first source that has a name has it for actors alone: OilRig, not Carbanak."""
    return all(item.entry.kind is EntityKind.INTRUSION_SET for item in known if item.source == known[0].source)


def _of_noun(software: Sequence[Known], noun: NounBeside, *, ordinary: bool) -> tuple[Known, ...]:
    """Return the software that a noun may mean: not Ghost RAT for "Ghost ransomware"."""
    wanted = "ransomware" if noun.about_ransomware else "" if noun.actor else noun.last_word()
    if not wanted or wanted in _generic_nouns():
        return tuple(software)
    said = {id(item): _said_of(item) for item in software}
    fit = [item for item in software if not said[id(item)] or wanted in said[id(item)]]
    # Where a source has the ransomware Medusa and another Medusa, the ransomware is meant.
    stated = {item.source for item in fit if wanted in said[id(item)]}
    known = tuple(item for item in fit if item.source not in stated or wanted in said[id(item)])
    strict = ordinary and wanted == "ransomware"
    if strict and noun.actor and not stated:
        return ()
    return known if known or strict else tuple(software)


def _said_of(item: Known) -> frozenset[str]:
    """Return the nouns by which a source calls an entry: its cluster, and the end of its name."""
    dropped = frozenset((item.dropped,)) - _generic_nouns()
    cluster = _CLUSTER_NOUNS.get(item.cluster)
    return (dropped | {cluster} if cluster else dropped) - {""}


def _generic_nouns() -> frozenset[str]:
    """Return the nouns that any software of attackers may be called by."""
    return words("malware_noun.any_kind", forms=("singular", "only"))


def _attackers(match: re.Match[str]) -> str:
    """Return the noun of a phrase for attackers, with "ransomware" in front if the phrase has it: "ransomware gang"."""
    noun = " ".join(match["noun"].split())
    return f"ransomware {noun}" if "ransom" in match[0].lower() and "ransom" not in noun.lower() else noun


def _is_sure(match: re.Match[str]) -> bool:
    """Return whether a phrase for attackers is one without the name: "gang", "hacking group", and not "team"."""
    single = match["noun"].lower() not in words("group_noun")
    return single or len(match[0].split()) > 1


def _is_title(place: Place, match: re.Match[str], text: str) -> bool:
    """Return whether a noun may be part of a name itself: "Malware Hunter" may be somebody, "malware Hunter" not."""
    return bool(place.mixed and text.rpartition(" ")[2][:1].isupper() and match.start())
