"""Marks the words of a sentence that name an actor whom the lists of names know: "Scattered Spider"."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from incidex.claims.clause import Word
from incidex.records import Entity, EntityKind, Span


def actors_in(entities: Iterable[Entity]) -> list[Span]:
    """Return where `entities` name actors, in the order of the text; names that may be an actor's are among them."""
    return sorted(span for entity in entities if _may_be_actor(entity) for span in entity.mentions)


def mark_actors(words: Sequence[Word], actors: Sequence[Span]) -> list[Word]:
    """Return the words of one sentence, those marked that lie in one of `actors`, which stand in order."""
    marked = list(words)
    if not marked:
        return marked
    first = bisect_left(actors, words[0].start, key=lambda actor: actor.start)
    last = bisect_left(actors, words[-1].end, lo=first, key=lambda actor: actor.start)
    for actor in actors[first:last]:
        index = bisect_left(words, actor.start, key=lambda word: word.start)
        while index < len(words) and words[index].end <= actor.end:
            marked[index] = words[index]._replace(actor=True)
            index += 1
    return marked


def _may_be_actor(entity: Entity) -> bool:
    """Whether an entity is an actor, or has a name that a source has for one, too: "Cozy Bear" is also a malware."""
    actor = EntityKind.INTRUSION_SET
    return entity.kind is actor or (entity.kind is None and any(link.kind is actor for link in entity.candidates))
