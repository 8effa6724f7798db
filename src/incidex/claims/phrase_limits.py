"""
Says where a noun phrase begins and ends.

A phrase grows word by word from its head. Whether the next word still belongs to it is decided by the first rule of a
list that has an answer.
"""

from collections.abc import Callable, Sequence

from incidex.claims.known_actors import ActorToken
from incidex.claims.nouns import actor_nouns, is_name, is_noun
from incidex.claims.reporting_verbs import reporting_verbs
from incidex.english.lexicon import words
from incidex.english.tokens import Token

# True: the phrase goes on; False: it does not; None: the rule does not say. The numbers are the index of a token and
# where the phrase ends (to the left) or begins (to the right).
_Rule = Callable[[Sequence[Token], int, int], bool | None]

# Phrases of more words are lists or run-on text, not names of who speaks.
_MOST_WORDS = 24
_MOST_IN_BRACKETS = 8
_NAME_SIGNS = frozenset("@&#")


def phrase_start(tokens: Sequence[Token], end: int) -> int | None:
    """Return where the noun phrase begins that ends before index `end`; None if there is none."""
    head = tokens[end - 1]
    if head.lower in words("pronoun.subject"):
        return end - 1
    if head.lower == ")":
        opened = next((i for i in range(end - 2, max(-1, end - _MOST_IN_BRACKETS), -1) if tokens[i].lower == "("), None)
        return phrase_start(tokens, opened) if opened else None
    if head.lower == "!" and end > 1 and is_name(tokens[end - 2]):
        return phrase_start(tokens, end - 1)
    return _grow_left(tokens, end) if _can_be_head(head) else None


def phrase_end(tokens: Sequence[Token], start: int) -> int | None:
    """Return the index after the noun phrase that begins at `start`; None if there is none."""
    if start >= len(tokens):
        return None
    if tokens[start].lower in words("pronoun.subject"):
        return start + 1
    index = start
    while index < min(len(tokens), start + _MOST_WORDS) and _goes_on(_RIGHT_RULES, tokens, index, start):
        index += 1
    trailing = words("preposition.inside_noun_phrase", "noun_phrase.opening", "time_word", "list_conjunction")
    while index > start and tokens[index - 1].lower in trailing:
        index -= 1
    return index if index > start and any(token.is_word for token in tokens[start:index]) else None


def _can_be_head(token: Token) -> bool:
    never = words("noun_phrase", "preposition.inside_noun_phrase", "pronoun.first_or_second", "time_word")
    return token.is_word and token.lower not in never


def _grow_left(tokens: Sequence[Token], end: int) -> int | None:
    index = end - 1
    while index > 0 and end - index < _MOST_WORDS and _goes_on(_LEFT_RULES, tokens, index, end):
        index -= 1
    while index < end and tokens[index].lower in words("preposition.inside_noun_phrase", "list_sign"):
        index += 1
    return index if index < end else None


def _goes_on(rules: Sequence[_Rule], tokens: Sequence[Token], index: int, edge: int) -> bool:
    for rule in rules:
        answer = rule(tokens, index, edge)
        if answer is not None:
            return answer
    return True


# Rules to the left: does the token before `index` belong to the phrase that ends before `end`?


def _allies(tokens: Sequence[Token], index: int, end: int) -> bool | None:
    """ "the US and its allies" """
    if tokens[index - 1].lower != "and" or tokens[index].lower not in words("possessive"):
        return None
    return (index > 1 and is_name(tokens[index - 2])) if tokens[end - 1].lower in words("ally") else None


