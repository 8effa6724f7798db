"""What runs in a child process: it answers requests with a function until its parent goes away."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from incidex.errors import IncidexError
from incidex.workers.frames import BrokenPipe, Kind, read_frame, write_frame
from incidex.workers.limits import Limits, limit_memory, limit_processor

Function = Callable[[bytes], bytes]


def serve(function: str, limits: Limits) -> None:
    """
    Answer each request on standard input with `function`, on standard output.

    Args:
        function: Where it is, as "package.module:name".
        limits: Those of this process.
    """
    # Ctrl-C reaches all processes of a terminal. The parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = _own_pipes()
    limit_memory(limits.megabytes)
    module, _, name = function.partition(":")
    work: Function = getattr(import_module(module), name)
    try:
        write_frame(answers, Kind.READY)
        while True:
            _, request = read_frame(requests)
            limit_processor(limits.seconds)
            kind, answer = _answer(work, request)
            write_frame(answers, kind, answer)
            if kind is Kind.NO_MEMORY:
                return  # what is left of it is in pieces
    except BrokenPipe:
        return


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of the parent, and leave standard input and output to nobody: a library may print something."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    os.close(nothing)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - open until the end
    return requests, answers


def _answer(work: Function, request: bytes) -> tuple[Kind, bytes]:
    try:
        return Kind.RESULT, work(request)
    except IncidexError as error:
        return Kind.REFUSED, json.dumps([type(error).__name__, str(error)]).encode()
    except MemoryError:
        return Kind.NO_MEMORY, b""
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to know
        return Kind.DEFECT, json.dumps([_described(error), traceback.format_exc()]).encode()


def _described(error: Exception) -> str:
    return "".join(traceback.format_exception_only(error)).strip()[:500]
