"""Looks up reporting verbs: the kind of claim that each introduces, and what has to follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from incidex.english.lexicon import Form, forms_of, lemmas
from incidex.records import ClaimKind

_KINDS = (ClaimKind.STATES, ClaimKind.CONFIRMS, ClaimKind.DENIES, ClaimKind.SUSPECTS)


@dataclass(frozen=True, slots=True)
class Verb:
    """
    One form of a verb that introduces what somebody says.

    Attributes:
        kind: The kind of claim that it introduces.
        form: Which form it is; "past" also where past and participle are the same.
        needs_clause: Whether it introduces a claim only with "that", a quotation or a clause after it.
        with_as: Whether it introduces its content with "as".
        particle: The second word of a phrasal verb: "out" of "point out"; "" if there is none.
    """

    kind: ClaimKind
    form: Form
    needs_clause: bool
    with_as: bool
    particle: str


@cache
def reporting_verbs() -> Mapping[str, Verb]:
    """Return the reporting verbs by each of their forms, without particles: "pointed" stands for "pointed out"."""
    verbs: dict[str, Verb] = {}
    for kind in _KINDS:
        for lemma in lemmas(f"claim.{kind.value}"):
            particle = lemma.partition(" ")[2]
            needs_clause, with_as = (lemma in lemmas(name) for name in ("needs_clause", "introduced_by_as"))
            for form, word in forms_of(lemma, "verbs").items():
                verbs.setdefault(word.split()[0], Verb(kind, form, needs_clause, with_as, particle))
    return verbs
