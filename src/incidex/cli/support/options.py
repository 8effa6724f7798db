"""The arguments and options that commands on sources have in common, and the record that holds them."""

from dataclasses import dataclass
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path)

SOURCES = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
PRESPLIT = click.option("--presplit", is_flag=True, help="Each line is a sentence, each file one article.")
ALL = click.option("--all", "everything", is_flag=True, help="Print sentences of captions, links and notices, too.")
OUTPUT_DIR = click.option("--output-dir", type=_FOLDER, metavar="DIR", help="Write one file per source to DIR.")
MODEL = click.option("--model", type=_FOLDER, metavar="DIR", help="Use the model bundle in DIR.")
ALLOW_PRIVATE = click.option("--allow-private", is_flag=True, help="Let URLs lead to private and loopback addresses.")
STORE = click.option("--store", metavar="PATH_OR_URL", help="The store.  [default: INCIDEX_STORE, or your data folder]")
COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether labels are coloured.",
)
PROFILE = click.option(
    "--profile",
    type=click.Choice(["compat", "full"]),
    default="compat",
    show_default=True,
    help="STIX: the core alone, or with incident extension.",
)
TLP = click.option(
    "--tlp",
    type=click.Choice(["clear", "green", "amber", "amber+strict", "red"]),
    default="amber",
    show_default=True,
    help="STIX and MISP: who may see it.",
)


@dataclass(frozen=True, slots=True)
class Job:
    """
    What is wanted: the options of the command.

    Attributes:
        everything: Whether sentences outside the article are wanted too.
        form: The format; None for the one that the command has without `--format`.
        output_dir: The folder for one file per source; None for standard output.
        color: "auto", "always" or "never".
        profile: Which STIX: "compat" or "full".
        tlp: The marking of STIX and MISP.
    """

    presplit: bool = False
    everything: bool = False
    form: str | None = None
    output_dir: Path | None = None
    allow_private: bool = False
    color: str = "auto"
    profile: str = "compat"
    tlp: str = "amber"
