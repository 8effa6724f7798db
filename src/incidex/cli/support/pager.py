"""Shows long results on a terminal page by page, as git does."""

import os
import shlex
import shutil
import subprocess

# Leave if it fits, keep colours, leave the screen as it is: the choice of git.
_LESS = "FRX"


def show_in_pager(text: str) -> bool:
    """Show `text` in the pager of the user; return False, with nothing shown, if there is none."""
    command = _command()
    if not command:
        return False
    environment = {**os.environ, "LESS": os.environ.get("LESS", _LESS), "LV": os.environ.get("LV", "-c")}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    try:
        pager.communicate(text.encode("utf-8", "backslashreplace"))
    except (BrokenPipeError, KeyboardInterrupt):  # the reader leaves before the end, or interrupts what the pager does
        pager.wait()
    return True


def _command() -> list[str]:
    """Return the command of the pager; empty if there is none, or none is wanted."""
    wanted = os.environ.get("INCIDEX_PAGER", os.environ.get("PAGER"))
    if wanted is None:
        wanted = "less"
    try:
        command = shlex.split(wanted)
    except ValueError:  # a quotation mark without its fellow
        return []
    if not command or command[0] == "cat" or shutil.which(command[0]) is None:
        return []
    return command
