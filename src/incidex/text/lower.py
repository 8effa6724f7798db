"""Writes a text in lower case without moving a character."""


def lower(text: str) -> str:
    """Return `text` in lower case, as long as it was: a letter that would become two ("İ") stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
