"""Corrects arguments: whoever only speaks, advises, investigates or reports is neither attacker nor victim."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.english.lexicon import words
from incidex.english.tokens import Token, lower, tokenise
from incidex.events.clauses import Verb, apposition, in_dateline, places_of, verb_after
from incidex.labels import scheme
from incidex.records import Argument, EventMention, Span

_CVE = re.compile(r"\bCVE[-‐‑– ]?\d{4}[-‐‑– ]{0,2}\d{4,7}\b", re.IGNORECASE)
_QUOTES = '“”"‘'
_PARTIES = ("Attacker", "Victim")
# A name that follows within so many words of who bears it: "the extortionist, who calls himself “saltmarsh”".
_LONGEST_NAMING = 7
# How many words after a verb may say whom or what it is about, so that the time for long sentences stays linear.
_LONGEST_CLAUSE = 60


# In tokens, between "stole" and "from".
_FARTHEST_TAKING = 8


@dataclass(frozen=True, slots=True)
class _Judged:
    """An argument with its corrected role; in doubt if it stands as long as another mention has it without doubt."""

    argument: Argument
    doubt: bool = False


def with_participants(
    mentions: Sequence[EventMention], sentences: Sequence[Span], text: str, *, publisher: str | None = None
) -> list[EventMention]:
    """
    Return `mentions` with corrected arguments.

    Args:
        mentions: In the order of the text.
        sentences: The span of the sentence of each.
        text: That of the document.
        publisher: Who published it: a reporter, and so nobody who took part.
    """
    tokens: dict[Span, list[Token]] = {}
    judged = []
    for mention, sentence in zip(mentions, sentences, strict=True):
        if sentence not in tokens:
            tokens[sentence] = tokenise(text, sentence)
        reader = _Reader(mention, sentence, tokens[sentence], text, (publisher or "").casefold())
        judged.append([one for argument in mention.arguments if (one := reader.judged(argument))])
    sure = {(one.argument.role, _key(one.argument, text)) for each in judged for one in each if not one.doubt}
    return [
        replace(
            mention,
            arguments=tuple(
                one.argument for one in each if not one.doubt or (one.argument.role, _key(one.argument, text)) in sure
            ),
        )
        for mention, each in zip(mentions, judged, strict=True)
    ]


def accused_as_attackers(mentions: Sequence[EventMention], accused: Iterable[Span]) -> list[EventMention]:
    """Return `mentions` with everybody whom a claim accuses as attacker where they were victims."""
    spans = tuple(accused)
    return [
        replace(
            mention,
            arguments=tuple(
                _in_role(argument, "Attacker", mention.event_type) or argument
                if argument.role == "Victim" and any(argument.span.overlaps(span) for span in spans)
                else argument
                for argument in mention.arguments
            ),
        )
        for mention in mentions
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Judges the arguments of a mention by the words around them."""

    mention: EventMention
    sentence: Span
    tokens: Sequence[Token]
    text: str
    publisher: str

    def judged(self, argument: Argument) -> _Judged | None:
        """Return an argument as it should be; None if it is none."""
        argument = replace(argument, span=_without_quotes(argument.span, self.text))
        first, end = places_of(self.tokens, argument.span)
        if all(token.lower in words("no_argument") for token in self.tokens[first:end]):
            return None
        if argument.entity_type == "CVE":
            return self._number(argument)
        if argument.role not in _PARTIES:
            return None if self._is_no_name(argument, first) else _Judged(argument)
        if in_dateline(argument.span, self.sentence, self.text) or self._is_modifier(argument, first, end):
            return None
        verb = verb_after(self.tokens, end)
        role = self._acting_role(argument, first, end, verb)
        if role != argument.role:
            moved = _in_role(argument, role, self.mention.event_type)
            return _Judged(moved) if moved else None
        if role == "Attacker":
            return self._attacker(argument, first, end, verb)
        return self._victim(argument, first, end, verb)

    def _number(self, argument: Argument) -> _Judged | None:
        """Return a CVE number with all its characters: "CVE" alone and "2024-03-22" are none."""
        start = max(self.sentence.start, argument.span.start - 20)
        for match in _CVE.finditer(self.text, start, min(self.sentence.end, argument.span.end + 20)):
            if argument.span.overlaps(Span(*match.span())):
                return _Judged(replace(argument, span=Span(*match.span())))
        return None

    def _is_no_name(self, argument: Argument, first: int) -> bool:
        """Return whether an organisation is none: what a supplier supplies, in "a supplier of bandages"."""
        if argument.entity_type != "Organization" or first < 2 or self.tokens[first].is_capitalised:
            return False
        known = words("organisation", "institution", "collective_noun")
        before, of = self.tokens[first - 2 : first]
        return of.lower == "of" and before.lower in known and self.tokens[first].lower not in known

    def _is_modifier(self, argument: Argument, first: int, end: int) -> bool:
        """Return whether an organisation is only what kind of people the next argument is: "ferry passengers"."""
        is_noun = argument.entity_type == "Organization" and end - first == 1 and not self.tokens[first].is_capitalised
        return is_noun and any(other.span.start == argument.span.end + 1 for other in self.mention.arguments)

    def _acting_role(self, argument: Argument, first: int, end: int, verb: Verb | None) -> str:
        """Return the role that the grammar of the sentence gives: whoever stole is no victim."""
        before = self.tokens[first - 1].lower if first else ""
        inside = {token.lower for token in self.tokens[first:end]}
        triggered = verb is not None and self._in_trigger(self.tokens[verb.at])
        if verb and triggered and verb.word in words("attack_act") and self._is_active(verb):
            return "Attacker"
        if verb and triggered and verb.passive and verb.word in words("done_to_victim", forms=("participle",)):
            return "Victim"
        if verb and triggered and verb.passive and verb.word == "paid" and inside <= words("pronoun.subject"):
            return "Attacker"
        if before == "by" and first > 1 and self._in_trigger(self.tokens[first - 2]) and self._is_attack(first - 2):
            return "Attacker"
        if argument.role == "Victim" and self._names_attacker(first, inside):
            return "Attacker"
        if argument.role == "Attacker" and self._is_robbed(first, end):
            return "Victim"
        return argument.role

    def _is_robbed(self, first: int, end: int) -> bool:
        """Return whether something was taken from somebody: "files stolen from Acme", not "hackers from Penn"."""
        start = first - 1
        while start > 0 and self.tokens[start].lower in words("determiner"):
            start -= 1
        if start < 1 or self.tokens[start].lower != "from" or self._is_known_actor(first, end):
            return False
        trigger = [token for token in self.tokens[max(0, start - _FARTHEST_TAKING) : start] if self._in_trigger(token)]
        before = self.tokens[start - 1].lower
        return bool(trigger) and before not in words("actor_noun", "unnamed_actor", "human")

    def _attacker(self, argument: Argument, first: int, end: int, verb: Verb | None) -> _Judged | None:
        if self._is_outsider(first, end):
            return None if not (verb and self._in_trigger(self.tokens[verb.at])) else _Judged(argument)
        if self._is_known_actor(first, end):
            return _Judged(argument)
        if self._is_told_by(first) or self._is_owner(first, end):
            return None
        if self._hears(first) or (verb and verb.word in _speaking()):
            return _Judged(argument, doubt=True)
        return _Judged(argument)

    def _victim(self, argument: Argument, first: int, end: int, verb: Verb | None) -> _Judged | None:
        speaks = verb is not None and not verb.passive and verb.word in _speaking()
        if self._is_outsider(first, end) and (speaks or self._hears(first)):
            return None
        if self._is_source(end) or (verb and self._is_investigating_body(first, end, verb)):
            return None
        acts = verb is not None and not verb.passive and verb.word in words("outsider_act")
        return _Judged(argument, doubt=acts and verb is not None and not self._speaks_of_own(verb))

    def _in_trigger(self, token: Token) -> bool:
        return self.mention.trigger.start <= token.start < self.mention.trigger.end

    def _is_attack(self, index: int) -> bool:
        return self.tokens[index].lower in words("attack_act", "done_to_victim", forms=("participle",))

    def _is_active(self, verb: Verb) -> bool:
        """Return whether a verb has an object: "hacked" alone may be a participle."""
        if verb.passive or verb.word in words("attack_act", forms=("ing",)):
            return False
        if verb.word in words("attack_act", forms=("base", "s")):
            return True
        after = self.tokens[verb.at + len(verb.word.split()) :][:1]
        if not after or not after[0].is_word:
            return False
        return after[0].lower not in words("description_break", "coordinator", "before_day", "adjunct.opening")

    def _names_attacker(self, first: int, inside: set[str]) -> bool:
        """Return whether a victim is the name of an attacker, or a pronoun for one: "the gang Hollow Fen"."""
        if first and self.tokens[first].is_capitalised:
            before = self.tokens[first - 1].lower.strip("“\"'")
            if before in words("collective_noun", forms=("singular",)):
                return True
        earlier = [other for other in self.mention.arguments if other.span.end <= self.tokens[first].start]
        attackers = [other for other in earlier if other.role == "Attacker"]
        people = [other for other in earlier if other.entity_type in ("Person", "Organization")]
        if not attackers:
            return False
        if inside <= words("personal_pronoun"):
            return people[-1].role == "Attacker"
        _, end = places_of(self.tokens, attackers[-1].span)
        between = [token.lower for token in self.tokens[end:first] if not self._in_trigger(token)]
        if len(between) < first - end:
            return False
        return 0 < len(between) <= _LONGEST_NAMING and not words("naming_clause.verb", "naming", "goes_by").isdisjoint(
            between
        )

    def _is_outsider(self, first: int, end: int) -> bool:
        """Return whether somebody is a reporter, an investigator, an adviser or the publisher."""
        span = self.tokens[first:end]
        beside = apposition(self.tokens, end)
        name = " ".join(token.lower for token in span if token.lower not in words("determiner"))
        ahead = self.tokens[first - 1].lower if first else ""
        return bool(
            span[-1].lower in words("outsider")
            or name in words("news_outlet")
            or (self.publisher and name == self.publisher)
            or _is_security_firm(span)
            or (beside and (beside[-1].lower in words("outsider") or _is_security_firm(beside)))
            or (span[0].is_capitalised and ahead in words("outsider"))
        )

    def _is_known_actor(self, first: int, end: int) -> bool:
        found = {token.lower.replace("’", "'").removesuffix("'s") for token in self.tokens[first:end]}
        return not found.isdisjoint(words("actor_noun", "collective_noun", "actor") | _plain_attackers())

    def _hears(self, first: int) -> bool:
        before = self.tokens[max(0, first - 2) : first]
        return any(token.lower in words("tells_hearer") for token in before) or (
            len(before) > 1 and before[0].lower == "according"
        )

    def _is_told_by(self, first: int) -> bool:
        """Return whether somebody is named as who found or told something: "the activity cited by Acme"."""
        by = first - 1
        while by > 0 and self.tokens[by].lower in words("determiner"):
            by -= 1
        return by > 0 and self.tokens[by].lower == "by" and self.tokens[by - 1].lower in _telling()

    def _is_owner(self, first: int, end: int) -> bool:
        """Return whether a name stands right before what happened to its bearer: "the Acme Health breach"."""
        after = end
        while after < len(self.tokens) and self.tokens[after].is_capitalised and after < end + _LONGEST_NAMING:
            after += 1
        trigger = [token.lower for token in self.tokens[end : after + 2] if self._in_trigger(token)]
        between = self.tokens[end : max(end, after)]
        named = self.tokens[first].is_capitalised and not any(map(self._in_trigger, between[:-1]))
        return named and bool(trigger) and trigger[-1] in words("suffered")

    def _is_investigating_body(self, first: int, end: int, verb: Verb) -> bool:
        """Return whether a public body speaks of what happened to others: "the Justice Department claimed"."""
        if end - first < 2 or self.tokens[end - 1].lower not in words("investigating_body"):
            return False
        speaks = verb.word in _speaking() or verb.word in words("issuing", forms=("base", "s", "past"))
        return speaks and not verb.passive and self.tokens[end - 1].is_capitalised and not self._speaks_of_own(verb)

    def _is_source(self, end: int) -> bool:
        """Return whether somebody is an unnamed source: "two people with knowledge of the matter said"."""
        ahead = " ".join(token.lower for token in self.tokens[end : end + 3])
        return ahead.startswith(tuple(words("source_of_news")))

    def _speaks_of_own(self, verb: Verb) -> bool:
        """Return whether somebody speaks about what they own, or to those whose data it is: "warned customers"."""
        after = {token.lower for token in self.tokens[verb.at + 1 : verb.at + _LONGEST_CLAUSE]}
        return not after.isdisjoint(words("third_possessive", "counted.people"))


