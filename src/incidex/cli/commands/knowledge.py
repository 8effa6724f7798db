"""`incidex knowledge`: which names of actors, malware and tools are known, and newer ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from incidex.link.names.knowledge import Knowledge


@click.group(short_help="Say which names of actors and malware are known.")
def knowledge() -> None:
    """Say which names of actors, malware and tools are known, or take newer ones."""


@knowledge.command(short_help="Sources, versions, dates and licences.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(as_json: bool) -> None:
    """
    Say which names of actors, malware and tools are known: from which sources, of which versions, under which licences.

    Example: incidex knowledge info
    """
    import json

    from incidex.cli.support.console import Console
    from incidex.export.terminal.text import printable
    from incidex.link.names.knowledge import knowledge as load

    content = _content(load())
    text = json.dumps(content, indent=2, ensure_ascii=False) if as_json else printable(_told(content))
    Console().write(f"{text}\n")


@knowledge.command(short_help="Take names from newer upstream files.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", metavar="YYYY-MM-DD", help="Day of publication of files that do not say it.")
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="Write here, not to your data folder.")
def update(files: tuple[Path, ...], date: str | None, output: Path | None) -> None:
    """
    Take the names from each FILE in place of those of the same source, and use them from now on.

    FILE is a STIX bundle of MITRE ATT&CK (enterprise-attack.json) or a cluster of the MISP galaxy (threat-actor.json).
    The names are kept in your data folder, where newer ones than those that ship belong. With --output they are written
    to PATH instead; INCIDEX_KNOWLEDGE=PATH uses them.

    Example: incidex knowledge update enterprise-attack.json threat-actor.json
    """
    from incidex.cli.support.console import Console
    from incidex.errors import InputError
    from incidex.link.names.knowledge import knowledge_file, read_knowledge, user_file, write_knowledge
    from incidex.link.names.upstream import ordinary_vocabulary, read_source, updated

    sources = [read_source(file, date=_day(date)) for file in files]
    try:
        before = read_knowledge(knowledge_file())
    except InputError:
        # The user's own copy is missing or damaged, and this command is what mends it.
        before = read_knowledge(None)
    target = output or knowledge_file() or user_file()
    write_knowledge(updated(before, sources, ordinary_vocabulary()), target)
    console = Console()
    for source in sources:
        console.message("taken", f"{source.name} {source.version}: {len(source.entries)} entries")
    console.message("written", str(target))


@knowledge.command(short_help="Forget names that were imported.")
@click.argument("producer", metavar="PRODUCER")
def forget(producer: str) -> None:
    """
    Forget the names that 'incidex import' took from files of PRODUCER, as 'incidex knowledge info' calls it.

    Example: incidex knowledge forget "CERT Norhaven"
    """
    from incidex.cli.support.console import Console
    from incidex.errors import InputError
    from incidex.link.names.imported import forget as forget_names

    count = forget_names(producer)
    if not count:
        raise InputError(f"No names were imported from {producer!r}.\nSee from whom: incidex knowledge info")
    Console().message("forgotten", f"{producer}: {count} entries")


def _day(date: str | None) -> str:
    """Return the day as it was given, or nothing; complain of what is no day."""
    from datetime import date as Day

    try:
        return Day.fromisoformat(date).isoformat() if date else ""
    except ValueError as error:
        raise click.BadParameter(f"{date!r} is no day, such as 2026-08-06.", param_hint="--date") from error


def _content(known: "Knowledge") -> dict[str, Any]:
    sources = [
        {
            "name": source.name,
            "version": source.version,
            "date": source.date or None,
            "entries": len(source.entries),
            "names": sum(1 + len(entry.aliases) for entry in source.entries),
            "licence": source.licence,
            "notice": source.notice or None,
        }
        for source in known.sources
    ]
    return {"file": known.file, "sources": sources}


def _told(content: dict[str, Any]) -> str:
    lines = [f"Names of actors, malware and tools: {content['file']}", ""]
    for source in content["sources"]:
        date = f" of {source['date']}" if source["date"] else ""
        lines.append(f"{source['name']}, version {source['version']}{date}")
        lines.append(f"  {source['entries']} entries with {source['names']} names. Licence: {source['licence']}")
    notices = dict.fromkeys(source["notice"] for source in content["sources"] if source["notice"])
    return "\n".join([*lines, *(f"\n{notice}" for notice in notices)])
