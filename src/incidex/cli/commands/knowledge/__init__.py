"""`incidex knowledge`: the known names of actors, malware and tools."""

import click

from incidex.cli.commands.knowledge.forget import forget
from incidex.cli.commands.knowledge.info import info
from incidex.cli.commands.knowledge.update import update


@click.group(short_help="List, update or forget known names of actors and malware.")
def knowledge() -> None:
    """List, update or forget the known names of actors, malware and tools."""


for _command in (info, update, forget):
    knowledge.add_command(_command)
