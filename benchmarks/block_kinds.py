"""
Measures how well the blocks of scraped pages are recognised, and prints the tables of docs/reference/blocks.md.

    python benchmarks/block_kinds.py                     the pages of tests/cases/pages, in three groups
    python benchmarks/block_kinds.py --wrong             and each block that is classified wrongly
    python benchmarks/block_kinds.py --labelled FOLDER   how many lines of labelled articles are lost to the article
"""

import argparse
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from incidex.labels.labelled import read_lines
from incidex.records import Block, BlockKind
from incidex.text.blocks.find import find_blocks

PAGES = Path(__file__).parents[1] / "tests" / "cases" / "pages"
# By file name prefix: the rules were written on the first group, and improved on the second and third after each had
# been measured once (first_look.yaml).
GROUPS = ("tuned", "held-out", "unseen")
NOTICES = "By Ann Example\n3 March 2026 10:15 GMT\n{}\nSign in to comment\nShare this article\n© 2026 Example Media"
FORMS = (
    ("one a line", "\n", False),
    ("blank lines between", "\n\n", False),
    ("with notices, one a line", "\n", True),
    ("with notices and blank lines", "\n\n", True),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """
    One block of a page as it is annotated, and what was found at its place.

    Attributes:
        whole: Whether the block that was found begins where the annotated one does, and so does the next.
        reason: The rule that said what was found.
    """

    page: str
    gold: BlockKind
    found: BlockKind
    whole: bool
    words: str
    reason: str

    @property
    def right(self) -> bool:
        """Whether the block was found with the right bounds and the right kind."""
        return self.whole and self.gold is self.found


def judge_page(page: Path) -> list[Judged]:
    """
    Compare the blocks of `page` with the `.kinds` file beside it: on each line the kind of a block and its first words.

    Raises:
        ValueError: The words of a line do not follow those of the line before in the page.
    """
    text = page.read_text("utf-8")
    gold = list(_annotated(page, text))
    blocks = find_blocks(text)
    starts = [block.span.start for block in blocks]
    ends = [start for start, _, _ in gold[1:]] + [len(text)]
    judged = []
    for (start, kind, words), end in zip(gold, ends, strict=True):
        block = blocks[bisect(starts, start) - 1]
        inside = [found for found in starts if start <= found < end]
        judged.append(Judged(page.stem, kind, block.kind, inside == [start], words, block.reason))
    return judged


def first_look() -> dict[str, dict[str, float]]:
    """Return the figures of a group of pages before the rules were improved on it."""
    shares: dict[str, dict[str, float]] = yaml.safe_load((PAGES / "first_look.yaml").read_text("utf-8"))
    return shares


def _annotated(page: Path, text: str) -> Iterator[tuple[int, BlockKind, str]]:
    """Yield where each annotated block begins, its kind and its first words."""
    at = 0
    for number, line in enumerate(page.with_suffix(".kinds").read_text("utf-8").splitlines(), 1):
        kind, words = line.split(maxsplit=1)
        found = re.compile(r"\s+".join(map(re.escape, words.split()))).search(text, at)
        if found is None:
            raise ValueError(f"{page.stem}.kinds, line {number}: {words!r} does not come next in the page.")
        yield found.start(), BlockKind(kind), words
        at = found.end()


def judge_pages(group: str) -> list[Judged]:
    """Judge the pages of one of `GROUPS`, in the order of their names."""
    pages = sorted(page for page in PAGES.glob("*.txt") if _group(page) == group)
    return [judged for page in pages for judged in judge_page(page)]


def _group(page: Path) -> str:
    return next((group for group in GROUPS if page.name.startswith(f"{group}-")), "tuned")


def accuracy(judged: Sequence[Judged]) -> float:
    """Return the share of blocks with the right bounds and the right kind."""
    return sum(one.right for one in judged) / len(judged)


def article_accuracy(judged: Sequence[Judged]) -> float:
    """Return the share of blocks correctly classified as article or not."""
    return sum(one.gold.in_article is one.found.in_article for one in judged) / len(judged)


def article_recall(judged: Sequence[Judged]) -> float:
    """Return the share of article blocks that stay in the article."""
    article = [one for one in judged if one.gold.in_article]
    return sum(one.found.in_article for one in article) / len(article)


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of a Markdown table: precision, recall and number of blocks of each kind, then the totals."""
    yield "| kind | precision | recall | blocks |"
    yield "|---|---|---|---|"
    right = Counter(one.gold for one in judged if one.right)
    gold, found = Counter(one.gold for one in judged), Counter(one.found for one in judged)
    for kind in (kind for kind in BlockKind if gold[kind] or found[kind]):
        precision = f"{right[kind] / found[kind]:.3f}" if found[kind] else "–"
        recall = f"{right[kind] / gold[kind]:.3f}" if gold[kind] else "–"
        yield f"| {kind} | {precision} | {recall} | {gold[kind]} |"
    yield f"| right bounds and kind | {accuracy(judged):.3f} | | {len(judged)} |"
    yield f"| rightly article or not | {article_accuracy(judged):.3f} | | |"
    yield f"| article kept | {article_recall(judged):.3f} | | |"


def lost_lines(folder: Path, *, separator: str, notices: bool = False) -> tuple[int, list[tuple[str, Block, str]]]:
    """
    Return the number of lines in the labelled articles in `folder`, and those not classified as article.

    Args:
        separator: The separator of lines in an article.
        notices: Put a by-line, a date and notices around the article first, so that the rules see a scraped page.
    """
    lines, lost = 0, []
    for file in sorted(folder.glob("*.txt")):
        content = file.read_text("utf-8")
        sentences = [line.span.of(content) for line in read_lines(content) if line.span]
        lines += len(sentences)
        text = separator.join(sentences)
        if notices and len(sentences) > 1:
            text = sentences[0] + separator + NOTICES.replace("\n", separator).format(separator.join(sentences[1:]))
        added = set(NOTICES.split("\n")) if notices else set()
        lost += [
            (file.name, block, block.span.of(text))
            for block in find_blocks(text)
            if not block.kind.in_article and block.span.of(text) not in added
        ]
    return lines, lost


def report_labelled(folder: Path, *, wrong: bool) -> Iterator[str]:
    """Yield the lines of the table about labelled articles."""
    yield "| lines of labelled articles | lines | lost to the article | share |"
    yield "|---|---|---|---|"
    found = []
    for name, separator, notices in FORMS:
        lines, lost = lost_lines(folder, separator=separator, notices=notices)
        yield f"| {name} | {lines} | {len(lost)} | {len(lost) / lines:.2%} |"
        found += [(name, *one) for one in lost]
    for name, file, block, words in found if wrong else ():
        yield f"{name}\t{file}\t{block.kind}\t{block.reason}\t{words[:120]!r}"


def main() -> None:
    """Print the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, help="a folder of labelled articles, one sentence a line")
    parser.add_argument("--wrong", action="store_true", help="print each wrong block")
    arguments = parser.parse_args()
    if arguments.labelled:
        _print(report_labelled(arguments.labelled, wrong=arguments.wrong))
        return
    everything: list[Judged] = []
    for group in GROUPS:
        judged = judge_pages(group)
        everything += judged
        print(f"\nPages of the group '{group}': {len({one.page for one in judged})}\n")
        _print(table(judged))
        if first := first_look().get(group):
            print(
                "\nAt first look: "
                + ", ".join(f"{name.replace('_', ' ')} {share:.3f}" for name, share in first.items())
            )
        if arguments.wrong:
            _print(
                f"{one.page}: {one.gold} taken for {one.found} ({one.reason}): {one.words[:90]!r}"
                for one in judged
                if not one.right
            )
    print("\nAll pages\n")
    _print(table(everything))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
