"""`incidex evaluate`: scores predictions against gold data."""

import click

from incidex.cli.commands.evaluate.events import events
from incidex.cli.commands.evaluate.incidents import incidents
from incidex.cli.commands.evaluate.sentences import sentences


@click.group(short_help="Score predictions against gold data.")
def evaluate() -> None:
    """Score labels, events or incidents against gold data."""


for _command in (sentences, events, incidents):
    evaluate.add_command(_command)
