"""Documents of the prose, drawn and annotated."""

import json
import lzma
from hashlib import sha256

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

from incidex.errors import InputError
from incidex.labels import scheme
from incidex_training.config import Settings
from incidex_training.prose import read_annotated_prose, read_prose

pytestmark = pytest.mark.torch
TEXT = "Town pays\nThieves asked for money. The town paid 3 bitcoin.\nNobody was hurt."


@pytest.fixture
def folder(tmp_path):
    for name in ("news_blogs", "reports"):
        texts = [f"{name} {number}. It is short." for number in range(9)] + [f" {TEXT}\n"]
        (tmp_path / f"{name}.txt.xz").write_bytes(lzma.compress("\n\n".join(texts).encode()))
    return tmp_path


@pytest.fixture
def annotations(folder):
    paid = TEXT.index("The town paid")
    labelled = [paid, paid + 25, ["AttackRansom"], [[paid + 9, paid + 13, "AttackRansom"]]]
    entry = {"document": "reports.txt.xz:9", "sha256": sha256(TEXT.encode()).hexdigest(), "sentences": [labelled]}
    path = folder / "annotations.jsonl"
    path.write_text(json.dumps(entry) + "\n", "utf-8")
    return path


def test_documents_are_drawn_from_both_files_and_alike_with_the_same_seed(folder):
    settings = Settings(prose_documents=4, prose_words=(2, 9))
    drawn = read_prose(folder, settings, seed=1)
    assert [article.id.split(".")[0] for article in drawn] == ["news_blogs", "news_blogs", "reports", "reports"]
    assert drawn == read_prose(folder, settings, seed=1) != read_prose(folder, settings, seed=2)


def test_annotations_give_labels_and_triggers(folder, annotations):
    (article,) = read_annotated_prose(annotations, folder)
    ransom = tuple(name == "AttackRansom" for name in scheme().names)
    assert [(sentence.text, any(sentence.labels)) for sentence in article.sentences] == [
        ("Town pays", False),
        ("Thieves asked for money.", False),
        ("The town paid 3 bitcoin.", True),
        ("Nobody was hurt.", False),
    ]
    paid = article.sentences[2]
    assert paid.labels == ransom
    assert [(tag.span.of(paid.text), tag.type) for tag in paid.triggers] == [("paid", "AttackRansom")]
    assert [sentence.triggers for sentence in article.sentences] == [None, (), paid.triggers, ()]
    assert {sentence.arguments for sentence in article.sentences} == {None}


def test_mentions_are_numbered_through_the_document(folder, annotations):
    entry = json.loads(annotations.read_text("utf-8"))
    asked, paid = TEXT.index("Thieves asked"), TEXT.index("The town paid")
    first = [asked + 8, asked + 13, "AttackRansom", "Actual", [[asked, asked + 7, "Person", "Attacker"]]]
    second = [paid + 9, paid + 13, "AttackRansom", "Actual", [[paid + 4, paid + 8, "GPE", "Victim"]]]
    entry["sentences"] = [[asked, asked + 24, ["AttackRansom"], [first]], [paid, paid + 25, ["AttackRansom"], [second]]]
    annotations.write_text(json.dumps(entry | {"arguments": True}) + "\n", "utf-8")
    (article,) = read_annotated_prose(annotations, folder)
    assert [[tag.mention for tag in sentence.triggers or ()] for sentence in article.sentences] == [[], [0], [1], []]
    assert [[tag.mention for tag in sentence.arguments or ()] for sentence in article.sentences] == [[], [0], [1], []]


@pytest.mark.parametrize(("place", "text"), [("9", "another"), ("10", TEXT)])
def test_annotations_of_another_text_are_not_used(folder, annotations, place, text):
    entry = {"document": f"reports.txt.xz:{place}", "sha256": sha256(text.encode()).hexdigest(), "sentences": []}
    annotations.write_text(json.dumps(entry), "utf-8")
    with pytest.raises(InputError, match=r"line 1: reports\.txt\.xz:\d+ .* is not the document that was annotated"):
        read_annotated_prose(annotations, folder)


def test_prose_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"news_blogs.txt.xz is missing"):
        read_prose(tmp_path, Settings(), seed=1)
