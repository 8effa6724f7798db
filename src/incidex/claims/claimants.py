"""Says who a phrase names, and whom a pronoun or a surname means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from incidex.claims.claimant_parts import is_organisation, names_in, read_parts
from incidex.claims.contents import span_of
from incidex.claims.nouns import is_name, is_pronoun
from incidex.claims.phrases import Phrase
from incidex.english.lexicon import words
from incidex.english.names import without_possessive
from incidex.english.tokens import Token
from incidex.records import Claimant, Span

# At the beginning of a sentence these have a capital, but are no names: "Normally".
_ADVERB_ENDINGS = ("ally", "ently", "edly", "ously")


@dataclass(slots=True)
class Speakers:
    """Who has been named so far in a document, to say whom "he" and "Kremez" mean; filled sentence by sentence."""

    text: str
    person: Claimant | None = None
    organisation: Claimant | None = None
    latest: Claimant | None = None
    people: dict[str, Claimant] = field(default_factory=dict)

    def claimant(self, tokens: Sequence[Token], phrase: Phrase) -> Claimant:
        """Return who `phrase` is, and remember it."""
        inside = phrase.of(tokens)
        if is_pronoun(inside):
            pronoun = inside[0].lower
            return self._meant(_span(inside), pronoun, _antecedent(tokens, phrase.first, pronoun))
        found = self._with_full_name(read_parts(tokens, phrase))
        self.remember(found)
        return found

    def remember(self, claimant: Claimant) -> None:
        """Keep `claimant` as the last one who was named."""
        self.latest = claimant
        if claimant.person or (claimant.role and not claimant.role.of(self.text).lower().endswith("s")):
            self.person = claimant
        else:
            self.organisation = claimant
        if claimant.person:
            self.people.setdefault(_surname(claimant.person.of(self.text)), claimant)

    def mention(self, tokens: Sequence[Token], phrase: Phrase) -> None:
        """Remember a name that does not speak, since "he" or "it" may mean it."""
        if phrase.last - phrase.first == 1 and tokens[phrase.first].lower.endswith(_ADVERB_ENDINGS):
            return
        inside = range(phrase.first + 1, phrase.last)
        ends = (i for i in inside if is_name(tokens[i - 1]) and not tokens[i].is_capitalised)
        name = replace(phrase, last=next(ends, phrase.last))
        if any(is_name(token) for token in name.of(tokens)):
            self.remember(self._with_full_name(read_parts(tokens, name)))

    def _meant(self, at: Span, pronoun: str, antecedent: Claimant | None) -> Claimant:
        if pronoun == "it":
            meant = antecedent or self.organisation
        elif pronoun == "they":
            meant = self.latest
        else:
            meant = self.person or antecedent
        return replace(meant, words=at) if meant else Claimant(at, at)

    def _with_full_name(self, found: Claimant) -> Claimant:
        """Return the person whom a surname means, as they were named in full before."""
        known = self.people.get(_surname((found.person or found.name).of(self.text)))
        if known is None or (found.person and " " in found.person.of(self.text)):
            return found
        return replace(known, words=found.words)


def _antecedent(tokens: Sequence[Token], index: int, pronoun: str) -> Claimant | None:
    """Return whom a pronoun can mean in its sentence: "it" the name that the sentence begins with, "he" a person."""
    if pronoun == "they":
        return None
    for name in names_in(tokens, 0, index):
        span = span_of(tokens, name.first, name.last)
        if tokens[name.first].lower in words("negation.trigger", "sentence_start"):
            return None
        if pronoun == "it":
            return Claimant(span, span, organisation=span) if name.first <= 1 else None
        if name.last - name.first in (2, 3) and not is_organisation(tokens[name.first : name.last]):
            return Claimant(span, span, person=span)
    return None


def _surname(name: str) -> str:
    return without_possessive(name.split()[-1]).lower()


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].start, tokens[-1].end)
