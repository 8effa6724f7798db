"""brat's standoff: the form, marks over line ends, and that events and their arguments can be read from it again."""

import re
from collections import defaultdict

import pytest
from drawn import analyses
from hypothesis import given, settings

from incidex.export.annotation.brat import annotation_conf, to_brat
from incidex.labels import scheme
from incidex.records import Analysis, Argument, Document, Event, EventMention, Realis, Span

TEXT = "Crooks 🦊 encrypted the files\r\n of Alder. The attack hit."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_the_form() -> None:
    crooks, alder = Argument(span("Crooks 🦊"), "Person", "Attacker"), Argument(span("Alder"), "Organization", "Victim")
    files = Argument(span("the files\r\n of Alder"), "System", "Victim")
    first = EventMention(span("encrypted"), "AttackRansom", Realis.ACTUAL, (crooks, files, alder))
    second = EventMention(span("The attack"), "AttackRansom", Realis.GENERIC, (crooks,))
    assert to_brat(Analysis(Document(TEXT), (), "fake-1", (Event((first, second)),))).splitlines() == [
        "T1\tAttackRansom 9 18\tencrypted",
        "T2\tPerson 0 8\tCrooks 🦊",
        "T3\tSystem 19 28;30 39\tthe files  of Alder",
        "T4\tOrganization 34 39\tAlder",
        "E1\tAttackRansom:T1 Attacker:T2 Victim:T3 Victim2:T4",
        "A1\tRealis E1 Actual",
        "T5\tAttackRansom 41 51\tThe attack",
        "E2\tAttackRansom:T5 Attacker:T2",
        "A2\tRealis E2 Generic",
        "R1\tSame Arg1:E1 Arg2:E2",
    ]


def test_without_events_the_file_is_empty() -> None:
    assert to_brat(Analysis(Document("Nothing."), (), "fake-1")) == ""


def test_the_configuration_knows_all_that_can_be_marked() -> None:
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\n\[|\Z)", annotation_conf(), re.DOTALL))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    assert sections["entities"].split("\n") == list(scheme().entity_types)
    events = dict(line.split("\t") for line in sections["events"].strip().split("\n"))
    assert list(events) == list(scheme().names)
    assert "Victim*:Device|Organization|" in events["AttackDatabreach"]
    assert sections["attributes"].strip().endswith("Value:Actual|Generic|Other")
    # What brat takes for a name.
    names = [*scheme().names, *scheme().roles, *scheme().entity_types, *scheme().realis]
    assert all(re.fullmatch(r"[A-Za-z_-]+", name) for name in names)


@pytest.mark.slow
@given(analyses())
@settings(deadline=None, max_examples=200)
def test_events_can_be_read_again(analysis: Analysis) -> None:
    written = to_brat(analysis)
    assert read(written) == {
        frozenset(
            (_bare(one.trigger, text), one.event_type, one.realis, frozenset(_argument(a, text) for a in one.arguments))
            for one in event.mentions
        )
        for event in analysis.events
        for text in [analysis.document.text]
    }
    for words, places in re.findall(r"^T\d+\t\S+ [\d ;]+\t(.*)$()", written, re.MULTILINE):
        assert words.splitlines() in ([words], []), places


def _argument(argument: Argument, text: str) -> tuple[Span, str, str]:
    return _bare(argument.span, text), argument.entity_type, argument.role


def _bare(place: Span, text: str) -> Span:
    """Return a stretch of text without line ends at its edges, unless there is nothing else in it."""
    ends = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\t"
    words = place.of(text)
    left = len(words) - len(words.lstrip(ends))
    right = len(words.rstrip(ends))
    return Span(place.start + left, place.start + right) if left < right else place


def read(ann: str) -> set[frozenset[object]]:
    """Read standoff as brat does: lines, tabs, the first and the last offset of a mark."""
    marks: dict[str, tuple[Span, str]] = {}
    mentions: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    realis: dict[str, Realis] = {}
    group: dict[str, str] = {}
    for line in ann.split("\n")[:-1]:
        name, tab, rest = line.partition("\t")
        assert tab
        if name[0] == "T":
            kind, _, offsets = rest.partition("\t")[0].partition(" ")
            numbers = [int(number) for number in re.findall(r"\d+", offsets)]
            marks[name] = (Span(numbers[0], numbers[-1]), kind)
        elif name[0] == "E":
            trigger, *arguments = (part.split(":") for part in rest.split(" "))
            mentions[name] = (trigger[1], [(re.sub(r"\d+$", "", role), mark) for role, mark in arguments])
            group[name] = name
        elif name[0] == "A":
            _, mention, value = rest.split(" ")
            realis[mention] = Realis(value)
        else:
            earlier, later = re.findall(r"Arg\d:(E\d+)", rest)
            group[later] = group[earlier]
    events: dict[str, set[object]] = defaultdict(set)
    for name, (place, roles) in mentions.items():
        found = frozenset((*marks[mark], role) for role, mark in roles)
        events[group[name]].add((*marks[place], realis[name], found))
    return {frozenset(event) for event in events.values()}


@pytest.mark.parametrize("text", ["\n" * 3, "\t"])
def test_a_mark_of_line_ends_alone_is_one_line(text: str) -> None:
    event = Event((EventMention(Span(0, len(text)), "AttackRansom"),))
    assert to_brat(Analysis(Document(text), (), "fake-1", (event,))).split("\n")[0] == (
        f"T1\tAttackRansom 0 {len(text)}\t "
    )
