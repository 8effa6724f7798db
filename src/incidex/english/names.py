"""Brings names into one form, so that two spellings of a name are the same."""

from incidex.english.lexicon import words


def plain_name(written: str) -> str:
    """Return a name in lower case, with single spaces, without a determiner in front or a legal form behind."""
    parts = written.replace("’", "'").casefold().split()
    while parts and parts[0] in words("determiner"):
        parts = parts[1:]
    while parts and parts[-1].strip(".,") in words("legal_form"):
        parts = parts[:-1]
    return " ".join(parts).rstrip(",")
