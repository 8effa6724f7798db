"""Decodes bytes into text: detects the encoding, warns when it had to guess, and rejects binary data."""

import codecs
import html
import re
from dataclasses import dataclass

from incidex.errors import UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its prefix
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text needs: all but tab, line feed, vertical tab, form feed, carriage return and escape.
_CONTROLS = tuple(chr(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
# Above this share of them it is not text. A log copied from a terminal has some, compressed data has 10 %.
_MOST_CONTROLS = 0.02
# Python has these encodings, but no page uses them, and some produce surrogates or take forever.
_NOT_CHARSETS = {"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"}
_SURROGATE = re.compile("[\ud800-\udfff]")
# How many bytes to look at when guessing an encoding.
_SAMPLE = 200_000
# A semicolon is required, so that "R&notes" is not a reference.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, with warnings about its decoding."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(content: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """
    Return `content` as text, without its byte order mark and otherwise unchanged.

    Tried in order: the byte order mark, the declared encoding, UTF-8, UTF-16 without a mark, a guess. There is a
    warning if it was a guess, if the declaration was wrong, and if bytes had to be replaced.

    Args:
        content: The bytes.
        name: The name of the source for messages.
        declared: The encoding that the page, server or e-mail declares, if any.

    Raises:
        UnreadableSource: It is binary, or only white space.
    """
    claimed = _known_encoding(declared)
    found = _by_mark(content) or _by_declaration(content, claimed) or _by_content(content)
    if found is None or _is_binary(found.text):
        raise UnreadableSource(_binary(name))
    if not found.text.strip():
        raise UnreadableSource(f"{name} contains only white space.\nCheck that it was saved completely.")
    return Decoded(found.text, _warnings(found, declared if claimed not in (None, found.encoding) else None))


def replace_surrogates(text: str) -> Decoded:
    """Return `text` with each lone surrogate (as in broken JSON) replaced by U+FFFD, one for one."""
    whole, count = _SURROGATE.subn("\ufffd", text)
    return Decoded(whole, ("The text contains broken characters; they are shown as \ufffd.",) if count else ())


def check_text(text: str, *, name: str) -> None:
    """Raise `UnreadableSource` if `text`, already decoded, is empty, blank or binary."""
    if not text.strip():
        raise UnreadableSource(f"{name} contains no text.\nCheck that it is complete.")
    if _is_binary(text):
        raise UnreadableSource(_binary(name))


def unescape(line: str) -> str:
    """Return `line` with character references replaced, also nested ones: "&amp;apos;" becomes an apostrophe."""
    for _ in range(_MOST_TIMES):
        before = line
        line = _REFERENCE.sub(lambda match: html.unescape(match[0]), line)
        if line == before:
            break
    return " ".join(line.split())


@dataclass(frozen=True, slots=True)
class _Found:
    """A decoded text, how certain its encoding is, and whether bytes had to be replaced."""

    text: str
    encoding: str
    marked: bool = False
    guessed: bool = False
    broken: bool = False


def _by_mark(content: bytes) -> _Found | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            rest = content[len(mark) :]
            text = _strictly(rest, encoding)
            broken = text is None
            return _Found(
                rest.decode(encoding, "replace") if text is None else text, encoding, marked=True, broken=broken
            )
    return None


def _by_declaration(content: bytes, encoding: str | None) -> _Found | None:
    # Pages in UTF-8 declared as Latin-1 are common, and nothing else is valid UTF-8 by accident.
    if encoding is None or (encoding == "cp1252" and not content.isascii() and _strictly(content, "utf-8") is not None):
        return None
    text = _strictly(content, encoding)
    return None if text is None else _Found(text, encoding)


def _by_content(content: bytes) -> _Found | None:
    if b"\0" in content:
        return _as_utf16(content)
    text = _strictly(content, "utf-8")
    return _Found(text, "utf-8") if text is not None else _mostly_utf8(content) or _guessed(content)


def _as_utf16(content: bytes) -> _Found | None:
    """Decode UTF-16 without a mark: in European text every other byte is NUL, in binary data any byte may be."""
    for encoding, high, low in (("utf-16-le", content[1::2], content[::2]), ("utf-16-be", content[::2], content[1::2])):
        text = _strictly(content, encoding)
        if text is not None and low.count(0) == 0 and high.count(0) > 0.3 * len(high):
            return _Found(text, encoding)
    return None


def _mostly_utf8(content: bytes) -> _Found | None:
    """Decode UTF-8 with a few broken bytes, as in a file cut off in the middle of a character."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - broken - sum(map(str.isascii, text))
    return _Found(text, "utf-8", broken=True) if whole > 2 * broken else None


def _guessed(content: bytes) -> _Found:
    encoding = _best_guess(content)
    text = _strictly(content, encoding) if encoding else None
    if encoding is not None and text is not None:
        return _Found(text, encoding, guessed=True)
    text = content.decode("cp1252", "replace")
    return _Found(text, "cp1252", guessed=True, broken="\ufffd" in text)


def _best_guess(content: bytes) -> str | None:
    """Return the guess of charset-normalizer, preferring windows-1252 if that is possible."""
    from charset_normalizer import from_bytes

    # Cut at a space, which is never part of a multi-byte character in these encodings.
    sample = content if len(content) <= _SAMPLE else content[:_SAMPLE].rpartition(b" ")[0]
    possible = [encoding for match in from_bytes(sample) for encoding in match.could_be_from_charset]
    if "cp1252" in possible:
        return "cp1252"
    return possible[0] if possible else None


def _warnings(found: _Found, wrongly_declared: str | None) -> tuple[str, ...]:
    encoding = {"cp1252": "windows-1252"}.get(found.encoding, found.encoding)
    warnings = []
    if wrongly_declared and not found.marked:
        warnings.append(f"The text is declared as {wrongly_declared} but is not; it was read as {encoding}.")
    elif found.guessed:
        warnings.append(f"The text declares no encoding and is not UTF-8; it was read as {encoding}.")
    if found.broken:
        warnings.append(f"Parts of the text are not valid {encoding}; they are shown as \ufffd.")
    return tuple(warnings)


def _known_encoding(declared: str | None) -> str | None:
    """Return Python's name for a declared encoding; None if there is none or no page uses it."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    if name.replace("_", "-") in _NOT_CHARSETS:
        return None
    # Browsers treat Latin-1 and ASCII as windows-1252, and pages are written for browsers.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_binary(text: str) -> bool:
    return "\0" in text or sum(map(text.count, _CONTROLS)) > _MOST_CONTROLS * len(text)


def _binary(name: str) -> str:
    return (
        f"{name} is binary, not text.\n"
        "Incidex reads plain text, HTML, PDF, e-mail (.eml) and CASIE JSON; convert it to one of these."
    )
