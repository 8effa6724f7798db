"""
Times the way from an article's text to its labels against BERT-base in PyTorch, in one process and in turns.

BERT-base has random weights, which changes nothing about its speed. It reads one sentence at a time, as the public
notebook for these labels does:
once with as many tokens as the sentence has, once padded to 512 as the notebook pads. It gets the sentences ready
split; Incidex gets
the text of the article and splits it itself.

    python benchmarks/speed.py                  the bundled examples, repeated
    python benchmarks/speed.py --corpus FOLDER  articles of the research corpus (FOLDER/sentences/dev)
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from incidex.encoder.session import open_encoder
from incidex.ingest.plain import from_text
from incidex.labels.labelled import read_lines
from incidex.pipeline import analyse

EXAMPLES = Path(__file__).parent.parent / "examples"


def main() -> None:
    """Print articles a second for each way, and how many times as fast Incidex is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument(
        "--articles", type=int, default=20, help="how many articles are read by every way but the slowest"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    texts = articles(options.corpus, options.articles)
    result = compare(texts, threads=options.threads)
    print(json.dumps(result, indent=1) if options.json else table(result))


def articles(corpus: Path | None, count: int) -> list[str]:
    """Return the texts of `count` articles, one line a sentence."""
    if corpus is None:
        found = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
        return (found * count)[:count]
    paths = sorted((corpus / "sentences" / "dev").glob("*.txt"))[:count]
    files = [path.read_text("utf-8") for path in paths]
    return ["\n".join(line.span.of(text) for line in read_lines(text) if line.span) for text in files]


def compare(texts: Sequence[str], *, threads: int) -> dict[str, object]:
    """
    Return seconds an article for each way, the ways taking turns article by article so that all meet the same
    machine.
    """
    open_encoder()
    sentences = [[sentence.span.of(text) for sentence in analyse(from_text(text)).sentences] for text in texts]
    read = bert(threads)
    seconds: dict[str, list[float]] = {"incidex": [], "bert": [], "bert512": []}
    read(sentences[0][0], False)
    for number, text in enumerate(texts):
        seconds["incidex"].append(timed(lambda text=text: analyse(from_text(text))))  # type: ignore[misc]
        seconds["bert"].append(timed(lambda own=sentences[number]: [read(sentence, False) for sentence in own]))  # type: ignore[misc]
        if number < 2:
            seconds["bert512"].append(timed(lambda own=sentences[number]: [read(sentence, True) for sentence in own]))  # type: ignore[misc]
    rate = {name: len(values) / sum(values) for name, values in seconds.items()}
    pairs = zip(seconds["bert"], seconds["incidex"], strict=True)
    few = sum(seconds["incidex"][:2])
    return {
        "articles": len(texts),
        "sentences": sum(len(own) for own in sentences),
        "threads": threads,
        "articles a second": {name: round(value, 3) for name, value in rate.items()},
        "times as fast as bert": round(sum(seconds["bert"]) / sum(seconds["incidex"]), 1),
        "median of articles": round(statistics.median(slow / fast for slow, fast in pairs), 1),
        "times as fast as bert512": round(sum(seconds["bert512"]) / few, 1),
    }


def bert(threads: int) -> Callable[[str, bool], object]:
    """Return a function that labels one sentence with BERT-base in PyTorch, padded to 512 tokens or not."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    from incidex_training.base import load_tokenizer

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    network = BertForSequenceClassification(BertConfig(num_labels=6)).eval()
    tokenizer = load_tokenizer()  # the same vocabulary as BERT-base

    def read(sentence: str, padded: bool) -> object:
        ids = tokenizer.encode(sentence).ids[:512]
        width = 512 if padded else len(ids)
        input_ids = torch.zeros(1, width, dtype=torch.long)
        input_ids[0, : len(ids)] = torch.tensor(ids)
        with torch.inference_mode():
            return network(
                input_ids=input_ids, attention_mask=(torch.arange(width) < len(ids)).long()[None]
            ).logits.sigmoid()

    return read


def timed(call: Callable[[], object]) -> float:
    """Return how many seconds `call` takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def table(result: dict[str, object]) -> str:
    """Return the result as lines to read."""
    rate = result["articles a second"]
    assert isinstance(rate, dict)
    return "\n".join(
        [
            f"{result['articles']} articles, {result['sentences']} sentences, one process, {result['threads']} threads",
            f"Incidex, text to labels                      {rate['incidex']:8.2f} articles a second",
            f"BERT-base, a sentence at a time              {rate['bert']:8.2f}",
            f"BERT-base, padded to 512 (two articles)      {rate['bert512']:8.2f}",
            f"Incidex is {result['times as fast as bert']} times as fast as BERT-base a sentence at a time",
            f"(median article: {result['median of articles']}),",
            f"and {result['times as fast as bert512']} times as fast as BERT-base padded to 512.",
        ]
    )


if __name__ == "__main__":
    main()
