"""Reads the files in which MITRE ATT&CK and the MISP galaxy publish names, each as a `Source`."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from incidex.errors import FormatError, UnreadableSource
from incidex.link.names.knowledge import Knowledge, Source, checked_name, ordinary_words
from incidex.records import EntityKind, Entry

_ATTACK_KINDS = {
    "intrusion-set": EntityKind.INTRUSION_SET,
    "malware": EntityKind.MALWARE,
    "tool": EntityKind.TOOL,
}
# In the order in which their names are preferred. Two of these clusters, rat and tool, also have legitimate software;
# other sources say which of it is malware. Other clusters of the galaxy have no actors, malware or tools.
_GALAXY_KINDS = {
    "threat-actor": EntityKind.INTRUSION_SET,
    "malpedia": EntityKind.MALWARE,
    "ransomware": EntityKind.MALWARE,
    "android": EntityKind.MALWARE,
    "backdoor": EntityKind.MALWARE,
    "banker": EntityKind.MALWARE,
    "botnet": EntityKind.MALWARE,
    "rat": EntityKind.TOOL,
    "stealer": EntityKind.MALWARE,
    "tool": EntityKind.TOOL,
}
_ORDER = {"attack": 0, **{f"misp-{kind}": place for place, kind in enumerate(_GALAXY_KINDS, 1)}, "common-tools": 99}
_ATTACK_LICENCE = "ATT&CK terms of use: use freely, reproduce the notice"
_ATTACK_NOTICE = (
    "© {year} The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE "
    "Corporation. The MITRE Corporation (MITRE) hereby grants you a non-exclusive, royalty-free license to use ATT&CK® "
    "for research, development, and commercial purposes. Any copy you make for such purposes is authorized provided "
    "that you reproduce MITRE's copyright designation and this license in any such copy."
)


def read_source(file: Path, *, date: str = "") -> Source:
    """
    Read one upstream file: a STIX bundle of ATT&CK, or a cluster of the MISP galaxy.

    Args:
        file: JSON as it was published.
        date: The day of publication (ISO 8601), for a file that does not state it; clusters never do.

    Raises:
        UnreadableSource: The file cannot be read.
        FormatError: It is neither.
    """
    try:
        content = json.loads(file.read_text("utf-8"))
        if content.get("type") == "bundle":
            return _attack(content["objects"], file, date)
        if content.get("type") in _GALAXY_KINDS:
            return _galaxy(content, date)
    except OSError as error:
        raise UnreadableSource(f"{file}: the file cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        pass
    raise FormatError(
        f"{file}: this is neither a STIX bundle of MITRE ATT&CK nor a cluster of the MISP galaxy that names actors, "
        f"malware or tools.\nClusters that can be read: {', '.join(f'{kind}.json' for kind in _GALAXY_KINDS)}."
    )


def updated(known: Knowledge, sources: Iterable[Source], words: Mapping[str, object]) -> Knowledge:
    """Return `known` with `sources` replacing those with the same key; `words` as in `ordinary_words`."""
    by_key = {source.key: source for source in (*known.sources, *sources)}
    ordered = tuple(sorted(by_key.values(), key=lambda source: _ORDER[source.key]))
    return Knowledge(ordered, ordinary_words(ordered, words))


def ordinary_vocabulary() -> Mapping[str, object]:
    """
    Return the vocabulary of the shipped model's tokenizer: a word that is a single token is frequent in ordinary text.

    Raises:
        BundleError: The shipped model is damaged.
    """
    from incidex.encoder.bundle import open_bundle

    content = json.loads((open_bundle().folder / "tokenizer.json").read_text("utf-8"))
    vocabulary: Mapping[str, object] = content["model"]["vocab"]
    return vocabulary


def _attack(objects: list[dict[str, Any]], file: Path, date: str) -> Source:
    entries = [_attack_entry(item) for item in objects if item["type"] in _ATTACK_KINDS and not _withdrawn(item)]
    if not entries:
        raise ValueError("no names")
    date = max(str(item.get("modified", ""))[:10] for item in objects) or date
    return Source(
        key="attack",
        name="MITRE ATT&CK",
        version=_attack_version(objects, file),
        date=date,
        licence=_ATTACK_LICENCE,
        notice=_ATTACK_NOTICE.format(year=date[:4]),
        entries=_ordered(entries),
    )


def _attack_version(objects: list[dict[str, Any]], file: Path) -> str:
    """Return the version that the bundle states, or else the one in the name of the file."""
    stated = [str(item["x_mitre_version"]) for item in objects if item["type"] == "x-mitre-collection"]
    named = re.findall(r"\d+\.\d+", file.stem)
    return next(iter([*stated, *named]), "unknown")


def _withdrawn(item: dict[str, Any]) -> bool:
    return bool(item.get("revoked") or item.get("x_mitre_deprecated"))


def _attack_entry(item: dict[str, Any]) -> Entry:
    ids = [place["external_id"] for place in item["external_references"] if place["source_name"] == "mitre-attack"]
    aliases = item.get("aliases") or item.get("x_mitre_aliases") or ()
    name = checked_name(item["name"])
    return Entry(checked_name(ids[0]), name, _ATTACK_KINDS[item["type"]], _others(name, aliases))


def _galaxy(content: dict[str, Any], date: str) -> Source:
    kind = content["type"]
    entries = [
        Entry(
            checked_name(value["uuid"]),
            name,
            _GALAXY_KINDS[kind],
            _others(name, value.get("meta", {}).get("synonyms") or ()),
        )
        for value in content["values"]
        for name in [checked_name(value["value"]).strip()]
    ]
    return Source(
        key=f"misp-{kind}",
        name=f"MISP galaxy: {content['name']}",
        version=str(content["version"]),
        date=date,
        licence="CC0 1.0",
        notice="",
        entries=_ordered(entries),
    )


def _others(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases that are not the name, each once."""
    stripped = (checked_name(alias).strip() for alias in aliases)
    return tuple(dict.fromkeys(alias for alias in stripped if alias not in ("", name)))


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.id, entry.name)))
