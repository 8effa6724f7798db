"""What child processes do in the tests: functions from bytes to bytes, most of them bad."""

import os
import signal
import sys
import time
from collections.abc import Callable

from incidex.errors import FetchError


def upper(request: bytes) -> bytes:
    """Return `request` in capitals, with the number of this process."""
    return request.upper() + b" %d" % os.getpid()


def obey(request: bytes) -> bytes:
    """Do what `request` says: the name of a deed, and a number for it."""
    word, _, number = request.decode().partition(" ")
    return _DEEDS.get(word, lambda _: None)(number) or upper(request)


def _spin(_: str) -> None:
    while True:
        pass


def _fill(megabytes: str) -> None:
    bytearray(int(megabytes) * 1_000_000)


def _refuse(_: str) -> None:
    raise FetchError("It is not there.\nLook elsewhere.")


def _fail(_: str) -> None:
    raise KeyError("missing")


def _deep(number: str) -> None:
    _deep(number)


def _print(_: str) -> None:
    sys.stdout.write("noise\n")
    sys.stdout.flush()
    os.write(1, b"more noise")


def _lie(file: str) -> None:
    os.write(int(file), b"this is no frame, and long enough to be one")
    os._exit(0)


def _claim(file: str) -> None:
    os.write(int(file), b"R" + (2**50).to_bytes(8, "big"))
    time.sleep(5)


_DEEDS: dict[str, Callable[[str], bytes | None]] = {
    "die": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda code: os._exit(int(code)),
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "read": lambda _: sys.stdin.readline().encode() or b"nothing",
    "spin": _spin,
    "fill": _fill,
    "refuse": _refuse,
    "fail": _fail,
    "deep": _deep,
    "print": _print,
    "lie": _lie,
    "claim": _claim,
}
