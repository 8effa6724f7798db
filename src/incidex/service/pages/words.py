"""The words of the desk: what records call otherwise. They stand in `words.yaml`."""

from typing import Any

from incidex.tables import table


def in_words(group: str, name: str | None = None) -> Any:
    """Return a group of words, or the words for one name; the name itself where there are none."""
    words = table("incidex.service.pages", "words")[group]
    return words if name is None else words.get(name, name.replace("_", " "))


def shortened(words: str, most: int = 90) -> str:
    """Return words on one line, cut to a length."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
