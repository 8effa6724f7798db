"""Makes answers: JSON with an ETag, lists in parts as JSON or flat rows, and files of every format of export."""

import base64
import binascii
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Query, Request, Response

from incidex.errors import InputError
from incidex.export.csv.table import guarded
from incidex.export.formats import Format, Written, demand
from incidex.export.jsonl.values import json_text

RowFormat = Literal["json", "jsonl", "csv"]
Rows = Annotated[RowFormat, Query(description="JSON, or flat rows: JSON Lines or CSV.")]
Limit = Annotated[int, Query(ge=1, le=500, description="The most items of the answer.")]
Cursor = Annotated[
    str | None, Query(max_length=2000, pattern=r"^[\w=-]+$", description="`next` of the part before, as it is.")
]
# PostgreSQL keeps no NUL in a text, and nobody needs one.
PLAIN = r"^[^\x00]*$"

_MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".html": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".dot": "text/vnd.graphviz",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".parquet": "application/vnd.apache.parquet",
}
_BINARY = "application/octet-stream"


def json_answer(
    request: Request, value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a value as JSON; 304 if the client has it already."""
    return answer(request, json_text(value), "application/json", status=status, headers=headers)


def answer(
    request: Request,
    content: str | bytes,
    media_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return content with its ETag, or 304 and nothing if the client has it already."""
    body = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    given = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    every = {**(headers or {}), "ETag": tag}
    if request.method in ("GET", "HEAD") and (tag in given or "*" in given):
        return Response(status_code=304, headers=every)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, status, headers={**every, "Content-Type": media_type + charset})


def part_answer(
    request: Request,
    items: Sequence[dict[str, Any]],
    *,
    form: RowFormat,
    columns: Sequence[str],
    total: int | None = None,
    next: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """
    Return a part of a list; where it goes on stands in `next`, and for every format in the header `Link`.

    Args:
        request: Which part is wanted.
        items: The items, whose keys include `columns`.
        form: JSON with everything, or rows with `columns` alone.
        columns: The columns of flat rows; values that are lists are joined with semicolons.
        total: How many items the whole list has.
        next: Where the next part begins; None at the end.
        more: What else JSON has.
    """
    headers = {} if next is None else {"Link": f'<{_next_url(request, next)}>; rel="next"'}
    if total is not None:
        headers["X-Total-Count"] = str(total)
    if form == "json":
        counted = {} if total is None else {"total": total}
        value = {"items": items, "next": next, **counted, **(more or {})}
        return json_answer(request, value, headers=headers)
    rows = [{column: _flat(item.get(column)) for column in columns} for item in items]
    if form == "jsonl":
        return answer(request, "".join(map(json_text, rows)), _MEDIA_TYPES[".jsonl"], headers=headers)
    return answer(request, _table(columns, rows), "text/csv", headers=headers)


def file_answer(request: Request, form: Format, written: Written, name: str) -> Response:
    """Return what a format of export wrote, to be saved as a file; several files come as a zip archive."""
    content, ending = written.content, form.ending
    if isinstance(content, Mapping):
        content, ending = _zipped(content, name), ".zip"
    elif isinstance(content, str):
        content = form.file_mark + form.heading() + content
    media_type = _MEDIA_TYPES.get("." + ending.rpartition(".")[2], _BINARY)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name + ending, safe='')}"}
    if written.note:
        headers["X-Note"] = quote(written.note, safe=" ,.:;()'\"-")
    return answer(request, content, media_type, headers=headers)


def demanded(forms: Mapping[str, Format], name: str) -> Format:
    """Return a format. Raises InputError if there is none of this name, MissingExtra if it needs a package."""
    if name not in forms:
        raise InputError(f"There is no format {name!r} for this.\nChoose one of {', '.join(forms)}.")
    demand(name)
    return forms[name]


def place_after(number: int) -> str:
    """Return the cursor of a list that is ordered by numbers."""
    return base64.urlsafe_b64encode(json.dumps([number]).encode()).decode().rstrip("=")


def number_at(cursor: str | None) -> int | None:
    """Return the number that a cursor stands for; None without one. Raises InputError if it is no cursor."""
    if cursor is None:
        return None
    try:
        (number,) = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if type(number) is int and 0 <= number < 2**31:
            return number
    except (binascii.Error, ValueError, TypeError):
        pass
    raise InputError(
        f"{cursor[:40]!r} is no place in this list.\nHand on 'next' of the part before, or leave it out to begin anew."
    )


def _next_url(request: Request, cursor: str) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{quote(request.url.path)}?{urlencode([*kept, ('cursor', cursor)])}"


def _flat(value: Any) -> Any:
    """Return a value that fits into one cell."""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(columns)
    writer.writerows([guarded(str("" if row[name] is None else row[name])) for name in columns] for row in rows)
    return table.getvalue()


def _zipped(files: Mapping[str, str], name: str) -> bytes:
    """Return files, given by their endings, as an archive that is the same whenever it is made."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for ending, content in files.items():
            packed.writestr(zipfile.ZipInfo(name + ending, (1980, 1, 1, 0, 0, 0)), content)
    return archive.getvalue()
