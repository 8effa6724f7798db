"""Writes spans, scores and whole documents as JSON that every reader accepts."""

import json
import re
from typing import Any

from incidex.records import Span

# JSON allows these inside a string, but terminals obey the first kind (U+009B begins a control sequence) and those that
# reverse the writing direction, many readers, Python's `str.splitlines` among them, end a line at U+0085, U+2028 and
# U+2029, and UTF-8 cannot encode the last kind.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return `value` as JSON with a line end, on one line unless `indent` is given."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def words(span: Span, text: str) -> dict[str, Any]:
    """Return a span of `text` for JSON: where it begins and ends, in code points, and its words."""
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def rounded(score: float) -> float:
    """Return a score with four digits, which keeps lines short and still separates any two that really differ."""
    return round(float(score), 4)
