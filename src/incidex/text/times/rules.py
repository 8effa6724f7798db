"""
Makes the patterns that times are found with from time_rules.yaml and the words in times.yaml and calendar.yaml.

They are for text in lower case. Each begins where a word begins and has an upper limit for each repeat, so that the
time is linear in the text.
"""

import re
from collections.abc import Iterable
from functools import cache

from incidex.tables import table
from incidex.text.numbers import number_word

# What stands in a class or a lookbehind, where a blank is one blank, and any other blank.
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))| ")


@cache
def rules() -> dict[str, re.Pattern[str]]:
    """Return the rules in the order in which they are tried at each word."""
    return {
        name: re.compile(_filled("".join(pieces)))
        for name, pieces in table("incidex.text.times", "time_rules")["rules"].items()
    }


@cache
def begin() -> re.Pattern[str]:
    """Return the pattern of the first word of a time; it does not begin inside a word, path, amount or decimal."""
    words, calendar = table("incidex.text.times", "times"), table("incidex.text.times", "calendar")
    names = (name for part in ("months", "weekdays", "seasons", "parts_of_day", "holidays") for name in calendar[part])
    units = (f"{unit}{ending}" for unit in words["units"] for ending in ("", "s"))
    others = (*words["parts"], *words["vague"], *words["about"], *words["begins"])
    first = {word.split()[0] for word in (*names, *units, *others)}
    return re.compile(
        rf"(?<![\w@#$£€¥/\\_+-])(?<!\d[.,:])(?:\d|[qh][1-4](?!\d)|fy|(?:{_any(first)}|{number_word()})(?!\w))"
    )


@cache
def core() -> re.Pattern[str]:
    """Return a pattern that matches inside every time: a cheap way to see where none can be."""
    words, calendar = table("incidex.text.times", "times"), table("incidex.text.times", "calendar")
    short = {name[:3] for name in (*calendar["months"], *calendar["weekdays"])}
    known = (*short, *calendar["seasons"], *calendar["parts_of_day"], *words["units"], *words["cores"])
    numbers = r"(?:19|20)\d\d|\d{4} (?:gmt|utc|hours)|\d ?[ap]\.?m|\d[:/]\d|\d\.\d\d?\.(?:19|20)\d\d|q[1-4]|h[12]|fy"
    return re.compile(f"{numbers}|{_any(known)}")


@cache
def year_behind_month() -> re.Pattern[str]:
    """Return the pattern of what may stand between a day or month and the year that it shares with the next ones."""
    return re.compile(_filled("(?:<JOIN>(?:<DAY> ?(?:of )?)?<MONTH>(?:,? <DAY>)?){1,3},? (?P<year><YEAR>)"))


@cache
def month_behind_day() -> re.Pattern[str]:
    """Return the pattern of a join, another day and the month of both."""
    return re.compile(_filled("<JOIN><DAY> (?:of )?(?P<month><MONTH>)(?:,? (?P<year><YEAR>))?"))


@cache
def _vocabulary() -> dict[str, str]:
    words, calendar = table("incidex.text.times", "times"), table("incidex.text.times", "calendar")
    months, weekdays = calendar["months"], calendar["weekdays"]
    vague = _any(words["vague"])
    full = [month for month in months if len(month) > 4 or month in ("may", "june", "july")]
    parts = table("incidex.text.times", "time_rules")["parts"]
    return {f"<{name}>": "".join(pieces) for name, pieces in parts.items()} | {
        "<MONTH>": rf"(?:{_any(full)}|(?:{_any(set(months) - set(full))})\.?)(?!\w)",
        "<WEEKDAY>": rf"(?:{_any(day for day in weekdays if day.endswith('day'))}|(?:{_any(weekdays)})\.?)(?!\w)",
        "<SEASON>": rf"(?:{_any(calendar['seasons'])})",
        "<PODS>": rf"(?:{_any(calendar['parts_of_day'])})",
        "<HOLIDAY>": rf"(?:{_any(calendar['holidays'])})".replace("'", "['’]"),
        "<ZONE>": rf"(?:{_any(zone.lower() for zone in (*calendar['places'], *calendar['offsets']))})",
        "<PARTS>": rf"(?:{_any(words['parts'])}|{_any(w[4:] for w in words['parts'] if w.startswith('the '))})",
        "<UNIT>": rf"(?:{_any(words['units'])})",
        "<ABOUT>": rf"(?:{_any(words['about'])})",
        "<N>": rf"(?:\d{{1,3}}(?:\.\d)?(?![\d,])|{vague}|half a dozen|a couple of|an?(?= )|{number_word()})",
    }


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


def _filled(template: str) -> str:
    """Return the pattern that a rule stands for."""
    while True:
        before = template
        for name, pattern in _vocabulary().items():
            template = template.replace(name, pattern)
        if template == before:
            break
    # A blank is any white space, a few at most: lines are broken anywhere.
    return _BLANK.sub(lambda match: match[1] or r"\s{1,3}", template).replace(r"\s{1,3}?", r"\s{0,3}")
