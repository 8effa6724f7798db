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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bulk import articles, keep

from incidex.encoder import session
from incidex.encoder.bundle import Bundle, open_bundle
from incidex.encoder.session import Encoder, load_onnxruntime
from incidex.ingest import from_text
from incidex.text.sentences import document_sentences

# The name of a row, windows that are run at once, the most tokens of a window, and what is set.
_Setting = tuple[str, int, int, Callable[[Any], None]]


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
    from incidex.encoder.session import _AT_ONCE

    onnxruntime = load_onnxruntime()
    level = onnxruntime.GraphOptimizationLevel

    def put(**values: Any) -> Callable[[Any], None]:
        return lambda options: [setattr(options, name, value) for name, value in values.items()] and None

    def entry(name: str) -> Callable[[Any], None]:
        return lambda options: options.add_session_config_entry(name, "1")

    nothing = put()
    return [
        ("as shipped", _AT_ONCE, window, nothing),
        *((f"{count} windows at once", count, window, nothing) for count in (1, 2, 4, 8, 16) if count != _AT_ONCE),
        *((f"windows of {size} tokens", _AT_ONCE, size, nothing) for size in (128, 256, 512) if size != window),
        ("without the memory arena", _AT_ONCE, window, put(enable_cpu_mem_arena=False)),
        ("without planned memory", _AT_ONCE, window, put(enable_mem_pattern=False)),
        ("graph optimised less (extended)", _AT_ONCE, window, put(graph_optimization_level=level.ORT_ENABLE_EXTENDED)),
        ("graph optimised little (basic)", _AT_ONCE, window, put(graph_optimization_level=level.ORT_ENABLE_BASIC)),
        ("denormal numbers as zero", _AT_ONCE, window, entry("session.set_denormal_as_zero")),
    ]


def _encoder(bundle: Bundle, change: Callable[[Any], None]) -> Encoder:
    """Return the model with one thread and changed options."""
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    change(options)
    encoder = Encoder(bundle, threads=1)
    path = str(bundle.folder / "model.onnx")
    encoder._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return encoder


def _seconds(encoder: Encoder, texts: list[list[str]], *, at_once: int, window: int) -> float:
    before: Mapping[str, Any] = {"at_once": session._AT_ONCE, "bundle": encoder._bundle}
    from dataclasses import replace

    session._AT_ONCE = at_once
    encoder._bundle = replace(encoder._bundle, window=window)
    started = time.process_time()
    for sentences in texts:
        encoder.logits(sentences, each=lambda _: None)
    session._AT_ONCE, encoder._bundle = before["at_once"], before["bundle"]
    return time.process_time() - started


def _sentences(text: str) -> list[str]:
    document = from_text(text)
    return [sentence.span.of(document.text) for sentence in document_sentences(document) if sentence.kind.in_article]


if __name__ == "__main__":
    sys.exit(main())
