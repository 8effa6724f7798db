"""Says stretches of text and scores as values for JSON and tables, the same in every form."""

from typing import Any

from incidex.records import Span


def words(span: Span, text: str) -> dict[str, Any]:
    """Return what JSON says of a stretch of `text`: where it begins and ends, in code points, and its words."""
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def rounded(score: float) -> float:
    """Return a score with four digits: they tell any two apart that differ in more than noise, and keep lines short."""
    return round(float(score), 4)
