"""Tells who can be accused: known actors, whose names it marks, other names, countries, kinds of groups."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from incidex.claims.nouns import actor_nouns, first_preposition, is_name
from incidex.english.lexicon import words
from incidex.english.tokens import Token, tokenise
from incidex.records import Entity, EntityKind, Span

# Nobody reads longer sentences, and reading them would cost time.
LONGEST_SENTENCE = 3000
_CODE_NAME = re.compile(r"(?:APT|FIN|TA|UNC|DEV|TEMP)[- ]?\d{1,5}", re.IGNORECASE)
_ATTACK = re.compile(r"attack|hack(?:s|ing)?$|breach|leak|campaign|theft|intrusion")


class ActorToken(Token):
    """A token that belongs to the name of a known actor."""

    __slots__ = ()


def sentence_tokens(text: str, span: Span, actors: Sequence[Span] = ()) -> list[Token]:
    """
    Return the tokens of a sentence; those in the name of an actor are each an `ActorToken`.

    Args:
        text: The text that the spans count in.
        span: The sentence. One that is longer than 3,000 characters has no tokens.
        actors: Where known actors are named, in the order of the text.
    """
    if span.end - span.start > LONGEST_SENTENCE:
        return []
    tokens = tokenise(text, span)
    first = bisect_left(actors, span.start, key=lambda actor: actor.start)
    last = bisect_left(actors, span.end, lo=first, key=lambda actor: actor.start)
    for actor in actors[first:last]:
        index = bisect_left(tokens, actor.start, key=lambda token: token.start)
        while index < len(tokens) and tokens[index].end <= actor.end:
            tokens[index] = ActorToken(*tokens[index])
            index += 1
    return tokens


def actors_in(entities: Iterable[Entity]) -> list[Span]:
    """Return where `entities` name actors, in the order of the text. Names that may be an actor's are included."""
    return sorted(span for entity in entities if _may_be_actor(entity) for span in entity.mentions)


def names_attack(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is about an attack, rather than about who did it: "the Acme breach"."""
    return any(_ATTACK.search(token.lower) for token in tokens)


def names_incident(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is about an attack under any of its names: "the heist"."""
    return names_attack(tokens) or not words("incident_noun").isdisjoint(token.lower for token in tokens)


def is_specific(tokens: Sequence[Token], *, strict: bool = False) -> bool:
    """
    Whether a phrase says who: a name, a country, a kind of group; not "hackers" or "the attackers".

    With `strict`, a name alone is not enough: it has to be that of a country or of a known actor, or stand beside a
    word for an actor.
    """
    tokens = _before_for(tokens)
    plain = [re.sub(r"['’]s?$", "", token.lower) for token in tokens if token.is_word]
    if not plain or _is_no_actor(plain):
        return False
    if _is_known(tokens, plain):
        return True
    if not strict:
        return _has_name(tokens) or not words("kind_of_group").isdisjoint(plain)
    any_actor = actor_nouns() | words("unnamed_actor")
    return _has_code_name(tokens) or (_has_name(tokens) and not any_actor.isdisjoint(plain))


def _before_for(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[: next((i for i, token in enumerate(tokens) if i and token.lower == "for"), len(tokens))]


def _is_known(tokens: Sequence[Token], plain: Sequence[str]) -> bool:
    """Whether a phrase has a place, a known actor, or a noun that says what kind of actor it is: "operatives"."""
    if any(isinstance(token, ActorToken) for token in tokens) or _names_place(plain):
        return True
    return not (actor_nouns() - words("unnamed_actor")).isdisjoint(plain)


def _has_name(tokens: Sequence[Token]) -> bool:
    # The first word may have its capital from the sentence alone: "Developers".
    common = words("unnamed_actor", "vague_modifier", "speaker")
    return any(is_name(token) and token.lower not in common for token in tokens)


def _has_code_name(tokens: Sequence[Token]) -> bool:
    return any(_CODE_NAME.fullmatch(token.text) for token in tokens)


def _is_no_actor(plain: Sequence[str]) -> bool:
    """Whether a phrase is a question or about a thing: "human error"."""
    heads = {plain[-1], plain[first_preposition(plain) - 1]}
    return plain[0] in ("who", "what") or not words("cause").isdisjoint(heads)


def _names_place(plain: Sequence[str]) -> bool:
    return any(part in words("place") for word in plain for part in word.split("-"))


def _may_be_actor(entity: Entity) -> bool:
    """Whether an entity is an actor, or has a name that a source also has for one: "Cozy Bear" is also a malware."""
    actor = EntityKind.INTRUSION_SET
    return entity.kind is actor or (entity.kind is None and any(link.kind is actor for link in entity.candidates))
