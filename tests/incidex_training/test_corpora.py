"""Reads an invented corpus, and where it is there the real one, with offsets that have to be repaired."""

import pytest

from incidex.errors import InputError
from incidex_training.align import align
from incidex_training.corpora import corpus_hash, read_articles


def words(sentence, tagged):
    return [(tag.span.of(sentence.text), tag.type) for tag in tagged]


def test_labels_and_annotations_meet_on_one_text(corpus):
    title, first, second, last = read_articles(corpus, "train")[0].sentences
    assert title.triggers is None
    assert title.arguments is None
    assert words(first, first.triggers) == [("encrypted", "AttackRansom")]
    assert words(first, first.arguments) == [("Attackers", "Person")]
    assert last.triggers == ()
    assert last.labels == (False,) * 5
    assert second.labels == (False, False, True, False, False)


def test_offsets_that_point_behind_the_words_are_repaired_across_other_quotes_and_blanks(corpus):
    second = read_articles(corpus, "train")[0].sentences[2]
    # The annotation says `"paid" 30`, two characters late; the label file writes curly quotes and two blanks. The
    # opening quote differs, so the tag begins with the first character that both texts share.
    assert [kind for _, kind in words(second, second.triggers)] == []


def test_a_missing_part_is_named(tmp_path):
    with pytest.raises(InputError, match="has no labelled articles"):
        read_articles(tmp_path, "train")


def test_the_hash_changes_with_any_file(corpus):
    before = corpus_hash(corpus, "dev")
    (corpus / "sentences" / "dev" / "3.txt").write_text("Other | O", "utf-8")
    assert corpus_hash(corpus, "dev") != before
    assert corpus_hash(corpus, "train") == before


def test_aligns_in_order_and_leaves_out_what_is_not_there():
    content = "It broke. It broke. Nobody knew."
    first, title, second, last = align(["It broke.", "Headline", "It broke.", "Nobody  knew!"], content)
    assert first[0] == 0
    assert title is None
    assert second[0] == 10
    assert (last[0], last[8]) == (20, 27)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("part", "articles", "sentences", "triggers"), [("train", 702, 12260, 5900), ("dev", 149, 2500, 1220)]
)
def test_reads_the_research_corpora(shared, part, articles, sentences, triggers):
    found = read_articles(shared / "corpus", part)
    assert len(found) == articles
    assert sum(len(article.sentences) for article in found) == sentences
    assert sum(len(sentence.triggers or ()) for article in found for sentence in article.sentences) >= triggers
