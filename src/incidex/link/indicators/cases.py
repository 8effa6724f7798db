"""What the rules for roles look at: an indicator with all around it, and the questions that several rules ask."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from incidex.english.names import name_key
from incidex.link.indicators.context import Context, containing, ending_with, ending_with_malicious_thing
from incidex.link.indicators.forms import Form
from incidex.link.indicators.lookalikes import Name
from incidex.link.indicators.sections import Section
from incidex.link.indicators.suffixes import owned_name
from incidex.records import Document, Imitation, IndicatorKind, IndicatorRole

NETWORK = (IndicatorKind.DOMAIN, IndicatorKind.URL, IndicatorKind.EMAIL)
ADDRESSES = (IndicatorKind.IPV4, IndicatorKind.IPV6)


class Verdict(NamedTuple):
    """A role, the reason, and the rank of the rule that gave it: the lower it is, the stronger the rule."""

    role: IndicatorRole
    reason: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """
    What the rules look at.

    Attributes:
        form: The indicator.
        context: The words around it.
        document: The document.
        names: The organisations, people and websites of the article.
        imitates: The name that its host imitates, if any.
        section: The section it is listed in; None if it is part of a sentence.
    """

    form: Form
    context: Context
    document: Document
    names: tuple[Name, ...]
    imitates: Imitation | None
    section: Section | None = None

    @property
    def owned(self) -> str:
        """The registered part of the host, in lower case; empty if there is none."""
        return (owned_name(self.form.host) or "") if self.form.kind in NETWORK else ""


def is_listed(case: Case, kind: str) -> bool:
    """Return whether the indicator is an entry of a list of that kind."""
    return case.section is not None and case.section.kind == kind


def malice_before(case: Case) -> str:
    """Return the words just before the indicator that call it malicious; empty if there are none."""
    return _words_of_malice_before(case.context.before)


# Several rules ask this about the same words, and the members of a list share theirs.
@lru_cache(maxsize=16)
def _words_of_malice_before(before: str) -> str:
    found = ending_with_malicious_thing().search(before) or ending_with("leads_to_attacker", 3).search(before)
    return found[1] if found else ""


def malice(case: Case) -> str:
    """Return the word of malice in its sentence or the one it refers back to; empty if there is none."""
    return _sign_of_malice(case.context.sentence, case.context.previous, attack=case.form.kind in ADDRESSES)


@lru_cache(maxsize=16)
def _sign_of_malice(sentence: str, previous: str, *, attack: bool) -> str:
    for text in (sentence, previous):
        for name in ("sign_of_malice", "sign_of_attack") if attack else ("sign_of_malice",):
            found = containing(name).search(text)
            if found:
                return found[0]
    return ""


def has_path(form: Form) -> bool:
    """Return whether a URL has a path."""
    return bool(form.value.split("://")[-1].partition("/")[2])


def is_victim(case: Case) -> bool:
    """Return whether an event says that the owner of the host was attacked."""
    return any(name.attacked for name in bearers(case))


def bearers(case: Case) -> list[Name]:
    """Return the names of the article that are the host's or the account's."""
    written = [case.form.value] if case.form.kind is IndicatorKind.HANDLE else [case.owned, case.owned.split(".")[0]]
    own = {name_key(words) for words in written if words}
    return [name for name in case.names if name.key in own] if own else []
