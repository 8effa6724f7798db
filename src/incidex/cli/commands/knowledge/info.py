"""`incidex knowledge info`: lists the sources of the known names."""

from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console

if TYPE_CHECKING:
    from incidex.link.names.knowledge import Knowledge


@click.command(short_help="Sources, versions, dates and licences.")
@options.JSON
@options.with_console()
def info(console: Console, as_json: bool) -> int:
    """
    List the sources of the known names of actors, malware and tools, with their versions, dates and licences.

    Example: incidex knowledge info
    """
    from incidex.export.jsonl.values import json_text
    from incidex.export.terminal.text import printable
    from incidex.link.names.knowledge import knowledge

    content = _content(knowledge())
    console.write(json_text(content, indent=2) if as_json else f"{printable(_text(content))}\n")
    return 0


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


def _text(content: dict[str, Any]) -> str:
    lines = [f"Names of actors, malware and tools: {content['file']}", ""]
    for source in content["sources"]:
        date = f" of {source['date']}" if source["date"] else ""
        lines.append(f"{source['name']}, version {source['version']}{date}")
        lines.append(f"  {source['entries']} entries with {source['names']} names. Licence: {source['licence']}")
    notices = dict.fromkeys(source["notice"] for source in content["sources"] if source["notice"])
    return "\n".join([*lines, *(f"\n{notice}" for notice in notices)])
