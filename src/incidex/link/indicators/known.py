"""Loads indicators.yaml: known hosts and files, endings of names, and letters that look alike."""

from functools import cache
from typing import Any

from incidex.tables import table


@cache
def listed(name: str) -> frozenset[str]:
    """Return the entries of one list."""
    content = _content()[name]
    return frozenset(content.split() if isinstance(content, str) else content)


@cache
def known_hosts(role: str) -> dict[str, str]:
    """Return the hosts that are known to be "benign" or a "reference", and what each is."""
    return {host: what for what, hosts in _content()[role].items() for host in hosts.split()}


@cache
def look_alike_letters() -> dict[int, str]:
    """Return letters and digits with the Latin letter that each looks like, for `str.translate`."""
    return str.maketrans({alike: letter for letter, all_alike in _content()["alike"].items() for alike in all_alike})


def _content() -> Any:
    return table("incidex.link.indicators", "indicators")
