"""
Builds the patterns that times are found with from time_rules.yaml and the words that it refers to.

They match text in lower case. Each begins where a word begins and limits every repeat, so that matching takes linear
time.
"""

import re
from collections.abc import Iterable
from functools import cache

from incidex.english.lexicon import values, words
from incidex.english.patterns import alternatives
from incidex.tables import table
from incidex.text.numbers import number_word

# A class or lookbehind, where a space is one space, or any other space.
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))| ")


@cache
def rules() -> dict[str, re.Pattern[str]]:
    """Return the rules in the order in which they are tried at each word."""
    return {
        name: re.compile(_filled("".join(pieces)))
        for name, pieces in table("incidex.text.times", "time_rules")["rules"].items()
    }


@cache
def start_pattern() -> re.Pattern[str]:
    """
    Return the pattern of the first word of a time.

    It does not match inside a word, path, amount or decimal, nor after a hyphen other than that of "10:00-12:00".
    """
    known = table("incidex.text.times", "times")
    calendar = (*values("month"), *values("weekday"), *values("season"), *known["parts_of_day"], *known["holidays"])
    units = (f"{unit}{ending}" for unit in known["units"] for ending in ("", "s"))
    others = (
        *known["parts"],
        *known["places"],
        *known["week_numbers"],
        *words("vague_number", "approximate_time", "time_start"),
    )
    first = {word.split()[0] for word in (*calendar, *units, *others)}
    return re.compile(
        rf"(?<![\w@#$£€¥/\\_+])(?<!\d[.,:])(?:(?<!-)|(?<=\d:\d\d-))(?:\d|[qh][1-4](?!\d)|fy|(?:{alternatives(first)}|{number_word()})(?!\w))"
    )


@cache
def core_pattern() -> re.Pattern[str]:
    """Return a pattern that matches inside every time: a cheap way to skip text without any."""
    known = table("incidex.text.times", "times")
    short = {name[:3] for kind in ("month", "weekday") for name in values(kind)}
    cores = (*short, *values("season"), *known["parts_of_day"], *known["units"], *words("time_core"))
    numbers = (
        r"(?:19|20)\d\d|\d{4}(?: (?:gmt|utc|hours)|z)|\d ?[ap]\.?m|\d[:/]\d|\d\.\d\d?\.(?:19|20)\d\d|q[1-4]|h[12]|fy"
    )
    return re.compile(f"{numbers}|{alternatives(cores, space=' ')}")


@cache
def year_behind_month() -> re.Pattern[str]:
    """Return the pattern of what may separate a day or month from the year that it shares with later ones."""
    return re.compile(_filled("(?:<JOIN>(?:<DAY> ?(?:of )?)?<MONTH>(?:,? <DAY>)?){1,11},? (?P<year><YEAR>)"))


@cache
def list_joint() -> re.Pattern[str]:
    """Return the pattern of what joins the months of a list: "May 2019, June and September"."""
    return re.compile(_filled(", ?(?:and |or )?| (?:and|or|&) "))


@cache
def month_behind_day() -> re.Pattern[str]:
    """Return the pattern of a conjunction, another day and the month of both."""
    return re.compile(_filled("<JOIN><DAY> (?:of )?(?P<month><MONTH>)(?:,? (?P<year><YEAR>))?"))


@cache
def dated_line() -> re.Pattern[str]:
    """
    Return the pattern of how a line of a timeline begins: "2025-06-16: ", "**12 May 2025:** ", "14:32 UTC – The".

    It is for text as it stands, not in lower case. After a dash a capital has to follow, as a line of prose may break
    inside "on 12 May – a Friday".
    """
    months = alternatives(month.capitalize() for month in values("month"))
    days = alternatives(day.capitalize() for day in values("weekday"))
    clock = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:[ap]\.?m\.?|UTC|GMT|CES?T|[ECMP][SD]?T)(?!\w))?"
    day = (
        r"(?:\d{4}-\d\d(?:-\d\d)?|\d{4}/\d\d?/\d\d?|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
        rf"|(?:(?:{days})\.?,?\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{months})\.?(?!\w)(?:\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?"
        r"(?:,?\s\d{4})?)"
    )
    when = rf"(?:{day}(?:,?\s(?:at\s)?{clock})?|{clock}|Day\s\d{{1,3}})"
    marks = r"[*_]{0,3}"
    separator = rf"(?::{marks}\s|\s?[–—]\s?{marks}(?=[A-Z])|\s-\s(?=[A-Z]))"
    return re.compile(rf"{marks}\(?{when}\)?{marks}{separator}")


@cache
def _vocabulary() -> dict[str, str]:
    """Return the pattern that each <NAME> in the rules stands for."""
    known, zones = table("incidex.text.times", "times"), table("incidex.text.times", "zones")
    months, weekdays = set(values("month")), set(values("weekday"))
    full_months = {month for month in months if len(month) > 4 or month in ("may", "june", "july")}
    full_days = {day for day in weekdays if day.endswith("day")}
    parts = {*known["parts"], *(part.removeprefix("the ") for part in known["parts"])}
    pieces = table("incidex.text.times", "time_rules")["parts"]
    parts_of_rules = {f"<{name}>": "".join(lines) for name, lines in pieces.items()}
    # A pattern cannot have two groups of one name, and a day may have a clock time before and behind it.
    clocks = {f"<CLOCK_{name.upper()}>": parts_of_rules["<CLOCK>"].replace("_x>", f"_{name}>") for name in "abc"}
    return (
        parts_of_rules
        | clocks
        | {
            "<MONTH_NAME>": rf"(?:{_any(months)})",
            "<MONTH>": rf"(?:{_any(full_months)}|(?:{_any(months - full_months)})\.?)(?!\w)",
            "<WEEKDAY>": rf"(?:{_any(full_days)}|(?:{_any(weekdays)})\.?)(?!\w)",
            "<SEASON>": rf"(?:{_any(values('season'))})",
            "<PODS>": rf"(?:{_any(known['parts_of_day'])})",
            "<HOLIDAY>": rf"(?:{_any(known['holidays'])})".replace("'", "['’]"),
            "<ZONE>": rf"(?:{_any(zone.lower() for zone in (*zones['places'], *zones['offsets']))})",
            "<PLACE>": rf"(?:{_any(known['places'])})",
            "<WEEK_NUMBER>": rf"(?:{_any(known['week_numbers'])})",
            "<PARTS>": rf"(?:{_any(parts)})",
            "<UNIT>": rf"(?:{_any(known['units'])})",
            "<ABOUT>": rf"(?:{_any(words('approximate_time'))})",
            "<N>": (
                rf"(?:\d{{1,3}}(?:\.\d)?(?![\d,])|{_any(words('vague_number'))}|half a dozen|a couple of|an?(?= )"
                rf"|{number_word()})"
            ),
        }
    )


def _any(phrases: Iterable[str]) -> str:
    # Spaces are replaced later, together with those of the rules.
    return alternatives(phrases, space=" ")


def _filled(template: str) -> str:
    """Return a rule with each <NAME> filled in and spaces that match any white space."""
    while True:
        before = template
        for name, pattern in _vocabulary().items():
            template = template.replace(name, pattern)
        if template == before:
            break
    # A space matches up to three white space characters, as lines may break anywhere.
    return _BLANK.sub(lambda match: match[1] or r"\s{1,3}", template).replace(r"\s{1,3}?", r"\s{0,3}")
