"""What a command says about an error, and the exit code that it means."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from incidex.errors import InputError, StoreError

# Something that the user gave, or the store, could not be used; a defect of Incidex came to light.
FAILED, DEFECT = 1, 3


@dataclass(frozen=True, slots=True)
class Failure:
    """
    An error while something was done.

    Attributes:
        error: What was raised.
        message: What the user should know.
        code: The exit code that it means.
    """

    error: Exception
    message: str
    code: int

    @property
    def trace(self) -> str:
        """The traceback of a defect, for a report about it; empty for other failures."""
        return "".join(traceback.format_exception(self.error)) if self.code == DEFECT else ""


def failure_of(error: Exception) -> Failure:
    """Return what `error` means: errors of Incidex speak for themselves, all others but a full memory are defects."""
    if isinstance(error, (InputError, StoreError)):
        return Failure(error, str(error), FAILED)
    if isinstance(error, MemoryError):
        return Failure(error, "There is not enough memory for it.\nClose other programs, or split it.", FAILED)
    described = "".join(traceback.format_exception_only(error)).strip()
    return Failure(
        error,
        f"An internal error: {described}{_place(error)}.\n"
        "This is a defect of Incidex. Please report it with this message, and with the source if you may.",
        DEFECT,
    )


def _place(error: Exception) -> str:
    """Return where in this package an error arose, for the message."""
    home = str(Path(__file__).parents[2])
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(home)]
    if not frames:
        return ""
    file = Path(frames[-1].filename).relative_to(Path(home).parent).as_posix()
    return f" ({file}, line {frames[-1].lineno})"
