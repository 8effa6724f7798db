"""Resolves who makes a claim, whom it accuses and who was hit to the names that all reports together use for them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from incidex.dossiers.names import Names, name_key
from incidex.dossiers.report import Report
from incidex.english import lexicon
from incidex.records import Claim, ClaimKind, EntityKind, Span

_NAMED_ROLES = ("Victim", "Attacker", "Trusted-Entity")
# In characters: so far back "the company" may have been named, some three paragraphs.
_FARTHEST_NAME = 1000
# In characters, between a description and the name beside it: ', “'.
_LONGEST_GAP = 3


def speaker(claim: Claim, report: Report) -> str | None:
    """Return who makes the claim: a person, or else the fullest name; None if nobody is named."""
    if claim.claimant is None:
        return None
    words = report.words(claim.claimant.person or claim.claimant.name)
    return None if words.lower() in lexicon.words("no_name") else words


def all_names(reports: Iterable[Report]) -> Names:
    """Return the names of all who speak, are accused, attack or were hit in `reports`."""
    return Names(name for report in reports for name in _written(report))


def entity_name(span: Span, report: Report, kinds: Sequence[str]) -> str | None:
    """Return the canonical name of an entity of one of `kinds` that is named within `span`."""
    found = (entity for entity in report.entities.within(span) if entity.kind is not None)
    return next((entity.name for entity in found if entity.kind in kinds), None)


class NameResolver:
    """Resolves the names in one report to those of the whole incident."""

    def __init__(self, report: Report, names: Names) -> None:
        """Take the names of the whole incident."""
        self._report = report
        self._names = names
        self._stand_for = {a.span: a.name for m in report.mentions for a in m.arguments if a.name}

    def claimant(self, claim: Claim) -> str | None:
        """Return who makes the claim, by name if the report gives one; None if nobody is named."""
        words = speaker(claim, self._report)
        if not words or claim.claimant is None:
            return None
        if claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY:
            return self.actor(claim.claimant.person or claim.claimant.name)
        own = self._names.canonical(words)
        return own if is_name(own) else self._named_before(claim.claimant.words, words) or own

    def spokesmen(self, claim: Claim) -> set[str]:
        """Return all names of the claimant, with those of the organisation that a person speaks for."""
        who = claim.claimant
        spans = (who.person, who.organisation, who.name) if who else ()
        return {self._names.canonical(self._report.words(span)) for span in spans if span}

    def accused(self, claim: Claim) -> str | None:
        """Return whom the claim is about. In "Acme denies that it did it", Acme speaks of itself."""
        if claim.accused is None or claim.kind is ClaimKind.LEAVES_OPEN:
            return None
        return self.actor(claim.accused) or self.claimant(claim)

    def actor(self, span: Span) -> str | None:
        """Return the name of an attacker, the canonical one of a known group; None for a pronoun."""
        words = self._stand_for.get(span) or self._given_name(span) or self._with_noun(span)
        if words.lower() in lexicon.words("no_name"):
            return None
        known = entity_name(span, self._report, (EntityKind.INTRUSION_SET.value,))
        return known or self._groups.get(words.casefold()) or self._names.canonical(words)

    def _with_noun(self, span: Span) -> str:
        """Return the words of `span`, and the noun that it was cut off from: "a foreign" in "by a foreign state"."""
        words = self._report.words(span)
        modifiers = lexicon.words("kind_of_group") - lexicon.words("actor_noun", "unnamed_actor", "human", "actor")
        if words.rpartition(" ")[2] not in modifiers:
            return words
        sentence = self._report.sentence(span)
        after = self._report.document.text[span.end : sentence.span.end if sentence else span.end].split()
        return f"{words} {after[0].rstrip(' ,.;:')}" if after and after[0][0].isalpha() else words

    def _given_name(self, span: Span) -> str:
        """Return the name that follows a description of attackers: "the group, Grey Heron, put"; empty if none does."""
        if is_name(self._report.words(span)):
            return ""
        text = self._report.document.text
        arguments = (argument for mention in self._report.mentions for argument in mention.arguments)
        attackers = (argument.span for argument in arguments if argument.role == "Attacker")
        entities = (one for one in self._report.analysis.entities if one.kind is EntityKind.INTRUSION_SET)
        for place in (*attackers, *(mention for entity in entities for mention in entity.mentions)):
            beside = 0 < place.start - span.end <= _LONGEST_GAP and not text[span.end : place.start].strip(' ,(“"‘')
            if beside and is_name(self._report.words(place)):
                return self._report.words(place)
        return ""

    def is_group(self, name: str) -> bool:
        """Return whether a name is that of a known group in the report."""
        return any(one.kind is EntityKind.INTRUSION_SET and one.name == name for one in self._report.analysis.entities)

    @cached_property
    def _groups(self) -> dict[str, str]:
        """The groups by all their names in the report: "Akira" may be called a group only once."""
        found: dict[str, str] = {}
        for entity in self._report.analysis.entities:
            if entity.kind is EntityKind.INTRUSION_SET:
                for name in (entity.name, *map(self._report.words, entity.mentions)):
                    found.setdefault(name.casefold(), entity.name)
        return found

    def organisation(self, span: Span) -> str:
        """Return the name of a victim, or of an organisation that is imitated."""
        return self._names.canonical(entity_name(span, self._report, ("organisation",)) or self._report.words(span))

    def _named_before(self, span: Span, words: str) -> str | None:
        """
        Return the organisation that "the company" stands for; None if that is in doubt.

        It is the last one named before, if it was hit or speaks; the main victim where that is another of several
        victims, as "the company" that owns two of those is no shop of its own.
        """
        article, _, head = words.lower().rpartition(" ")
        kinds = lexicon.words("called_after_kind", "institution", forms=("singular",)) - lexicon.words("group_noun")
        if article != "the" or head not in kinds:
            return None
        index = bisect_left(self._organisations, span.start, key=lambda place: place[0].start) - 1
        if index < 0 or span.start - self._organisations[index][0].end > _FARTHEST_NAME:
            return None
        last = self._organisations[index][1]
        if last in self._speaking:
            return last
        return self._main_victim if last in self._hit else None

    @cached_property
    def _organisations(self) -> list[tuple[Span, str]]:
        """Where the report names organisations, in the order of the text."""
        report = self._report
        entities = (one for one in report.analysis.entities if one.kind is EntityKind.ORGANISATION)
        spans = {span for entity in entities for span in entity.mentions} | {*self._speaker_spans, *self._hit_spans}
        named = ((span, self.organisation(span)) for span in sorted(spans))
        return [(span, name) for span, name in named if is_name(name)]

    @cached_property
    def _speaking(self) -> frozenset[str]:
        return frozenset(map(self.organisation, self._speaker_spans))

    @cached_property
    def _hit(self) -> Counter[str]:
        return Counter(name for name in map(self.organisation, self._hit_spans) if is_name(name))

    @cached_property
    def _main_victim(self) -> str:
        """The victim that the report names most often."""
        named = Counter(name for _, name in self._organisations)
        return max(self._hit, key=lambda name: (named[name], self._hit[name]))

    @cached_property
    def _speaker_spans(self) -> tuple[Span, ...]:
        """The organisations that make claims."""
        claimants = [claim.claimant for claim in self._report.claims if claim.claimant]
        return tuple({who.organisation or who.name: None for who in claimants if who.organisation or not who.person})

    @cached_property
    def _hit_spans(self) -> tuple[Span, ...]:
        arguments = (argument for mention in self._report.mentions for argument in mention.arguments)
        return tuple(argument.span for argument in arguments if argument.role == "Victim")


def is_name(words: str) -> bool:
    """Return whether words are a name: "Kestrel Ferries", not "the company"."""
    return bool(name_key(words))


def _written(report: Report) -> Iterator[str]:
    for claim in report.claims:
        if claim.claimant:
            yield from (report.words(s) for s in (claim.claimant.person, claim.claimant.organisation) if s)
            if words := speaker(claim, report):
                yield words
        if claim.accused:
            yield report.words(claim.accused)
    for mention in report.mentions:
        for argument in (one for one in mention.arguments if one.role in _NAMED_ROLES):
            yield argument.name or report.words(argument.span)
