"""The lexicon has one line for each lemma, and words come in the forms that are asked for."""

import pytest

from incidex.english.lexicon import PartOfSpeech, forms_of, lemmas, subclasses, words
from incidex.tables import table


@pytest.mark.parametrize(
    ("lemma", "part", "forms"),
    [
        ("track as", "verbs", {"track as", "tracks as", "tracked as", "tracking as"}),
        ("deny", "verbs", {"deny", "denies", "denied", "denying"}),
        ("agree", "verbs", {"agree", "agrees", "agreed", "agreeing"}),
        ("patch", "verbs", {"patch", "patches", "patched", "patching"}),
        ("scan", "verbs", {"scan", "scans", "scanned", "scanning"}),
        ("agency", "nouns", {"agency", "agencies"}),
        ("virus", "nouns", {"virus", "viruses"}),
        ("malware", "nouns", {"malware"}),
        ("spokesperson", "nouns", {"spokesperson", "spokespeople"}),
        ("malicious", "adjectives", {"malicious"}),
    ],
)
def test_forms(lemma: str, part: PartOfSpeech, forms: set[str]) -> None:
    assert set(forms_of(lemma, part).values()) == forms


def test_a_class_includes_its_parts() -> None:
    assert words("malware_noun.used_by_actors") < words("malware_noun")
    assert subclasses("organisation", forms=("singular",))["retailer"] == "company"


def test_a_form_can_be_asked_for() -> None:
    assert "analysts" in words("staff_noun", forms=("plural",))
    assert "analyst" not in words("staff_noun", forms=("plural",))
    assert "analyst" in lemmas("staff_noun")


def test_a_misspelt_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("malware_nuon")


@pytest.mark.parametrize("part", ["verbs", "nouns", "adjectives", "adverbs", "function_words", "phrases", "names"])
def test_lines_are_sorted_and_each_lemma_has_a_class(part: str) -> None:
    entries = table("incidex.english", f"lexicon/{part}")
    assert all(entries.values())
    assert [str(lemma) for lemma in entries] == sorted(str(lemma) for lemma in entries)
