"""
Measures settings of onnxruntime for the shipped eight-bit network on this processor, with one thread on one core.

Usage: python benchmarks/onnx_settings.py [--corpus FOLDER] [--articles N] [--rounds N]

Settings take turns, several times over, and the least time of each counts, so that other work on the machine does
little. Figures go to docs/bulk.json. Without FOLDER the bundled reports are read; FOLDER holds `casie/dev`.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bulk import articles, keep

from incidex.encoder import session
from incidex.encoder.bundle import Bundle, open_bundle
from incidex.encoder.session import Encoder, load_onnxruntime
from incidex.ingest import from_text
from incidex.text.sentences import document_sentences

# The name of a row, windows that are run at once, the most tokens of a window, and how the session is made.
_Setting = tuple[str, int, int, Mapping[str, Any]]


def main() -> int:
    """Measure the settings, print them, and keep them for the docs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="read articles of the research corpora")
    parser.add_argument("--articles", type=int, default=24, metavar="N", help="how many (default: 24)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each (default: 5)")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    texts = [_sentences(text) for text in articles(options.corpus, options.articles)]
    least = _measured(texts, options.rounds)
    base = least["as shipped"]
    keep(
        "settings",
        {
            "articles": len(texts),
            "corpus": bool(options.corpus),
            "milliseconds": {name: 1000 * seconds / len(texts) for name, seconds in least.items()},
            "ratio": {name: seconds / base for name, seconds in least.items()},
        },
    )
    return 0


def _measured(texts: list[list[str]], rounds: int) -> dict[str, float]:
    """Return the least processor seconds in which each setting reads `texts`."""
    bundle = open_bundle()
    settings = _settings(bundle.window)
    encoders = {name: _encoder(bundle, change) for name, _, _, change in settings}
    least: dict[str, float] = {}
    for _ in range(rounds):
        for name, at_once, window, _ in settings:
            seconds = _seconds(encoders[name], texts, at_once=at_once, window=window)
            least[name] = min(least.get(name, seconds), seconds)
    return least


def _settings(window: int) -> list[_Setting]:
    level = load_onnxruntime().GraphOptimizationLevel
    shipped, count = session.OPTIMIZERS_OFF, session.AT_ONCE

    def put(**values: Any) -> dict[str, Any]:
        return {"options": values, "off": shipped}

    return [
        ("as shipped", count, window, put()),
        *((f"{other} windows at once", other, window, put()) for other in (1, 2, 4, 8, 16) if other != count),
        *((f"windows of {size} tokens", count, size, put()) for size in (128, 256, 512) if size != window),
        ("all of the graph's optimisations", count, window, {"options": {}, "off": []}),
        (
            "all of the graph's optimisations, 8 windows at once",
            8,
            window,
            {"options": {}, "off": []},
        ),
        ("only the basic optimisations", count, window, put(graph_optimization_level=level.ORT_ENABLE_BASIC)),
        ("no optimisations", count, window, put(graph_optimization_level=level.ORT_DISABLE_ALL)),
        ("without the memory arena", count, window, put(enable_cpu_mem_arena=False)),
        ("without planned memory", count, window, put(enable_mem_pattern=False)),
    ]


def _encoder(bundle: Bundle, change: Mapping[str, Any]) -> Encoder:
    """Return the model with one thread and changed options."""
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    for name, value in change["options"].items():
        setattr(options, name, value)
    encoder = Encoder(bundle, threads=1)
    encoder._session = onnxruntime.InferenceSession(
        str(bundle.folder / "model.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=list(change["off"]),
    )
    return encoder


def _seconds(encoder: Encoder, texts: list[list[str]], *, at_once: int, window: int) -> float:
    """Return the processor seconds in which `texts` are read with so many windows at once of so many tokens."""
    before = session.AT_ONCE, encoder._bundle
    session.AT_ONCE, encoder._bundle = at_once, replace(encoder._bundle, window=window)
    started = time.process_time()
    for sentences in texts:
        encoder.logits(sentences, each=lambda _: None)
    session.AT_ONCE, encoder._bundle = before
    return time.process_time() - started


def _sentences(text: str) -> list[str]:
    document = from_text(text)
    return [sentence.span.of(document.text) for sentence in document_sentences(document) if sentence.kind.in_article]


if __name__ == "__main__":
    sys.exit(main())
