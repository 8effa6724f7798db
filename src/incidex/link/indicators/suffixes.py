"""
Splits host names by the public suffix list: into what a registry owns and what somebody has registered.

`public_suffix_list.dat` beside this file is the list of publicsuffix.org without its comments, under the Mozilla Public
License 2.0; its first lines give its date. Nothing is fetched: a newer list replaces the file.
"""

from functools import cache, lru_cache
from importlib.resources import files

# In no list, since nobody sells them: hidden services, alternative name systems, and names for examples and inside
# networks.
_BEYOND = (
    "onion",
    "i2p",
    "bit",
    "example",
    "test",
    "invalid",
    "lan",
    "corp",
    "local",
    "localdomain",
    "internal",
    "home",
)


@lru_cache(maxsize=4096)
def public_suffix(host: str) -> str | None:
    """
    Return the end of a lower-case `host` under which anybody can register a name: "co.uk" of "shop.example.co.uk".

    None if the list does not have its last label. The algorithm is that of publicsuffix.org/list.
    """
    written = host.split(".")
    labels = [shown(label) for label in written]
    rules, ends = _rules()
    if labels[-1] not in ends:
        return None
    for start in range(len(labels)):
        name = ".".join(labels[start:])
        if f"!{name}" in rules:
            return ".".join(written[start + 1 :])
        if name in rules or ".".join(["*", *labels[start + 1 :]]) in rules:
            return ".".join(written[start:])
    return None


@lru_cache(maxsize=4096)
def owned_name(host: str) -> str | None:
    """Return the part of a lower-case `host` that somebody registered: "example.co.uk" of "shop.example.co.uk"."""
    suffix = public_suffix(host)
    if suffix is None or len(suffix) == len(host):
        # The owner of "cloudapp.net" lets others have names under it; nobody owns "co.uk".
        return host if host in _private() else None
    return host[: -len(suffix) - 1].rsplit(".", 1)[-1] + "." + suffix


def shown(label: str) -> str:
    """Return a label of a host name decoded: "公司" for "xn--55qx5d"; unchanged if it is not punycode."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@cache
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules, and the last label of each."""
    lines = (line.split(maxsplit=1) for line in _content().splitlines() if not line.startswith("//"))
    rules = frozenset((*(line[0] for line in lines if line), *_BEYOND))
    return rules, frozenset(rule.rsplit(".", 1)[-1] for rule in rules)


@cache
def _private() -> frozenset[str]:
    """Return the rules of owners of a name, who are not registries."""
    lines = _content().partition("===BEGIN PRIVATE DOMAINS===")[2].splitlines()
    return frozenset(line for line in lines if line and line[0] not in "/*!")


def _content() -> str:
    return files("incidex.link.indicators").joinpath("public_suffix_list.dat").read_text("utf-8")
