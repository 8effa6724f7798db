"""
Compares the time from an article's text to its labels with BERT-base in PyTorch, in one warm process on the same cores.

BERT-base has random weights, which does not affect its speed. It reads one sentence at a time, as the public
notebook for these labels does: once with as many tokens as the sentence has, once padded to 512 as the notebook pads.
It is given the sentences; Incidex is given the text and finds blocks and sentences itself.

Usage: python benchmarks/speed.py [--corpus FOLDER] [--articles N] [--padded N] [--cores N] [--json]

Without FOLDER the bundled examples are read repeatedly. FOLDER holds `sentences/dev/*.txt` in the labelled form
(`sentence | Label`), one article a file.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

from incidex import analyse, from_text, read
from incidex.encoder.bundle import open_bundle
from incidex.encoder.session import Encoder
from incidex.ingest.expand import expand
from incidex.labels.labelled import read_lines

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_LONGEST = 512  # tokens that BERT-base takes, and that the notebook pads to


@dataclass(frozen=True, slots=True)
class Result:
    """
    The measurements.

    Attributes:
        articles: How many were read by Incidex and by BERT-base.
        sentences: How many sentences they have.
        padded: How many of the articles BERT-base read with padding as well.
        cores: How many processor cores the process was kept on.
        incidex: Articles a second.
        bert: Articles a second of BERT-base, a sentence at a time.
        bert_512: Articles a second of BERT-base, a sentence at a time, padded to 512 tokens.
        times_bert: How many times as many articles a second Incidex reads as BERT-base.
        times_bert_512: The same for padded ones, on those articles alone.
    """

    articles: int
    sentences: int
    padded: int
    cores: int
    incidex: float
    bert: float
    bert_512: float
    times_bert: float
    times_bert_512: float


def main() -> int:
    """Print articles per second for each, and how many times as fast Incidex is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="read articles of the research corpus")
    parser.add_argument("--articles", type=int, default=20, metavar="N", help="how many articles (default: 20)")
    parser.add_argument("--padded", type=int, default=2, metavar="N", help="how many of them padded, too (default: 2)")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="processor cores to use (default: 2)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    texts = _from_corpus(options.corpus, options.articles) if options.corpus else _examples(options.articles)
    if not texts:
        print(f"There is no article in {options.corpus}: no file sentences/dev/*.txt.", file=sys.stderr)
        return 1
    keep_on(options.cores)
    result = compare(texts, padded=options.padded, cores=options.cores)
    print(json.dumps(asdict(result), indent=2) if options.json else _table(result))
    return 0


def keep_on(cores: int) -> None:
    """Restrict this process to a number of cores, if the system supports it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def compare(texts: Sequence[str], *, padded: int, cores: int) -> Result:
    """Return the speed of each; they take turns article by article, so that the load is the same for all."""
    encoder = Encoder(open_bundle(), threads=cores)
    bert = _bert(cores)
    # The first round is a warm-up.
    analysed = [analyse(from_text(text), events=False, encoder=encoder) for text in texts]
    articles = [[sentence.span.of(found.document.text) for sentence in found.sentences] for found in analysed]
    for width in (None, _LONGEST):
        bert(articles[0][0], width)
    ours, plain, wide = [], [], []
    for number, (text, sentences) in enumerate(zip(texts, articles, strict=True)):
        ours.append(_seconds(lambda text=text: analyse(from_text(text), events=False, encoder=encoder)))
        plain.append(_seconds(lambda own=sentences: [bert(sentence, None) for sentence in own]))
        if number < padded:
            wide.append(_seconds(lambda own=sentences: [bert(sentence, _LONGEST) for sentence in own]))
    return Result(
        articles=len(texts),
        sentences=sum(map(len, articles)),
        padded=len(wide),
        cores=cores,
        incidex=len(ours) / sum(ours),
        bert=len(plain) / sum(plain),
        bert_512=len(wide) / sum(wide),
        times_bert=sum(plain) / sum(ours),
        times_bert_512=sum(wide) / sum(ours[: len(wide)]),
    )


def _examples(count: int) -> list[str]:
    """Return the texts of `count` articles, repeating the bundled ones."""
    texts = [read(source).text for source in expand([str(_EXAMPLES)])]
    return list(islice(cycle(texts), count))


def _from_corpus(corpus: Path, count: int) -> list[str]:
    """Return the texts of `count` articles, one sentence a line, without the labels."""
    files = [path.read_text("utf-8") for path in sorted((corpus / "sentences" / "dev").glob("*.txt"))[:count]]
    return ["\n".join(line.span.of(text) for line in read_lines(text) if line.span) for text in files]


def _bert(cores: int) -> Callable[[str, int | None], object]:
    """Return a function that labels one sentence with BERT-base in PyTorch, padded to a length or not."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    from incidex_training.base import load_tokenizer

    torch.set_num_threads(cores)
    torch.manual_seed(0)
    network = BertForSequenceClassification(BertConfig(num_labels=6)).eval()
    tokenizer = load_tokenizer()  # the same vocabulary as BERT-base

    def label(sentence: str, width: int | None) -> object:
        ids = tokenizer.encode(sentence).ids[:_LONGEST]
        input_ids = torch.zeros(1, width or len(ids), dtype=torch.long)
        input_ids[0, : len(ids)] = torch.tensor(ids)
        there = (torch.arange(input_ids.shape[1]) < len(ids)).long()[None]
        with torch.inference_mode():
            return network(input_ids=input_ids, attention_mask=there).logits.sigmoid()

    return label


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _table(result: Result) -> str:
    return "\n".join(
        [
            f"{result.articles} articles, {result.sentences} sentences; one process, {result.cores} cores",
            f"{'':46}articles a second   Incidex is",
            f"{'Incidex, text to labels':46}{result.incidex:17.2f}",
            f"{'BERT-base, a sentence at a time':46}{result.bert:17.2f}   {result.times_bert:.1f} times as fast",
            f"{f'BERT-base, padded to 512 ({result.padded} articles)':46}{result.bert_512:17.2f}   "
            f"{result.times_bert_512:.1f} times as fast",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
