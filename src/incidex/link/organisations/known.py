"""Organisations that reports name without saying what they are, and techniques that look like organisations."""

from functools import cache

from incidex.tables import table


@cache
def known_organisations() -> dict[str, tuple[str, str]]:
    """Return what each known organisation is, and its full name, by each of its names."""
    found: dict[str, tuple[str, str]] = {}
    for kind, names in table("incidex.link.organisations", "known").items():
        for entry in names.split(","):
            short, _, full = (part.strip().removeprefix("The ") for part in entry.partition("="))
            found[short] = (kind, full or short)
            # British papers write "Nato".
            if kind in ("agency", "body") and short.isupper() and len(short) > 3:
                found[short.capitalize()] = (kind, full or short)
            if full:
                found[full] = (kind, full)
    return found


@cache
def named_with_article() -> frozenset[str]:
    """Return the single words that are names of organisations only behind "the": "Times"."""
    entries = (
        entry.strip() for names in table("incidex.link.organisations", "known").values() for entry in names.split(",")
    )
    return frozenset(entry[4:] for entry in entries if entry.startswith("The ") and " " not in entry[4:])


@cache
def techniques() -> frozenset[str]:
    """Return the names of tactics and techniques of attackers that look like those of organisations, in lower case."""
    return frozenset(name.lower() for name in table("incidex.link.organisations", "techniques"))
