"""`incidex knowledge update`: replaces the names of a source with those of a newer file."""

from pathlib import Path

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console, same_file
from incidex.cli.support.values import Day, OutputFile


@click.command(short_help="Take names from newer upstream files.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", type=Day(), metavar="YYYY-MM-DD", help="Publication date of files that do not have one.")
@click.option(
    "-o", "--output", type=OutputFile(dash=False), metavar="PATH", help="Write to this file, not to your data folder."
)
@options.with_console(output=False)
def update(console: Console, files: tuple[Path, ...], date: str | None, output: Path | None) -> int:
    """
    Replace the names of a source with those in FILE, and use them from now on.

    FILE is a STIX bundle of MITRE ATT&CK (enterprise-attack.json) or a cluster of the MISP galaxy (threat-actor.json).
    The names are kept in your data folder, and take precedence over those that ship with Incidex. With --output they
    are written to PATH instead; set INCIDEX_KNOWLEDGE=PATH to use them.

    Example: incidex knowledge update enterprise-attack.json threat-actor.json
    """
    from incidex.errors import InputError
    from incidex.link.names.knowledge import knowledge_file, read_knowledge, user_file, write_knowledge
    from incidex.link.names.upstream import ordinary_vocabulary, read_source, updated

    if output and (found := same_file(output)) and found in map(same_file, files):
        raise click.UsageError(f"{output} is read by this command. Name another file with --output.")
    sources = [read_source(file, date=date or "") for file in files]
    try:
        before = read_knowledge(knowledge_file())
    except InputError:
        # The user's own copy is missing or damaged, and this command is what repairs it.
        before = read_knowledge(None)
    target = output or knowledge_file() or user_file()
    write_knowledge(updated(before, sources, ordinary_vocabulary()), target)
    for source in sources:
        console.message("updated", f"{source.name}, version {source.version}: {len(source.entries)} entries")
    console.message("written", str(target))
    return 0
