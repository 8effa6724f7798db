"""Reads the values in a JSON file of another tool, and says what is wrong where it is none."""

import json
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.decode import decode
from incidex.ingest.load import Raw


def read_json(raw: Raw) -> tuple[Any, tuple[str, ...]]:
    """
    Return the values in `raw`, and what its reader should know about how it was decoded.

    Raises:
        UnreadableSource: It is no JSON, or nested more deeply than Python reads (about 1,000 levels).
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    try:
        return json.loads(decoded.text), decoded.warnings
    except RecursionError as error:
        raise UnreadableSource(
            f"{raw.name} is nested too deeply to be read.\nNo tool that Incidex knows writes such a file: check it."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"{raw.name} is not valid JSON: {error}.\nCheck that it was saved completely."
        ) from error
    except ValueError as error:  # a limit of Python, which keeps such a number from taking for ever
        raise UnreadableSource(
            f"{raw.name} holds a number with thousands of digits.\nCheck what wrote it, and take the number out."
        ) from error
