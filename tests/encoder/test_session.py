"""Scores with the shipped bundle: shapes, context, long and empty sentences, several threads."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

from incidex.encoder.bundle import open_bundle
from incidex.encoder.output import WindowOutput
from incidex.encoder.session import Encoder, open_encoder
from incidex.encoder.windows import MAX_PIECES, pack
from incidex.errors import BundleError
from incidex.labels import scheme

ARTICLE = [
    "Ransomware shuts down the town hall of Nordhafen",
    "The attackers encrypted every file server on Tuesday and demanded 30 bitcoin.",
    "The mayor spoke at the opening of a new library.",
    "A patch for the mail server had been available for a month.",
]


@pytest.fixture(scope="module")
def encoder():
    return open_encoder()


def test_scores_are_probabilities_in_scheme_order(encoder):
    scores = encoder.scores(ARTICLE)
    assert scores.shape == (4, len(scheme().names))
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scheme().names[scores[1].argmax()] == "AttackRansom"
    assert scores[2].max() < 0.5


def test_no_sentence_gives_no_score(encoder):
    assert encoder.scores([]).shape == (0, 5)


def test_a_sentence_without_tokens_scores_next_to_nothing(encoder):
    assert encoder.scores(["", " "]).max() < 0.01


def test_the_rest_of_an_article_is_context(encoder):
    alone, together = encoder.scores([ARTICLE[1]])[0], encoder.scores(ARTICLE)[1]
    assert not np.allclose(alone, together, atol=1e-3)


@pytest.mark.slow
def test_long_articles_and_long_sentences_are_read(encoder):
    scores = encoder.scores([*ARTICLE * 60, "The attackers encrypted every file server and demanded bitcoin. " * 200])
    assert scores.shape == (241, 5)
    assert scores[-1, scheme().names.index("AttackRansom")] > 0.5


def test_the_windows_of_an_article_do_not_change_each_others_scores(encoder):
    article = ARTICLE * 12
    tokens, _ = encoder._encoded(article, with_places=False)
    windows = pack([len(sentence) for sentence in tokens], limit=open_bundle().window)
    assert len(windows) > 1
    alone = [encoder.scores([article[piece.sentence] for piece in window]) for window in windows]
    assert np.array_equal(encoder.scores(article), np.concatenate(alone))


def test_threads_may_share_an_encoder(encoder):
    expected = encoder.scores(ARTICLE)
    with ThreadPoolExecutor(4) as pool:
        assert all(np.allclose(expected, found, atol=1e-5) for found in pool.map(encoder.scores, [ARTICLE] * 16))


@pytest.mark.parametrize(
    ("output", "message"),
    [
        pytest.param(np.zeros((1, 1), np.float32), r"gives labels the shape \(1, 1\)", id="too few axes"),
        pytest.param(np.zeros((1, 4, 9), np.float32), r"gives labels the shape \(1, 4, 9\)", id="other labels"),
        pytest.param(np.full((1, 4, 5), np.nan, np.float32), "not finite", id="not a number"),
    ],
)
def test_what_no_network_of_incidex_gives_is_refused(monkeypatch, output, message):
    encoder = Encoder(open_bundle())
    monkeypatch.setattr(encoder, "_session", SimpleNamespace(run=lambda names, feed: [output]))
    with pytest.raises(BundleError, match=message):
        encoder.scores(ARTICLE)


def test_a_network_that_fails_is_named(monkeypatch):
    def fail(names, feed):
        raise RuntimeError("no such operator")

    encoder = Encoder(open_bundle())
    monkeypatch.setattr(encoder, "_session", SimpleNamespace(run=fail))
    with pytest.raises(BundleError, match=r"model\.onnx cannot be run: no such operator"):
        encoder.scores(ARTICLE)


class Silent(Encoder):
    """An encoder whose network says nothing, so that what is left is where the tokens stand."""

    def _run(self, batch, wanted):
        windows, pieces, tokens = batch.membership.shape
        widths = {"labels": (pieces, 5), "links": (tokens, tokens)}
        return [np.zeros((windows, *widths.get(name, (tokens, 7))), np.float32) for name in wanted]


def test_a_reading_says_where_each_token_stands(monkeypatch):
    monkeypatch.setattr("incidex.encoder.session._ENCODED_AT_ONCE", 3)
    window_outputs: list[WindowOutput] = []
    Silent(open_bundle()).scores(["", *ARTICLE], each=window_outputs.append)
    (output,) = window_outputs
    words = [
        (int(sentence), ARTICLE[sentence - 1][start:end])
        for sentence, start, end in zip(output.sentence, output.start, output.end, strict=True)
    ]
    assert "".join(word for sentence, word in words if sentence == 4) == ARTICLE[3].replace(" ", "")
    assert words[-1] == (4, ".")


def test_tokens_are_counted_as_they_are_read(encoder):
    texts = ["The port fell.", "", "Data was stolen " * 2000, "It fell again."]
    counts = [len(tokens) + 1 if tokens else 0 for tokens in encoder._encoded(texts, with_places=False)[0]]
    assert encoder.count_within(texts, counts[0] - 1) == 0
    assert encoder.count_within(texts, counts[0]) == 2
    # Of a sentence longer than four windows the rest is not read.
    part = MAX_PIECES * (encoder._bundle.window - 1)
    assert counts[2] > part
    assert encoder.count_within(texts, counts[0] + part - 1) == 2
    assert encoder.count_within(texts, counts[0] + part) == 3
    assert encoder.count_within(texts, 100_000) == 4
    assert encoder.count_within([], 0) == 0
