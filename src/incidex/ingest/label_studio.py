"""Reads tasks exported from Label Studio: the labels and events that people annotated in each text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidex.errors import FormatError
from incidex.ingest.annotated import Annotated, read_json
from incidex.ingest.decode import replace_surrogates
from incidex.ingest.label_studio_marks import read_marks
from incidex.ingest.load import load
from incidex.records import Document

_HELP = "Export the project as 'JSON', with the configuration that docs/reference/formats/label-studio.md shows."


@dataclass(frozen=True, slots=True)
class Tasks:
    """
    The tasks of one file.

    Attributes:
        annotated: The annotated texts, in the order of the file.
        untouched: The number of tasks that everybody skipped or nobody submitted yet.
        refused: An error message for each task that cannot be used.
    """

    annotated: tuple[Annotated, ...]
    untouched: int
    refused: tuple[str, ...] = ()


def read_tasks(source: str | Path, *, allow_private: bool = False) -> Tasks:
    """
    Return the annotations in a file that Label Studio exported as JSON.

    Only submitted annotations are read, not predictions. If a task has several, the ground truth or else the latest one
    is used, with a warning.

    Args:
        source: A path, an http or https URL, or "-" for standard input.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        UnreadableSource: It is not JSON.
        FetchError: The URL could not or must not be fetched.
        FormatError: No task can be used: it is not such an export, or has another labelling configuration.
    """
    raw = load(str(source), allow_private=allow_private)
    content, _ = read_json(raw)
    return tasks_of(content, name=raw.name)


def is_export(content: Any) -> bool:
    """Return whether a JSON value looks like tasks of Label Studio."""
    tasks = content if isinstance(content, list) else [content]
    return any(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks)


def tasks_of(content: Any, *, name: str) -> Tasks:
    """Return the annotations in the tasks in `content`, read from the file `name`; see `read_tasks`."""
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
        raise FormatError(f'{place}: "data" is missing.\n{_HELP}')
    given = task["data"].get("text")
    if not isinstance(given, str):
        raise FormatError(f'{place}: "data" has no string "text".\n{_HELP}')
    chosen, others = _chosen(_objects(task.get("annotations"), place))
    if chosen is None:
        return None
    text = replace_surrogates(given).text
    marks = read_marks(_objects(chosen.get("result"), place), text, place=place)
    several = [f"It was annotated {others + 1} times; the annotation of {_who(chosen)} is used."] if others else []
    document = Document(
        text,
        source=_text(task["data"], "source"),
        title=_text(task["data"], "title") or None,
        warnings=(*several, *marks.warnings),
    )
    return Annotated(document, marks.events, marks.labels, _who(chosen), place.rpartition(", ")[2])


def _chosen(annotations: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, int]:
    """Return the annotation to use and the number of others."""
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
        raise FormatError(f"{place}: its annotations should be a list.\n{_HELP}")
    if not all(isinstance(entry, dict) for entry in entries):
        raise FormatError(f"{place}: an annotation should be an object.\n{_HELP}")
    return entries


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return replace_surrogates(value).text if isinstance(value, str) else ""