def _determiner(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "a spokesman for the agency", "the embassy in The Hague" """
    here, before = tokens[index], tokens[index - 1].lower
    if here.lower not in words("noun_phrase.opening") or here.lower == "one":
        return None
    joined = before in words("preposition.before_organisation") or (here.is_capitalised and before == "in")
    return joined and index > 1 and _is_noun_or_number(tokens[index - 2])


def _preposition(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "director of research", but not "on Friday police" """
    before = tokens[index - 1].lower
    if before not in words("preposition.inside_noun_phrase"):
        return None
    if index < 2:
        return False
    noun = tokens[index - 2]
    if before in words("preposition.before_organisation"):
        return _is_noun_or_number(noun)
    if before == "by":
        return noun.lower in words("analysis", "written_by")
    # "prosecutors in New York", but not "in an attack on the agency in April".
    placed = is_name(tokens[index]) or tokens[index].text == "The"
    return before == "in" and (noun.lower in words("job_title") or (placed and is_noun(noun)))


def _conjunction(tokens: Sequence[Token], index: int, end: int) -> bool | None:
    """ "Marlowe & Finch", "police and prosecutors" """
    if tokens[index - 1].lower == "&":
        return True
    if tokens[index - 1].lower != "and":
        return None
    return index > 1 and _coordinates(tokens, index, end)


def _comma(tokens: Sequence[Token], index: int, end: int) -> bool | None:
    """ "Acme, Flaxpoint and Foxglove" """
    if tokens[index - 1].lower != "," or index < 2:
        return None
    in_list = any(token.lower == "and" for token in tokens[index:end])
    return in_list and is_name(tokens[index]) and is_name(tokens[index - 2])


def _sign(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "Dr. Roe", "Vorwärts! members" """
    before = tokens[index - 1]
    if before.is_word:
        return None
    if index > 1 and before.lower == "." and tokens[index - 2].lower in words("honorific"):
        return True
    return before.lower == "!" and index > 1 and is_name(tokens[index - 2]) and not tokens[index].is_capitalised


def _small_word(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "the agency", but not "that agency" or "today police" """
    before = tokens[index - 1].lower
    if before in words("noun_phrase.opening"):
        return before != "that"
    return False if before in words("noun_phrase.ending", "time_word") else None


def _capital(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "Acme spokesman" """
    before = tokens[index - 1]
    return (index > 1 or is_noun(before)) if before.is_capitalised else None


def _verb_or_adverb(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "said police" is no phrase, "report authors" is one"""
    before = tokens[index - 1].lower
    verb = reporting_verbs().get(before)
    if before.endswith("ly") or (verb and verb.form != "base"):
        return before in words("speaker")
    return None


def _role(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "spokesman David Beharry", but no other plain noun before a name"""
    here, before = tokens[index], tokens[index - 1]
    alone = index > 1 and tokens[index - 2].lower in words("noun_phrase.opening")
    return not here.is_capitalised or alone or not words("speaker").isdisjoint((before.lower, here.lower))


_LEFT_RULES: tuple[_Rule, ...] = (
    _allies,
    _determiner,
    _preposition,
    _conjunction,
    _comma,
    _sign,
    _small_word,
    _capital,
    _verb_or_adverb,
    _role,
)


# Rules to the right: does the token at `index` belong to the phrase that begins at `start`?


def _next_conjunction(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "police and prosecutors" """
    if tokens[index].lower != "and" or index == start:
        return None
    return index + 1 < len(tokens) and _coordinates(tokens, index + 1, index + 4)


def _next_sign(tokens: Sequence[Token], index: int, _: int) -> bool | None:
    """ "Marlowe & Finch" """
    if tokens[index].lower in _NAME_SIGNS:
        return True
    return None if tokens[index].is_word else False


def _next_preposition(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "an analysis by Foxglove", "police in Penn", but not "to" and "on" """
    here = tokens[index].lower
    if here not in words("preposition.inside_noun_phrase") or here in words("preposition.before_organisation"):
        return None
    if here == "by":
        return index > start and tokens[index - 1].lower in words("analysis", "written_by")
    determined = tokens[index + 1 : index + 2] and tokens[index + 1].lower in words("noun_phrase.opening")
    return here == "in" and index > start and is_noun(tokens[index - 1]) and index + 1 < len(tokens) and not determined


def _next_small_word(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "police that", "police today": no phrase"""
    here = tokens[index].lower
    if here in words("pronoun.first_or_second", "time_word") or (here in ("that", "which") and index > start):
        return False
    return False if here in words("noun_phrase.ending") and here not in words("noun_phrase.opening") else None


def _after_actor(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "hackers linked to Pale Heron stole", but "Pale Heron hacking group" """
    if index == start or not isinstance(tokens[index - 1], ActorToken) or tokens[index].is_capitalised:
        return None
    ahead = [token.lower for token in tokens[index : index + 2]]
    says_what = ahead[0] in words("cause") or not (actor_nouns() | words("unnamed_actor")).isdisjoint(ahead)
    return None if says_what else False


def _after_head(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "researchers found", "Acme discovered": no phrase"""
    here = tokens[index]
    if index == start or here.is_capitalised or here.lower in words("speaker"):
        return None
    before = tokens[index - 1]
    ends = before.lower in words("speaker") or (is_name(before) and here.lower.endswith("ed"))
    return False if ends else None


def _next_verb(tokens: Sequence[Token], index: int, start: int) -> bool | None:
    """ "the agency said", but "the newspaper's reporting" """
    here = tokens[index].lower
    if index > start and tokens[index - 1].lower.endswith("'s"):
        return True
    return here not in reporting_verbs() or here in words("speaker")


_RIGHT_RULES: tuple[_Rule, ...] = (
    _next_conjunction,
    _next_sign,
    _next_preposition,
    _next_small_word,
    _after_actor,
    _after_head,
    _next_verb,
)


def _is_noun_or_number(token: Token) -> bool:
    return is_noun(token) or token.lower in words("quantity")


def _coordinates(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether "and" before `index` joins two names, or two nouns that speak."""
    here, before = tokens[index], tokens[index - 2]
    if is_name(here) and is_name(before):
        return True
    plain = words("speaker", "arm_of_state")
    return before.lower in plain and any(token.lower in plain for token in tokens[index:end])
