"""Has documents read and analysed in child processes, and says why one gave no result."""

import logging
from collections.abc import Callable

from incidex.batch.answer import to_request
from incidex.batch.records import Failed, Item, Result, Wanted
from incidex.errors import IncidexError, InputError
from incidex.workers.limits import Limits
from incidex.workers.worker import Failure, Reason

_log = logging.getLogger(__name__)


def result_of(item: Item, wanted: Wanted, ask: Callable[[bytes], bytes], limits: Limits) -> Result:
    """
    Return what became of a document.

    Args:
        item: The document.
        wanted: What is wanted of it.
        ask: `Pool.ask` of child processes for `incidex.batch.answer.ANSWER`.
        limits: Those of the children.

    Raises:
        IncidexError: No document can be done: the model is damaged, or no child can be started.
    """
    if item.error:
        return Failed(item.place, "unreadable", item.error)
    try:
        return ask(to_request(item, wanted))
    except InputError as error:
        return Failed(item.place, "unreadable", str(error))
    except Failure as failure:
        if failure.reason is Reason.START:
            raise IncidexError(
                f"No process could be started: {failure.detail or 'it did not say why'}.\n"
                "Allow more with --memory, or see what limits your system sets."
            ) from failure
        if failure.trace:
            _log.warning("%s: %s", item.place, failure.trace)
        return Failed(item.place, str(failure.reason), f"{item.place} {_said(failure, limits)}")


def _said(failure: Failure, limits: Limits) -> str:
    if failure.reason is Reason.TIME:
        return f"took more than {limits.seconds:g} seconds.\nAllow more with --timeout, or split it."
    if failure.reason is Reason.MEMORY:
        return f"takes more than {limits.megabytes} MB of memory.\nAllow more with --memory, or split it."
    if failure.reason is Reason.CRASH:
        return (
            f"is damaged, or takes more than {limits.megabytes} MB of memory: "
            f"what reads it crashed ({failure.detail}).\n"
            "Save its text to a file and use that."
        )
    return f"met a defect of Incidex: {failure.detail}.\nPlease report it, with the document if you may."
