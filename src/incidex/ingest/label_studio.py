"""Reads the tasks that Label Studio exports: which labels and events people marked in each text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidex.errors import FormatError
from incidex.ingest.annotated import Annotated, read_json
from incidex.ingest.decode import without_half_characters
from incidex.ingest.label_studio_marks import read_marks
from incidex.ingest.load import load
from incidex.records import Document

_HELP = "Export the project as 'JSON', with the configuration that docs/reference/formats/label-studio.md shows."


@dataclass(frozen=True, slots=True)
class Tasks:
    """
    The tasks of one file.

    Attributes:
        annotated: The texts that somebody has marked, in the order of the file.
        untouched: How many tasks nobody has submitted yet, or all have skipped.
        refused: For each task that cannot be used, which one it is, why, and what now.
    """

    annotated: tuple[Annotated, ...]
    untouched: int
    refused: tuple[str, ...] = ()


def read_tasks(source: str | Path, *, allow_private: bool = False) -> Tasks:
    """
    Return what people marked in the tasks of a file that Label Studio exported as JSON.

    Predictions are not read: only what somebody submitted is. Of several annotations of a task the one that is marked
    as ground truth is taken, else the latest; a warning says so.

    Args:
        source: A path, an http or https URL, or "-" for standard input.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        UnreadableSource: It is no JSON.
        FetchError: The URL could not be fetched, or may not be.
        FormatError: It is no such export, or was made with another labelling configuration: no task can be used.
    """
    raw = load(str(source), allow_private=allow_private)
    content, _ = read_json(raw)
    return tasks_of(content, name=raw.name)


def is_export(content: Any) -> bool:
    """Return whether values that were read from JSON look like tasks of Label Studio."""
    tasks = content if isinstance(content, list) else [content]
    return any(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks)


def tasks_of(content: Any, *, name: str) -> Tasks:
    """Return what people marked in the tasks that `content`, from the file `name`, holds; see `read_tasks`."""
    tasks = content if isinstance(content, list) else [content]
    found: list[Annotated | None] = []
    refused = []
    for place, task in enumerate(tasks, 1):
        try:
            found.append(_annotated(task, f"{name}, task {_number(task, place)}"))
        except FormatError as error:
            refused.append(str(error))
    if refused and not found:
        raise FormatError(refused[0])
    return Tasks(tuple(one for one in found if one), sum(one is None for one in found), tuple(refused))


def _number(task: Any, place: int) -> Any:
    return task["id"] if isinstance(task, dict) and isinstance(task.get("id"), int) else place


def _annotated(task: Any, place: str) -> Annotated | None:
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        raise FormatError(f'{place}: there is no "data".\n{_HELP}')
    given = task["data"].get("text")
    if not isinstance(given, str):
        raise FormatError(f'{place}: "data" has no text called "text".\n{_HELP}')
    chosen, others = _chosen(_objects(task.get("annotations"), place))
    if chosen is None:
        return None
    text = without_half_characters(given).text
    marks = read_marks(_objects(chosen.get("result"), place), text, place=place)
    several = [f"It was annotated {others + 1} times; taken is what {_who(chosen)} submitted last."] if others else []
    document = Document(
        text,
        source=_text(task["data"], "source"),
        title=_text(task["data"], "title") or None,
        warnings=(*several, *marks.warnings),
    )
    return Annotated(document, marks.events, marks.labels, _who(chosen), place.rpartition(", ")[2])


def _chosen(annotations: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, int]:
    """Return the annotation that counts, and how many others there are."""
    submitted = [one for one in annotations if not one.get("was_cancelled")]
    ordered = sorted(submitted, key=lambda one: (bool(one.get("ground_truth")), _text(one, "updated_at")))
    return (ordered[-1], len(ordered) - 1) if ordered else (None, 0)


def _who(annotation: dict[str, Any]) -> str:
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        return _text(by, "email") or f"annotator {by.get('id')}"
    return f"annotator {by}" if isinstance(by, int) else ""


def _objects(value: Any, place: str) -> list[dict[str, Any]]:
    entries = [] if value is None else value
    if not isinstance(entries, list):
        raise FormatError(f"{place}: its annotations are no list.\n{_HELP}")
    if not all(isinstance(entry, dict) for entry in entries):
        raise FormatError(f"{place}: an annotation is no object.\n{_HELP}")
    return entries


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return without_half_characters(value).text if isinstance(value, str) else ""
