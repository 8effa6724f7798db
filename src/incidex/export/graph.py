"""Writes who says what about whom as a graph: JSON for programs, DOT for Graphviz."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from incidex.dossiers.claimants import is_name
from incidex.export.dossier_words import VERBS, numbers, places, speaker
from incidex.export.jsonl.values import json_text
from incidex.records import Dossier, Evidence, Statement


@dataclass(frozen=True, slots=True)
class Edge:
    """
    One thing that somebody says about somebody.

    Attributes:
        claimant: Who says it.
        about: Whom or what it is about.
        kind: As `Statement.kind`, or "names as attacker" for what reports say in their own words.
        quote: The words, at most 300 characters.
        sources: The numbers of the sources, from 1, in the order of publication.
    """

    claimant: str
    about: str
    kind: str
    quote: str
    sources: tuple[int, ...]


def edges(dossier: Dossier) -> tuple[Edge, ...]:
    """
    Return who says what about whom, each once, in the order of the dossier.

    A statement that accuses nobody is about the first victim with a name, or else about the incident.
    """
    return tuple(dict.fromkeys(_edges(dossier)))


def to_graph(dossier: Dossier) -> str:
    """Return the graph as JSON: `nodes` with their parts in the incident, and `edges`."""
    found = edges(dossier)
    return json_text(
        {
            "id": dossier.id,
            "title": dossier.title,
            "nodes": [{"name": name, "part": part} for name, part in nodes(dossier, found).items()],
            "edges": [
                {
                    "claimant": one.claimant,
                    "about": one.about,
                    "kind": one.kind,
                    "quote": one.quote,
                    "sources": list(one.sources),
                }
                for one in found
            ],
        },
        indent=2,
    )


def to_dot(dossier: Dossier) -> str:
    """Return the graph in the language of Graphviz."""
    found = edges(dossier)
    shapes = {"actor": "octagon", "victim": "box", "incident": "box", "claimant": "ellipse"}
    lines = [f"  {_quoted(name)} [shape={shapes[part]}];" for name, part in nodes(dossier, found).items()]
    for one in found:
        style = ", style=dashed" if one.kind in ("denies", "leaves-open") else ""
        at = " ".join(f"[{number}]" for number in one.sources)
        label = f"{VERBS.get(one.kind, one.kind)} {at}"
        lines.append(
            f"  {_quoted(one.claimant)} -> {_quoted(one.about)} "
            f"[label={_quoted(label)}, tooltip={_quoted(one.quote)}{style}];"
        )
    return "\n".join([f"digraph {_quoted(dossier.title)} {{", "  rankdir=LR;", *lines, "}", ""])


def nodes(dossier: Dossier, found: tuple[Edge, ...]) -> dict[str, str]:
    """Return the names in the graph, each with its part: "actor", "victim", "claimant" or "incident"."""
    known = {dossier.title: "incident"}
    known |= {value.text: "victim" for value in dossier.victims}
    known |= {actor.name: "actor" for actor in dossier.actors}
    names = [name for one in found for name in (one.claimant, one.about)]
    return {name: known.get(name, "claimant") for name in dict.fromkeys(names)}


def _edges(dossier: Dossier) -> Iterator[Edge]:
    known = numbers(dossier)
    victim = next((value.text for value in dossier.victims if is_name(value.text)), dossier.title)
    for one in dossier.statements:
        yield _edge(one, one.accused or victim, known)
    for actor in dossier.actors:
        for claim in actor.claimed_by:
            yield _edge(claim, victim, known)
        if actor.named:
            first = actor.named.evidence[0]
            yield Edge(speaker(None), actor.name, "names as attacker", first.quote, _at(actor.named.evidence, known))


def _edge(one: Statement, about: str, known: dict[str, int]) -> Edge:
    return Edge(speaker(one.claimant), about, one.kind, one.evidence[0].quote, _at(one.evidence, known))


def _at(evidence: Iterable[Evidence], known: dict[str, int]) -> tuple[int, ...]:
    return tuple(places(evidence, known))


def _quoted(words: str) -> str:
    """Return words as a string of DOT."""
    line = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{line}"'
