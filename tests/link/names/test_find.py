"""What names of actors, malware and tools are found in an article, and what they are linked to."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from paths import ROOT
from timing import grows_less, takes_less

from incidex.ingest.plain import from_text
from incidex.labels.labelled import read_lines
from incidex.link.names.find import find_names
from incidex.link.names.knowledge import Knowledge, Source
from incidex.records import BlockKind, Document, Entity, EntityKind, Entry, Sentence, Span
from incidex.text.sentences import document_sentences

_CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "names.yaml").read_text("utf-8"))


def _find(text: str) -> tuple[Entity, ...]:
    document = from_text(text)
    return find_names(document, document_sentences(document))


def _known(*entries: Entry, key: str = "attack") -> Source:
    return Source(key, key.title(), "1.0", "2026-01-02", "CC0 1.0", "", entries)


@pytest.mark.corpus
def test_names_in_the_corpus_are_right(shared: Path) -> None:
    judged = json.loads((ROOT / "tests" / "cases" / "names-casie.json").read_text("utf-8"))["mentions"]
    right = {(id, start, end): verdict for id, rows in judged.items() for start, end, verdict in rows}
    found = []
    for file in sorted((shared / "corpus" / "sentences").glob("*/*.txt")):
        text = file.read_bytes().decode("utf-8")
        sentences = [Sentence(line.span) for line in read_lines(text) if line.span]
        entities = find_names(Document(text), sentences)
        found += [(file.stem, span.start, span.end) for entity in entities for span in entity.mentions]
    assert [mention for mention in found if mention not in right] == []
    assert sum(right[mention] for mention in found) >= 0.98 * len(found)
    assert len(found) > 1000


def test_there_are_a_hundred_cases() -> None:
    assert len(_CASES) > 100
    assert len({case["id"] for case in _CASES}) == len(_CASES)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in _CASES])
def test_case(case: dict[str, Any]) -> None:
    entities = _find(case["text"])
    assert {one.name: [span.of(case["text"]) for span in one.mentions] for one in entities} == case["names"]
    by_name = {one.name: one for one in entities}
    for name, kind in case.get("kinds", {}).items():
        assert by_name[name].kind == kind
    for name, ids in case.get("ids", {}).items():
        assert set(ids) <= {link.id for link in by_name[name].candidates}


def test_a_link_says_which_alias_of_which_source_matched_and_why() -> None:
    (entity,) = _find("The report blames Fancy Bear for the theft.")
    link = entity.candidates[0]
    assert (link.id, link.name, link.alias, link.kind) == ("G0007", "APT28", "Fancy Bear", EntityKind.INTRUSION_SET)
    assert link.source.startswith("MITRE ATT&CK ")
    assert link.why == "Its words are capitalised in a sentence that has small letters."
    assert {one.source.rpartition(" ")[0] for one in entity.candidates} >= {"MITRE ATT&CK", "MISP galaxy: Threat Actor"}


def test_an_ambiguous_alias_keeps_all_candidates() -> None:
    known = Knowledge(
        (
            _known(
                Entry("G1", "Tall Heron", EntityKind.INTRUSION_SET, ("Zornik",)),
                Entry("G2", "Small Heron", EntityKind.INTRUSION_SET, ("Zornik",)),
            ),
        ),
        frozenset({"tall", "small", "heron"}),
    )
    text = "The theft is the work of Zornik."
    (entity,) = find_names(Document(text), [Sentence(Span(0, len(text)))], known=known)
    assert entity.name == "Zornik"
    assert [link.id for link in entity.candidates] == ["G1", "G2"]


def test_another_name_narrows_an_ambiguous_alias_only_where_the_text_equates_them() -> None:
    known = Knowledge(
        (
            _known(
                Entry("G1", "Quorrel", EntityKind.INTRUSION_SET, ("Zornik",)),
                Entry("G2", "Vastrel", EntityKind.INTRUSION_SET, ("Zornik",)),
            ),
        ),
        frozenset(),
    )
    for text, ids in (
        ("The thieves are Zornik, also known as Quorrel.", [["G1"]]),
        ("The thieves are Zornik. Another time Quorrel was there.", [["G1", "G2"], ["G1"]]),
    ):
        entities = find_names(Document(text), [Sentence(Span(0, len(text)))], known=known)
        assert [[link.id for link in entity.candidates] for entity in entities] == ids


def test_names_outside_the_article_are_left_out() -> None:
    text = "Emotet is back."
    sentences = [Sentence(Span(0, len(text)), BlockKind.RELATED)]
    assert find_names(Document(text), sentences) == ()


def test_entities_stand_in_the_order_of_their_first_mentions() -> None:
    starts = [one.mentions[0].start for one in _find("TrickBot brought Ryuk ransomware. Emotet brought TrickBot.")]
    assert starts == sorted(starts)
    assert len(starts) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 10_000_000, id="one word"),
        pytest.param("A. " * 3_000_000, id="initials"),
        pytest.param("Fancy " * 1_600_000, id="beginnings of names"),
        pytest.param("ransomware called " * 550_000, id="introductions without a name"),
        pytest.param("((((" * 2_500_000, id="brackets"),
    ],
)
@pytest.mark.slow
def test_ten_megabytes_without_a_name_take_seconds(text: str) -> None:
    found: list[object] = []
    assert takes_less(60, lambda: found.append(_in_one_sentence(text)))
    assert set(found) == {()}


@pytest.mark.parametrize("unit", ["Emotet, ", "Carbanak ", "The Silence group ", "Fancy Bear aka Xob "])
def test_time_grows_with_the_number_of_names(unit: str) -> None:
    assert grows_less(20, lambda: _in_one_sentence(unit * 2_000), lambda: _in_one_sentence(unit * 16_000))


def test_time_grows_with_the_number_of_names_that_the_text_introduces() -> None:
    def find(count: int) -> None:
        text = " ".join(f"It was ransomware called Bq{_letters(number)}." for number in range(count))
        assert len(find_names(Document(text), _sentences(text))) == count

    assert grows_less(20, lambda: find(500), lambda: find(4000))


def _in_one_sentence(text: str) -> tuple[Entity, ...]:
    return find_names(Document(text), [Sentence(Span(0, len(text)))])


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}")


def _sentences(text: str) -> Sequence[Sentence]:
    found, at = [], 0
    for part in text.split(". "):
        found.append(Sentence(Span(at, at + len(part))))
        at += len(part) + 2
    return found


def test_an_imported_name_makes_no_actor_of_an_organisation_of_the_text() -> None:
    entry = Entry(
        "i-1", "Microsoft", EntityKind.INTRUSION_SET, ("the port", "Alder", "said", "Fenwright Labs", "Zornik Plover")
    )
    known = Knowledge((_known(entry, key="imported: CERT Norhaven"),), frozenset({"said", "port", "the"}))

    def actors(text: str) -> list[str]:
        found = find_names(Document(text), _sentences(text), known=known)
        return [span.of(text) for entity in found for span in entity.mentions]

    assert actors("The port of Alder was hit, Fenwright Labs said. Microsoft helped. Staff of Alder left.") == []
    assert actors("The port was hit by Zornik Plover. Zornik Plover said nothing.") == ["Zornik Plover"] * 2
    assert actors("The Alder gang was back.") == ["Alder"]


def test_a_gang_and_its_malware_are_two_entities() -> None:
    text = "The LockBit gang listed the mill. Its servers were encrypted with LockBit ransomware."
    gang, malware = _find(text)
    assert (gang.kind, malware.kind) == (EntityKind.INTRUSION_SET, EntityKind.MALWARE)
    assert {link.kind for link in gang.candidates} == {EntityKind.MALWARE}


def test_two_names_of_a_gang_are_one_entity() -> None:
    (gang,) = _find("The ALPHV gang claimed it. Members of the BlackCat gang were arrested.")
    assert gang.kind is EntityKind.INTRUSION_SET
    assert len(gang.mentions) == 2
