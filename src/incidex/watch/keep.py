"""Which reports are kept, by what they report and not by single words."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Profile


@dataclass(frozen=True, slots=True)
class Rules:
    """
    What a report has to have to be kept; without any rule, all are. One value of each rule that is set has to fit.

    Attributes:
        events: Whether it has to report an event.
        types: Event types, or parts of their names: "ransom".
        victims: Names of victims, or parts of them, in any case.
        actors: Names of actors, likewise, under any name that is known for them.
        countries: Words that stand in the headline, or in a sentence that reports an event: "France", "French".
        cves: CVE numbers, or beginnings of them.
    """

    events: bool = False
    types: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    cves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What a file of rules says.

    Attributes:
        sources: What to watch.
        every: How often, in minutes; None if the file does not say.
        rules: What is kept.
    """

    sources: tuple[str, ...] = ()
    every: int | None = None
    rules: Rules = Rules()


def reason_to_leave_out(analysis: Analysis, rules: Rules) -> str:
    """Return why a report is not kept, in a few words; "" if it is."""
    own = [profile for profile in profiles(analysis) if profile.types]
    if not own:
        return "" if rules == Rules() else "it reports no event"
    if rules.types and not any(_holds(name, rules.types) for one in own for name in one.types):
        return f"it reports no {_or(rules.types)}"
    if rules.victims and not any(_holds(name, rules.victims) for name in _victims(own)):
        return f"its victim is not {_or(rules.victims)}"
    if rules.actors and not any(_holds(name, rules.actors) for name in _actors(own, analysis)):
        return f"its actor is not {_or(rules.actors)}"
    if rules.cves and not any(_begins(cve, rules.cves) for one in own for cve, _ in one.cves):
        return f"it does not name {_or(rules.cves)}"
    if rules.countries and not _names_country(analysis, rules.countries):
        return f"it is not about {_or(rules.countries)}"
    return ""


def read_plan(file: Path) -> Plan:
    """
    Return what a file of rules (TOML) says; paths in it count from its folder.

    Raises:
        InputError: It cannot be read, or says something else than it may.
    """
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.\nCheck its name and permissions.") from error
    except ValueError as error:
        raise InputError(f"{file} is not TOML in UTF-8: {error}.") from error
    keep = content.get("keep", {})
    _check(file, content, {"sources": list, "every": int, "keep": dict}, "")
    _check(file, keep, {one.name: bool if one.name == "events" else list for one in fields(Rules)}, "keep.")
    every = content.get("every")
    if every is not None and not 1 <= every <= 10_080:
        raise InputError(f"{file}: every is a number of minutes from 1 to 10080, not {every}.")
    return Plan(
        tuple(one if "://" in one else str(file.absolute().parent / one) for one in content.get("sources", ())),
        every,
        Rules(keep.pop("events", False), **{name: tuple(value) for name, value in keep.items()}),
    )


def check_types(types: Iterable[str]) -> None:
    """Raise InputError if one of `types` is not part of the name of any event type."""
    for wanted in types:
        if not any(wanted.casefold() in name.casefold() for name in scheme().names):
            raise InputError(f"{wanted!r} is not an event type.\nChoose from {', '.join(scheme().names)}.")


def _check(file: Path, content: Mapping[str, Any], allowed: Mapping[str, type], where: str) -> None:
    for name, value in content.items():
        if name not in allowed:
            raise InputError(f"{file} has an unknown setting {where}{name}.\nThere are {', '.join(allowed)}.")
        kind = allowed[name]
        if not _is_right(value, kind):
            what = {list: "a list of texts", int: "a number", bool: "true or false", dict: "a table"}[kind]
            raise InputError(f"{file}: {where}{name} has to be {what}.")
    if where:
        check_types(tuple(content.get("types", ())))


def _is_right(value: Any, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _victims(own: Sequence[Profile]) -> Iterator[str]:
    return (name for one in own for name, _ in one.victims)


def _actors(own: Sequence[Profile], analysis: Analysis) -> Iterator[str]:
    """Yield the names of those who are said to have done it, with all that the text and published lists call them."""
    named = {_plain(name) for one in own for name, _ in one.actors}
    yield from named
    for entity in analysis.entities:
        known = {entity.name, *(mention.of(analysis.document.text) for mention in entity.mentions)}
        known |= {name for link in entity.candidates for name in (link.name, link.alias)}
        if not named.isdisjoint(map(_plain, known)):
            yield from known


def _names_country(analysis: Analysis, countries: Sequence[str]) -> bool:
    text = analysis.document.text
    words = [analysis.document.title or ""]
    words += [one.span.of(text) for one in analysis.sentences if one.labels and one.kind.in_article]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, countries))})(?!\w)", re.IGNORECASE)
    return any(pattern.search(one) for one in words)


def _holds(name: str, wanted: Sequence[str]) -> bool:
    return any(_plain(one) in _plain(name) for one in wanted)


def _plain(name: str) -> str:
    """Return letters and digits in lower case: APT 28, APT-28 and apt28 are one name."""
    return "".join(filter(str.isalnum, name.casefold()))


def _begins(value: str, wanted: Sequence[str]) -> bool:
    return any(value.casefold().startswith(one.casefold()) for one in wanted)


def _or(wanted: Sequence[str]) -> str:
    return " or ".join(wanted)
