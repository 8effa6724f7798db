"""How two processes exchange bytes over a pipe: in frames of a kind, a length and a content."""

from enum import Enum
from struct import Struct, error
from typing import BinaryIO

# A document of 50 MB in an answer, with its blocks, has far less. A child must not fill the memory of its parent.
LARGEST = 400_000_000

_HEAD = Struct("!cQ")


class Kind(Enum):
    """What a frame holds."""

    REQUEST = b"Q"
    READY = b"S"  # the child has started
    RESULT = b"R"
    REFUSED = b"E"  # an error of Incidex: JSON, its class and its message
    NO_MEMORY = b"M"
    DEFECT = b"X"  # any other error: JSON, its description and its traceback


class BrokenPipe(Exception):
    """The other process is gone, or sends something that is no frame."""


def write_frame(pipe: BinaryIO, kind: Kind, content: bytes = b"") -> None:
    """Send one frame; raise `BrokenPipe` if nobody reads it."""
    try:
        pipe.write(_HEAD.pack(kind.value, len(content)))
        pipe.write(content)
        pipe.flush()
    except (OSError, ValueError) as failure:
        raise BrokenPipe(str(failure)) from failure


def read_frame(pipe: BinaryIO) -> tuple[Kind, bytes]:
    """Return the next frame; raise `BrokenPipe` if there is none, or if it is larger than `LARGEST`."""
    head = _read(pipe, _HEAD.size)
    try:
        mark, length = _HEAD.unpack(head)
        kind = Kind(mark)
    except (error, ValueError) as failure:
        raise BrokenPipe("no frame") from failure
    if length > LARGEST:
        raise BrokenPipe(f"a frame of {length} bytes")
    return kind, _read(pipe, length)


def _read(pipe: BinaryIO, length: int) -> bytes:
    try:
        content = pipe.read(length)
    except (OSError, ValueError) as failure:
        raise BrokenPipe(str(failure)) from failure
    if len(content) < length:
        raise BrokenPipe("the end")
    return content
