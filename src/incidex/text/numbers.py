"""Reads numbers in digits and words: "1,700", "2.5 million", "twenty-two", "half a dozen", "a couple of"."""

import re
from functools import cache

from incidex.english.lexicon import values
from incidex.english.patterns import alternatives

# "1,700", "17 000", "1.500.000", "1’500’000", "2.5".
DIGITS = (
    r"\d{1,3}(?:\.\d{3}){2}(?![\d.])|\d{1,3}(?:['’]\d{3}){1,3}(?!\d)"
    r"|\d{1,3}(?:[\x20\u00a0\u202f]\d{3}){1,4}(?![\d,.])"
    r"|\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2}(?![\d.])|(?<=\d)[\s'’](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"^(\d{1,6}),(\d{1,2})(?!\d)")


@cache
def number_word() -> str:
    """Return the pattern of a number below a hundred in words."""
    numbers = values("number")
    tens = alternatives(word for word, value in numbers.items() if value >= 20)
    ones = alternatives(word for word, value in numbers.items() if value < 10)
    others = alternatives(word for word, value in numbers.items() if value < 20)
    return rf"(?:(?:{tens})(?:[- ](?:{ones}))?|{others})"


def number(written: str) -> float | None:
    """
    Return the number that `written` stands for, in digits or words; whole numbers are exact.

    Returns None if it is not a number, such as "several".
    """
    written = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), written)
    written = _DECIMAL_COMMA.sub(r"\1.\2", written)
    words = written.lower().replace(",", "").replace("-", " ").split()
    if words[:1] == ["half"]:
        rest = number(" ".join(words[1:]) or "one")
        return None if rest is None else _whole(rest / 2)
    if words[:3] == ["a", "couple", "of"]:
        words = ["two", *words[3:]]
    total: float | None = None
    for word in words:
        value = _word(word)
        if value is None:
            return None
        scale = word in values("magnitude")
        total = value if total is None else total * value if scale else total + value
    return None if total is None else _whole(total)


def _word(word: str) -> float | None:
    if word in ("a", "an"):
        return 1
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]{1,3})?", word)
    if match:
        scale = values("magnitude_suffix").get(match[2] or "", 1)
        # As a decimal, because 1.1 * 1000000 is not 1100000 in binary.
        return _scaled(match[1], scale)
    value: int | None = values("number").get(word, values("magnitude").get(word))
    return value


def _scaled(digits: str, scale: int) -> float:
    from decimal import Decimal

    return float(Decimal(digits) * scale)


def _whole(value: float) -> float:
    return int(round(value)) if abs(value - round(value)) < 1e-6 * max(1.0, abs(value)) * 1e-3 else value
