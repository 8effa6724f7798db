"""What tells a name from the same words in another sense, and what is said about it."""

import pytest

from incidex.link.names.disambiguate import Grade, disambiguate, grade
from incidex.link.names.index import index
from incidex.link.names.knowledge import Knowledge, Source
from incidex.link.names.name_matcher import find_places
from incidex.records import EntityKind, Entry, Span

_ACTOR, _MALWARE = EntityKind.INTRUSION_SET, EntityKind.MALWARE
_ENTRIES = (
    Entry("1", "Night Heron", _ACTOR, ("Zornik", "TA505")),
    Entry("2", "Heron", _MALWARE),
    Entry("3", "Vastrel", _ACTOR),
    Entry("4", "Vastrel", _MALWARE),
)
_NAMES = index(Knowledge((Source("s", "One", "2", "", "CC0 1.0", "", _ENTRIES),), frozenset({"night", "heron"})))


def _judged(text: str) -> list[tuple[str, str]]:
    places = list(find_places(text, Span(0, len(text)), _NAMES))
    return [(mention.place.span.of(text), mention.why) for mention in disambiguate(places, _NAMES)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Zornik"], Grade.DISTINCTIVE),
        (["TA505"], Grade.DISTINCTIVE),
        (["TA", "505"], Grade.DISTINCTIVE),
        (["Night", "Heron"], Grade.PHRASE),
        (["Heron"], Grade.WORD),
        (["Heron", "10"], Grade.WORD),
        (["NightHeron"], Grade.DISTINCTIVE),
        (["Zor"], Grade.WORD),
    ],
)
def test_grades(words: list[str], expected: Grade) -> None:
    assert grade(words, _NAMES) is expected


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        pytest.param("They saw Zornik.", [("Zornik", "The name is not an ordinary word.")], id="telling"),
        pytest.param(
            "They saw the animal Night Heron there again.",
            [("Night Heron", "Its words are capitalised in a sentence that has small letters.")],
            id="phrase",
        ),
        pytest.param("Night Heron Returns", [], id="phrase in a headline"),
        pytest.param("They saw a Heron there.", [], id="word"),
        pytest.param("They saw the Heron malware.", [("Heron", 'It is followed by "malware".')], id="noun behind"),
        pytest.param(
            "It is malware called Heron.", [("Heron", 'It is introduced by "malware called".')], id="noun before"
        ),
        pytest.param("They saw the Heron group there.", [], id="noun of another kind"),
        pytest.param(
            "They saw Zornik and Heron.",
            [("Zornik", "The name is not an ordinary word."), ("Heron", 'It is in a list with "Zornik".')],
            id="list",
        ),
        pytest.param(
            "Heron, also known as Zornik",
            [("Heron", 'It is another name of "Zornik".'), ("Zornik", "The name is not an ordinary word.")],
            id="equated",
        ),
        pytest.param(
            "They saw the Heron malware and then a Heron here.",
            [("Heron", 'It is followed by "malware".'), ("Heron", 'The text is certain about "Heron" elsewhere.')],
            id="certain elsewhere",
        ),
    ],
)
def test_judgements_come_with_reasons(text: str, judged: list[tuple[str, str]]) -> None:
    assert _judged(text) == judged


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("They saw the Vastrel gang there.", ["3"]),
        ("They saw the Vastrel malware there.", ["4"]),
        ("They saw Vastrel there.", ["3", "4"]),
    ],
)
def test_a_noun_tells_an_actor_from_software(text: str, ids: list[str]) -> None:
    (mention,) = disambiguate(list(find_places(text, Span(0, len(text)), _NAMES)), _NAMES)
    assert [item.entry.id for item in mention.known] == ids
