"""Notices when two people decide the same thing at once: the second sees what the first did."""

from collections.abc import Iterable

from sqlalchemy import Connection

from incidex.errors import DecidedMeanwhile
from incidex.records import Document, Span
from incidex.store import documents
from incidex.store.decisions import log
from incidex.store.decisions.corrections import as_edit
from incidex.store.decisions.edits import Edit, Target, Thing
from incidex.store.decisions.places import placed
from incidex.store.decisions.records import Annotation, Content, Correction, Decision, describe

# What the annotation of a whole document decides.
_ANNOTATED = (Thing.SENTENCE, Thing.EVENT, Thing.ARGUMENT)


def last_about(connection: Connection, document: str, target: Target) -> Decision | None:
    """
    Return the last decision about a thing in a document, or that undoes such a decision; None if there is none.

    Raises:
        InputError: There is no such document.
    """
    number = documents.existing_number(connection, document)
    newest = documents.newest(connection, [number])[number][1]
    ids = documents.text_ids(connection, [number])[number]
    found = (each.number for each in log.ever_about(connection, ids) if _is_about(each.content, target, newest))
    return max(log.with_undos(connection, found), key=lambda decision: decision.number, default=None)


def last_about_profiles(connection: Connection, profiles: Iterable[str]) -> Decision | None:
    """Return the last decision about these profiles, or that undoes such a decision; None if there is none."""
    found = (decision.number for decision in log.ever_about(connection, profiles))
    return max(log.with_undos(connection, found), key=lambda decision: decision.number, default=None)


def check_expected(last: Decision | None, expected: int | None) -> None:
    """
    Check that the last decision about a thing is the one that the author has seen.

    Args:
        last: The last one.
        expected: The number of the one that the author has seen, 0 for none; None if it does not matter.

    Raises:
        DecidedMeanwhile: It is another one.
    """
    if expected is None or last is None or last.number <= expected:
        return
    what = f"{last.kind} {describe(last.content)}"
    raise DecidedMeanwhile(
        f"{last.author} has decided on this meanwhile, at {last.made_at}: {what} (decision {last.number}).\n"
        "Look at it as it is now, and decide again if you still want to.",
        number=last.number,
        author=last.author,
        made_at=last.made_at,
    )


def _is_about(content: Content, target: Target, document: Document) -> bool:
    if isinstance(content, Annotation):
        return target.thing in _ANNOTATED
    edit = as_edit(content) if isinstance(content, Correction) else content
    if not isinstance(edit, Edit) or edit.target.thing is not target.thing:
        return False
    now = placed(edit, document)
    return now is not None and is_same(now[0], target)


def is_same(left: Target, right: Target) -> bool:
    """Return whether two targets in one text mean the same thing."""
    return (
        left.thing is right.thing
        and _meet(left.span, right.span)
        and (left.thing is not Thing.ARGUMENT or _meet(left.trigger, right.trigger))
        and (left.thing is not Thing.CLAIM or not (left.detail and right.detail) or left.detail == right.detail)
    )


def _meet(left: Span | None, right: Span | None) -> bool:
    return left == right or (left is not None and right is not None and left.overlaps(right))
