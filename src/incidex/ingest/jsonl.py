"""Reads the JSON Lines that Incidex writes: one analysis per line."""

import json
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from incidex.errors import FormatError, UnreadableSource
from incidex.labels import scheme
from incidex.records import Analysis

# The version of the format; see docs/reference/formats/jsonl.md.
SCHEMA_VERSION = 1

_HELP = "Write the file again with 'incidex extract', or check that it was saved completely."


def read_jsonl(file: str | Path) -> Iterator[Analysis]:
    """
    Yield the analysis in each line of a file, in order; blank lines are skipped.

    It equals the one written, but scores are rounded to four digits, and the sentences of captions, links and notices
    are written only with `--all`.

    Raises:
        UnreadableSource: The file cannot be read.
        FormatError: A line is not an analysis, or was written by a newer Incidex.
    """
    try:
        # Only a line feed ends a line: texts may contain other line breaks.
        with Path(file).open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from_line(line, place=f"{file}, line {number}")
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{file} is not UTF-8, as JSON Lines must be.\n{_HELP}") from error


def from_line(line: str, *, place: str = "The line") -> Analysis:
    """Return the analysis in one line, called `place` in messages. Raises FormatError like `read_jsonl`."""
    try:
        content = json.loads(line, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{place} is not valid JSON: {error}.\n{_HELP}") from error
    version = content.get("schema_version") if isinstance(content, dict) else None
    if version != SCHEMA_VERSION:
        raise FormatError(
            f"{place} is not an analysis in version {SCHEMA_VERSION} of Incidex's JSON Lines.\n"
            "'incidex extract' writes these. A newer version needs a newer Incidex."
        )
    return _analysis(content, place)


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is no number")


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _no_number(written)


def _analysis(content: dict[str, Any], place: str) -> Analysis:
    import msgspec

    try:
        _check_words(content, content["text"])
        return msgspec.convert(_shaped(content), Analysis)
    except (KeyError, TypeError, AttributeError, ValueError) as error:  # msgspec's own are ValueErrors
        problem = f"{error} is missing" if isinstance(error, KeyError) else error
        raise FormatError(f"{place} does not follow the format: {problem}.\n{_HELP}") from error


def _shaped(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content in the shape of the records: `start` and `end` become a span."""
    return {
        "document": {**content, "blocks": [_with_span(block) for block in content["blocks"]]},
        "model": content["model"],
        "sentences": [_sentence(sentence) for sentence in content["sentences"]],
        "events": [{"mentions": [_mention(one) for one in event["mentions"]]} for event in content["events"]],
        "indicators": [_indicator(indicator) for indicator in content["indicators"]],
        "entities": content["entities"],
        "times": [_with_span(time) for time in content["times"]],
        "quantities": [_with_span(quantity) for quantity in content["quantities"]],
        "claims": [_claim(claim) for claim in content["claims"]],
    }


def _with_span(entry: dict[str, Any], name: str = "span") -> dict[str, Any]:
    return {**entry, name: {"start": entry["start"], "end": entry["end"]}}


def _sentence(sentence: dict[str, Any]) -> dict[str, Any]:
    scores = sentence["scores"]
    ordered = [scores[name] for name in scheme().names] if scores else []
    for label in sentence["labels"]:
        _check_type(label)
    return {**_with_span(sentence), "scores": ordered}


def _mention(mention: dict[str, Any]) -> dict[str, Any]:
    _check_type(mention["event_type"])
    arguments = [{**_with_span(one), "name": one.get("name") or ""} for one in mention["arguments"]]
    return {**mention, "arguments": arguments}


def _indicator(indicator: dict[str, Any]) -> dict[str, Any]:
    imitates = indicator["imitates"]
    return {**_with_span(indicator), "imitates": _with_span(imitates, "organisation") if imitates else None}


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    claimant = claim["claimant"]
    return {
        **_with_span(claim, "words"),
        "claimant": _with_span(claimant, "words") if claimant else None,
        "hedges": [_with_span(hedge) for hedge in claim["hedges"]],
    }


def _check_type(name: str) -> None:
    if name not in scheme().names:
        raise ValueError(f"{name!r} is not an event type")


def _check_words(value: Any, text: str) -> None:
    """Raise ValueError if a quoted text is not at its `start` and `end`."""
    open_values = [value]
    while open_values:
        value = open_values.pop()
        if isinstance(value, list):
            open_values.extend(value)
        elif isinstance(value, dict):
            open_values.extend(value.values())
            start, end = value.get("start"), value.get("end")
            if (
                isinstance(start, int)
                and isinstance(end, int)
                and value.get("text", text[start:end]) != text[start:end]
            ):
                raise ValueError(f"{value['text'][:60]!r} is not at {start} to {end} of the text")
            if isinstance(end, int) and end > len(text):
                raise ValueError(f"{end} is beyond the end of the text")