def _is_security_firm(span: Sequence[Token]) -> bool:
    found = [token.lower for token in span]
    return any(
        one in words("security_field") and other in words("security_firm")
        for one, other in zip(found, found[1:], strict=False)
    )


def _in_role(argument: Argument, role: str, event_type: str) -> Argument | None:
    """Return `argument` in another role; None if its entity type does not take it."""
    takes = {one.name: one.roles for one in scheme().event_types}[event_type]
    return replace(argument, role=role) if argument.entity_type in takes.get(role, ()) else None


def _without_quotes(span: Span, text: str) -> Span:
    """Return a span without quotation marks at its ends that have no counterpart inside."""
    written = span.of(text)
    start, end = span.start, span.end
    if written[0] in _QUOTES and len(written) > 1 and written[1:].strip(_QUOTES + "”") == written[1:]:
        start += 1
    if end - start > 1 and written[-1] in _QUOTES and text[start : end - 1].strip(_QUOTES) == text[start : end - 1]:
        end -= 1
    return Span(start, end)


def _key(argument: Argument, text: str) -> str:
    found = lower(argument.span.of(text)).split()
    return " ".join(found[1:] if len(found) > 1 and found[0] in words("determiner") else found)


@cache
def _speaking() -> frozenset[str]:
    claims = words("claim.states", "claim.confirms", "claim.denies", "claim.suspects")
    return claims | words("outsider_act", "plain_saying", "learning")


@cache
def _telling() -> frozenset[str]:
    """Return participles of verbs for finding something and speaking of it, but not for what attackers do, too."""
    told = words("citing", "claim.states", "claim.confirms", "disclosing", "organisation_finds", forms=("participle",))
    return told - words("attack_act", "gang_act", "issuing", forms=("participle",))


@cache
def _plain_attackers() -> frozenset[str]:
    return words("unnamed_actor") - words("pronoun.subject", "pronoun.relative", "pronoun.first_or_second") - {"party"}
