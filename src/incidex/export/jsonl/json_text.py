"""Writes values as JSON that terminals and all readers of lines take for what it is."""

import json
import re
from typing import Any

# JSON allows these inside a string, but terminals obey the first kind (U+009B begins a control sequence), many readers,
# Python's `str.splitlines` among them, end a line at U+0085, U+2028 and U+2029, and UTF-8 has no form for the last.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return `value` as JSON with a line end, on one line unless `indent` says by how many blanks to indent."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
