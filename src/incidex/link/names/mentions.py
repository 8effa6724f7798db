"""
A place that is meant as a name, and how the mentions of a name agree on what it is: a gang is an intrusion set where it
acts, and its malware of the same name is malware where it runs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from incidex.link.names.index import Known
from incidex.link.names.name_matcher import Place
from incidex.link.names.nouns_beside import is_first_an_actor
from incidex.link.names.senses import Sense, may_act, sense_of
from incidex.records import EntityKind

_JOINT = re.compile(r",? (?:and |or |and the |or the |the )?| ?/ ?")


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A place that is meant as a name.

    Attributes:
        place: The place.
        known: What it may stand for: a subset of what the name may.
        why: The evidence, as a sentence.
        has_noun: Whether a noun beside it says whether it is an actor or software.
        acts: Whether it is a gang that is known by the name of its malware: `known` is the malware.
    """

    place: Place
    known: tuple[Known, ...]
    why: str
    has_noun: bool = False
    acts: bool = False

    @property
    def sense(self) -> Sense | None:
        """What a noun beside it says that it is."""
        if not self.has_noun:
            return None
        return Sense.ACTS if self.acts or is_actor(self.known[0]) else Sense.RUNS


def with_senses(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions with what the text says that each is, by nouns and verbs beside it or its other mentions."""
    by_name: dict[str, list[tuple[Mention, Sense | None]]] = {}
    for mention, sense in _with_next(mentions):
        by_name.setdefault(mention.place.name.key, []).append((mention, sense))
    found = {mention.place.span: mention for rows in by_name.values() for mention in _agreed(rows)}
    yield from (found[mention.place.span] for mention in mentions)


def is_actor(known: Known) -> bool:
    """Return whether an entry is an actor."""
    return known.entry.kind is EntityKind.INTRUSION_SET


def is_imported(place: Place) -> bool:
    """Return whether only imported files have a name, which nobody has reviewed."""
    return all(item.cluster.startswith("imported") for item in place.name.known)


def _with_next(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Sense | None]]:
    """Yield mentions with what the words around each say; in "X and the Y gang", X is what Y is."""
    rows: list[tuple[Mention, Sense | None]] = []
    following: tuple[Mention, Sense] | None = None
    for mention in reversed(mentions):
        sense = mention.sense or (sense_of(mention.place) if _needs_sense(mention) else None)
        if sense is None and following and _needs_sense(mention) and _is_joined(mention.place, following[0].place):
            sense = following[1] if _has_actor(mention) or not _is_known_actor(following[0]) else None
        following = (mention, sense or Sense.ACTS) if sense or _is_known_actor(mention) else None
        rows.append((mention, sense))
    return reversed(rows)


def _is_known_actor(mention: Mention) -> bool:
    return all(map(is_actor, mention.known))


def _is_joined(left: Place, right: Place) -> bool:
    between = left.behind[: max(0, right.span.start - left.span.end)]
    return left.span.end + len(between) == right.span.start and _JOINT.fullmatch(between) is not None


def _needs_sense(mention: Mention) -> bool:
    """Return whether a name is one of an actor and of software, or of a ransomware that a gang may be named after."""
    actors = [is_actor(item) for item in mention.known]
    return not all(actors) and (any(actors) or may_act(mention.place))


def _agreed(rows: Sequence[tuple[Mention, Sense | None]]) -> Iterator[Mention]:
    """Yield the mentions of one name, each in the sense that the text gives it, here or elsewhere."""
    # What nouns leave of the candidates holds for all mentions of that sense.
    narrowed = {mention.sense: mention for mention, _ in rows[::-1] if mention.has_noun}
    usual = _usual_sense(rows)
    last = next((sense for _, sense in rows if sense is not None), None)
    for mention, sense in rows:
        last = sense or last
        # One that says nothing means what the one before it does, or else the next one.
        meant = sense or (last if _has_actor(mention) else usual)
        if meant is None and _needs_sense(mention) and is_first_an_actor(mention.known):
            meant = Sense.ACTS
        yield mention if mention.has_noun or meant is None else _in_sense(mention, meant, narrowed.get(meant))


def _usual_sense(rows: Sequence[tuple[Mention, Sense | None]]) -> Sense | None:
    """Return what the name of a malware and its gang means as a rule: the malware, unless the gang acts more often."""
    acts = sum(sense is Sense.ACTS for _, sense in rows)
    runs = sum(sense is Sense.RUNS for _, sense in rows)
    if not acts and not runs:
        return None
    return Sense.ACTS if acts > runs and may_act(rows[0][0].place) else Sense.RUNS


def _has_actor(mention: Mention) -> bool:
    return any(map(is_actor, mention.known))


def _in_sense(mention: Mention, sense: Sense, example: Mention | None) -> Mention:
    """Return a mention with the candidates that a sense leaves, or those of a mention in that sense with a noun."""
    if example is not None:
        return replace(mention, known=example.known, acts=example.acts)
    known = tuple(item for item in mention.known if is_actor(item) is (sense is Sense.ACTS))
    if known:
        return replace(mention, known=known)
    return replace(mention, acts=sense is Sense.ACTS)
