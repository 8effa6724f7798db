"""
Prints the tables of docs/benchmarks.md from the figures in docs/bulk.json.

Usage: python benchmarks/bulk_tables.py rates|memory|kills|settings|others|ray|brief|costs
"""

import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_KEPT = Path(__file__).resolve().parents[1] / "docs" / "bulk.json"
_PAGE = "../benchmarks.md#in-bulk"
_BAR = 40


def main(arguments: list[str]) -> int:
    """Print one table."""
    if len(arguments) != 1 or arguments[0] not in _TABLES:
        print(f"Usage: python benchmarks/bulk_tables.py {'|'.join(_TABLES)}", file=sys.stderr)
        return 2
    kept = json.loads(_KEPT.read_text("utf-8"))
    print(_TABLES[arguments[0]](kept))
    return 0


def _rates(kept: dict[str, Any]) -> str:
    found = kept["rates"]
    rows = [
        (f"{count} process{'es' if count > 1 else ''}", f"{found[str(count)]['processor'] * 1000:.0f}")
        for count in (1, 2)
    ]
    ratio = 2 * found["1"]["processor"] / found["2"]["processor"]
    source = "articles of CASIE's development part" if found["corpus"] else "bundled reports"
    return (
        f"{found['articles']} {source}, {found['characters'] / found['articles']:,.0f} characters each:\n\n"
        + _table(("", "milliseconds of a core for an article"), rows)
        + f"\n\nSo two cores are {ratio:.2f} times as fast as one if nothing else runs on them, and do "
        f"{2 / found['2']['processor']:.1f} articles a second, with everything that `incidex extract` finds."
    )


def _memory(kept: dict[str, Any]) -> str:
    found = kept["memory"]
    points = sorted(int(name) for name in found if name.isdigit())
    rows = [
        (f"{point:,}", f"{found[str(point)]['parent']:.0f}", f"{found[str(point)]['children']:.0f}") for point in points
    ]
    return _table(("documents", "MB of the command", f"MB of its {found['workers']} children"), rows)


def _kills(kept: dict[str, Any]) -> str:
    found = kept["kills"]
    verdict = "the same, byte by byte, as" if found["same"] else "NOT the same as"
    return (
        f"A run of {found['documents']} documents was killed (SIGKILL) at {found['killed']} random moments and started "
        f"again each time. Its results are {verdict} those of a run that nobody disturbed."
    )


def _settings(kept: dict[str, Any]) -> str:
    found = kept["settings"]
    rows = [
        (name, f"{found['milliseconds'][name]:.0f}", f"{ratio:.2f}")
        for name, ratio in sorted(found["ratio"].items(), key=lambda item: item[1])
    ]
    return _table(("one thread, one core", "milliseconds for an article", "times as long"), rows)


def _others(kept: dict[str, Any]) -> str:
    found = kept["others"]
    head = ("", "does", "articles a second", "micro F1 of the labels")
    rows = [
        (row["name"], row["does"], f"{row['rate']:.1f}", f"{row['f1']:.3f}" if row.get("f1") else "–")
        for row in found["rows"]
    ]
    return _table(head, rows) + "\n\n```text\n" + _chart(found["rows"]) + "\n```"


def _chart(rows: list[dict[str, Any]]) -> str:
    """Return bars on a logarithmic scale that begins at half an article a second."""
    least = 0.5
    scale = _BAR / math.log(max(row["rate"] for row in rows) / least)
    width = max(len(row["name"]) for row in rows)
    bars = [max(1, round(scale * math.log(row["rate"] / least))) * "█" for row in rows]
    lines = [f"{row['name']:{width}}  {bar} {row['rate']:.1f}" for row, bar in zip(rows, bars, strict=True)]
    return "articles a second on one core, logarithmic\n\n" + "\n".join(lines)


def _ray(kept: dict[str, Any]) -> str:
    found = kept["ray"]
    more = found["local"] / found["ray"] - 1
    slower = f"which so takes {more:.0%} longer" if more > 0 else "so that no cost of Ray shows"
    return (
        f"On one machine with two cores, {found['articles']} articles, after the start: {found['local']:.1f} a second "
        f"with the local engine, {found['ray']:.1f} with Ray, {slower}."
    )


def _brief(kept: dict[str, Any]) -> str:
    rate = 2 / kept["rates"]["2"]["processor"]
    point = max((name for name in kept["memory"] if name.isdigit()), key=int)
    megabytes = kept["memory"][point]["children"] / kept["memory"]["workers"]
    return (
        f"On two cores {rate:.0f} news articles a second, and {round(megabytes, -1):.0f} MB of memory for each core, "
        f"however many documents there are; [measured]({_PAGE})."
    )


def _costs(kept: dict[str, Any]) -> str:
    seconds = kept["rates"]["2"]["processor"]
    rows = []
    for count, name in ((1_000_000, "1 million"), (100_000_000, "100 million")):
        hours = count * seconds / 3600
        rows.append((f"{name} articles", f"{hours:,.0f}", _lasting(hours / 64), _lasting(hours / 1024)))
    length = kept["rates"]["characters"] / kept["rates"]["articles"]
    return (
        f"From the [measured]({_PAGE}) {seconds * 1000:.0f} milliseconds of a core for a news article of "
        f"{length:,.0f} characters:\n\n"
        + _table(("", "core hours", "on 64 cores", "on 1,024 cores"), rows)
        + "\n\nMultiply the core hours by what yours cost. Longer documents take longer in proportion."
    )


def _lasting(hours: float) -> str:
    return f"{hours:,.0f} hours" if hours >= 2 else f"{60 * hours:.0f} minutes"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    cells = [tuple(head), *(tuple(row) for row in rows)]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    rule = "|" + "|".join("---" if place == 0 else "---:" for place in range(len(cells[0]))) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


_TABLES: dict[str, Callable[[dict[str, Any]], str]] = {
    "rates": _rates,
    "memory": _memory,
    "kills": _kills,
    "settings": _settings,
    "others": _others,
    "ray": _ray,
    "brief": _brief,
    "costs": _costs,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
