"""
Counts in how many documents each word occurs, and prints src/incidex/matching/frequencies.tsv.

    python benchmarks/frequencies.py ../shared/corpus/prose/news_blogs.txt.xz > frequencies.tsv

The file contains documents separated by empty lines. The first line printed is their number; each other line has a
word or a pair of capitalised words, in how many documents it occurs, and in how many with a capital letter where one
means something. What occurs in fewer than ten documents is left out, so that no document can be recognised.
"""

import lzma
import sys
from collections import Counter
from pathlib import Path

from incidex.matching.words import capitalised, words

_LEAST = 10
_SHORTEST = 300


def main(path: str) -> int:
    """Print the table."""
    everything = lzma.decompress(Path(path).read_bytes()).decode("utf-8")
    documents = [text for text in everything.split("\n\n") if len(text) >= _SHORTEST]
    plain: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in documents:
        lines = [(words(line), line) for line in text.splitlines()]
        plain.update({word.lower for found, _ in lines for word in found})
        capital.update({name for found, line in lines for name in capitalised(found, line)})
    print(f"# {len(documents)}")
    for word in sorted(plain.keys() | capital.keys()):
        if max(plain[word], capital[word]) >= _LEAST:
            print(f"{word}\t{plain[word]}\t{capital[word] if capital[word] >= _LEAST or plain[word] else 0}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
