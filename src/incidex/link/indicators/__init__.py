"""
Finds the indicators of an article, with what each stands for and its role in the report.

The parts: `finder` finds what looks like an indicator, `sections` tells what the list around it is about, `roles`
decides its role, `lookalikes` finds whom a domain imitates. All of it works with patterns: nothing is fetched or looked
up, and no model is used.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from incidex.english.lexicon import words
from incidex.link.indicators.cases import Case, Verdict
from incidex.link.indicators.context import Context, context_of
from incidex.link.indicators.finder import find_forms
from incidex.link.indicators.forms import Form
from incidex.link.indicators.hashes import SIZES, is_other_hash
from incidex.link.indicators.lookalikes import Name, by_label, imitation, names_of
from incidex.link.indicators.roles import decide
from incidex.link.indicators.sections import INDICATORS, Sections
from incidex.link.indicators.suffixes import owned_name
from incidex.link.indicators.wrapped import wrapped_forms
from incidex.records import (
    Argument,
    Block,
    BlockKind,
    Document,
    Entity,
    EntityKind,
    Event,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Span,
)

# What separates two members of a list.
_BETWEEN = re.compile(r"[\s,;“”‘’\"'()•*@<>|/-]*(?:(?:and|or|&)[\s“‘\"'@]*)?")
_LONGEST_GAP = 20
_WITH_HOST = (IndicatorKind.DOMAIN, IndicatorKind.URL, IndicatorKind.EMAIL)


def find_indicators(
    document: Document, *, organisations: Sequence[Argument] = (), entities: Sequence[Entity] = ()
) -> tuple[Indicator, ...]:
    """
    Return the indicators of a document's article, in the order of the text, without overlap.

    Captions are searched as well, since they belong to the report. Bylines, links to other articles and notices are
    not: they belong to the publisher.

    Args:
        document: The document. Its `source` and `publisher` tell which addresses are the publisher's own.
        organisations: Arguments of its events. Those that are organisations, people or websites are names that a domain
            can imitate; those with the role Victim were attacked.
        entities: Its entities. A domain can imitate an organisation of them, also one that only begins sentences.
    """
    blocks = [block for block in document.blocks if block.kind.in_article or block.kind is BlockKind.CAPTION]
    sections = Sections(document, blocks)
    forms = _certain(document.text, _found(document.text, blocks), sections)
    if not forms:
        return ()
    bearers = [entity for entity in entities if entity.kind is EntityKind.ORGANISATION]
    names = names_of(document.text, blocks, organisations, [span for one in bearers for span in one.mentions])
    cases = _cases(document, forms, names, sections)
    verdicts = _agreed(cases, [decide(case) for case in cases])
    return tuple(_indicator(case, verdict) for case, verdict in zip(cases, verdicts, strict=True))


def arguments_of(events: Sequence[Event]) -> tuple[Argument, ...]:
    """Return all arguments of `events`, in the order of the events."""
    return tuple(argument for event in events for mention in event.mentions for argument in mention.arguments)


def _found(text: str, blocks: Sequence[Block]) -> list[tuple[Block, Form]]:
    """Return all forms in the order of the text; those that continue in the next block leave out what is in them."""
    wrapped = wrapped_forms(text, blocks)
    spans = [form.span for _, form in wrapped]
    found = [(block, form) for block in blocks for form in find_forms(text, block.span)]
    if not wrapped:
        return found
    ends = [span.end for span in spans]
    following = [(pair, bisect_right(ends, pair[1].span.start)) for pair in found]
    apart = [pair for pair, index in following if index == len(spans) or spans[index].start >= pair[1].span.end]
    return sorted([*wrapped, *apart], key=lambda pair: pair[1].span)


def _certain(text: str, forms: list[tuple[Block, Form]], sections: Sections) -> list[tuple[Block, Form]]:
    """Return the forms without those that are uncertain everywhere in the article, and hashes of other things."""
    if not forms:
        return []
    lines = _lines([form for _, form in forms], sections)
    listed = {span for spans in lines if sections.is_listed(spans) for span in spans}
    alone = {span for spans in lines if sections.are_alone(spans) for span in spans}
    named = _names_framework(text)
    values = {
        form.value
        for _, form in forms
        if form.certain
        or (named if form.kind is IndicatorKind.ATTACK_ID else form.span in listed)
        and _is_called_so(form, sections, alone=form.span in alone)
    }
    return [
        (block, form)
        for block, form in forms
        if form.value in values and not (form.span in listed and _is_other_hash(form, sections))
    ]


def _is_other_hash(form: Form, sections: Sections) -> bool:
    """Return whether a hash is listed under such words as "JA3 fingerprints"."""
    if form.kind not in SIZES.values():
        return False
    start = form.span.start
    return is_other_hash(sections.at(start).heading) or is_other_hash(sections.label_at(start))


def _listed(forms: Sequence[Form], sections: Sections) -> set[Span]:
    """Return the spans of the forms whose lines are entries of lists."""
    return {span for spans in _lines(forms, sections) if sections.is_listed(spans) for span in spans}


def _lines(forms: Sequence[Form], sections: Sections) -> list[list[Span]]:
    """Return the spans of the forms in each line."""
    lines: dict[Span, list[Span]] = {}
    for form in forms:
        lines.setdefault(sections.line_at(form.span.start), []).append(form.span)
    return list(lines.values())


def _is_called_so(form: Form, sections: Sections, *, alone: bool) -> bool:
    """Return whether an uncertain form in a list is one by what stands above the list."""
    if form.kind is IndicatorKind.ATTACK_ID:
        return True
    section = sections.at(form.span.start)
    above = set(re.findall(r"\w+", f"{section.heading} {sections.label_at(form.span.start)}".lower()))
    versions = not above.isdisjoint(words("version_word"))
    if section.kind == INDICATORS:
        return not (versions and form.kind is IndicatorKind.IPV4)
    called = alone or not above.isdisjoint(words("address_word"))
    return form.kind is IndicatorKind.IPV4 and called and not versions


def _names_framework(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in words("attack_framework"))


def _cases(
    document: Document, forms: list[tuple[Block, Form]], names: tuple[Name, ...], sections: Sections
) -> list[Case]:
    """Return each form with all that its role depends on."""
    others = _outside(names, [form.span for _, form in forms])
    owned = by_label(filter(None, (owned_name(form.host) for _, form in forms if form.kind in _WITH_HOST)))
    listed = _listed([form for _, form in forms], sections)
    return [
        Case(
            form,
            context,
            document,
            names,
            imitation(form.host, others, owned) if form.kind in _WITH_HOST else None,
            sections.at(form.span.start) if form.span in listed else None,
        )
        for form, context in _with_contexts(document, forms)
    ]


def _outside(names: Sequence[Name], taken: Sequence[Span]) -> tuple[Name, ...]:
    """Return the names that overlap none of the spans `taken`, which are in order and do not overlap."""
    ends = [span.end for span in taken]
    following = [(name, bisect_right(ends, name.span.start)) for name in names]
    return tuple(name for name, index in following if index == len(taken) or taken[index].start >= name.span.end)


def _with_contexts(document: Document, forms: list[tuple[Block, Form]]) -> Iterator[tuple[Form, Context]]:
    """Yield each form with the context of its list: what is said about "a.example and b.example" holds for both."""
    runs: list[list[tuple[Block, Form]]] = [[forms[0]]]
    for last, this in pairwise(forms):
        gap = document.text[last[1].span.end : this[1].span.start]
        together = last[0] is this[0] and len(gap) <= _LONGEST_GAP and _BETWEEN.fullmatch(gap)
        if together:
            runs[-1].append(this)
        else:
            runs.append([this])
    for run in runs:
        around = Span(run[0][1].span.start, run[-1][1].span.end)
        context = context_of(document.text, around, run[0][0].span)
        yield from ((form, context) for _, form in run)


def _agreed(cases: list[Case], verdicts: list[Verdict]) -> Iterator[Verdict]:
    """Yield a verdict for each case: the strongest of those on the same value, or on domains with the same owner."""
    best: dict[str, Verdict] = {}
    for case, own in zip(cases, verdicts, strict=True):
        # A defanged URL is evidence against its domain as well.
        for key in {_key(case), case.owned if case.form.defanged else _key(case)}:
            best[key] = min(best.get(key, own), own, key=lambda one: one.rank)
    for case, own in zip(cases, verdicts, strict=True):
        strongest = best[_key(case)]
        elsewhere = f"{strongest.reason} (elsewhere in the article)"
        yield own if strongest.rank == own.rank else strongest._replace(reason=elsewhere)


def _key(case: Case) -> str:
    return case.owned if case.form.kind is IndicatorKind.DOMAIN else case.form.value.lower()


def _indicator(case: Case, verdict: Verdict) -> Indicator:
    shown = case.imitates if verdict.role is IndicatorRole.INDICATOR else None
    return Indicator(case.form.span, case.form.kind, case.form.value, verdict.role, verdict.reason, shown)
