"""Says what an amount of money is: a ransom demanded or paid, a price of data, damage, or a fine."""

import re
from functools import cache

from incidex.dossiers.report import Report
from incidex.english import lexicon
from incidex.english.patterns import alternatives
from incidex.records import Sentence, Span

# How far around an amount stands what it is for, in characters.
_BEFORE, _BEHIND = 90, 90
_LONGEST = 3000
# How near to an amount, and to each other, "refused" and "paid" stand.
_NEAR = 40


def measure_of_money(span: Span, role: str | None, report: Report, sentence: Sentence) -> str | None:
    """Return what an amount is; None if it belongs to no attack: a turnover, a reward, a price of shares."""
    whole = sentence.span.of(report.document.text)[:_LONGEST].lower()
    place = span.start - sentence.span.start
    around = whole[max(0, place - _BEFORE) : place + (span.end - span.start) + _BEHIND]
    is_ransom = _has("ransom_demand", around)
    extorts = _extorts().search(around) is not None
    if _has("legal_cost", around) and not extorts:
        return "fines and settlements"
    if _has("business_figure", around) and not extorts:
        return None
    if role == "damage":
        return role
    if _has("asking_price", around) and not extorts:
        return "price"
    if role == "ransom" or (is_ransom and _tells_of_ransom(report)):
        return "ransom paid" if _was_paid(whole[max(0, place - _BEFORE) : place]) else "ransom"
    return "money" if sentence.labels else None


def _tells_of_ransom(report: Report) -> bool:
    return any(mention.event_type == "AttackRansom" for mention in report.mentions)


def _was_paid(before: str) -> bool:
    """Return whether the words before an amount say that it was paid: "paid $2m", not "refused to have paid $2m"."""
    paid = list(_paid().finditer(before))
    if not paid or len(before) - paid[-1].end() > _NEAR:
        return False
    return _unpaid().search(before[: paid[-1].start()][-_NEAR:]) is None


def _has(name: str, words: str) -> bool:
    return _pattern(name).search(words) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words(name), whole=True)})")


@cache
def _extorts() -> re.Pattern[str]:
    """Return a pattern for words of extortion; fines and prices are paid, too."""
    words = lexicon.words("ransom_demand") - lexicon.words("paying")
    return re.compile(rf"\b(?:{alternatives(words, whole=True)})")


@cache
def _paid() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('paid'), whole=True)})")


@cache
def _unpaid() -> re.Pattern[str]:
    """Return a pattern for what makes a payment none: "refused to pay", "unless it is paid"."""
    words = lexicon.words("negation.verb", "negation.trigger", "refusal", "condition", "paid_to_be") - {"n't"}
    return re.compile(rf"\b(?:{alternatives(words, whole=True)})|n['’]t\b")
