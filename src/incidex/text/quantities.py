"""
Finds quantities in a text: numbers of records, people, accounts and systems, money, volumes of data, percentages.

Words that bound a number ("up to", "nearly") are part of it; a number without a noun is not a quantity.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from incidex.english.lexicon import forms_of, lemmas, subclasses, values, words
from incidex.english.patterns import alternatives
from incidex.english.tokens import lower
from incidex.records import Document, Quantity, QuantityKind, Span
from incidex.text.numbers import DIGITS, number, number_word

# Without a comma, a number in this range is taken for a year.
_YEARS = range(1990, 2040)
_PLURAL = re.compile(r"^[^']*[^s']s$")
_ADDRESS = re.compile(r"(?<![a-z])(?:[a-z]{2,6}\[?:\]?//|www\.)\S+")
# How far before a number to look for what it is the total of, in characters.
_TOTAL_REACH = 80
# How many words to look at for the noun: at most three describe it.
_NOUN_WORDS = 4
# The operators that words before a number stand for; "<~" is a little less.
_SIGNS = {"above": ">", "at_least": ">=", "at_most": "<=", "below": "<", "nearly": "<~", "about": "~"}


def find_quantities(document: Document) -> tuple[Quantity, ...]:
    """
    Return the quantities in the article, in the order of the text, without overlap.

    A document without blocks counts as one article.
    """
    if not document.blocks:
        return tuple(_in_block(document.text, 0))
    blocks = (block for block in document.blocks if block.kind.in_article)
    return tuple(found for block in blocks for found in _in_block(block.span.of(document.text), block.span.start))


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a number counts, where that noun or unit ends, and the factor to multiply the number by."""

    kind: QuantityKind
    name: str
    end: int
    factor: float = 1


def _in_block(text: str, offset: int) -> Iterator[Quantity]:
    small, done = lower(text), 0
    addresses = [match.span() for match in _ADDRESS.finditer(small)] if "//" in small or "www." in small else []
    for match in _pattern().finditer(small):
        if match.start() < done or _is_inside(addresses, match.start("n")):
            continue
        found = _quantity(text, small, match, offset) or _total(small, match, offset)
        if found:
            done = found.span.end - offset
            yield found


def _is_inside(spans: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span[0])
    return at > 0 and place < spans[at - 1][1]


def _total(small: str, match: re.Match[str], offset: int) -> Quantity | None:
    """Return the quantity in "a victim count of 478" and "the number of victims rose to 478"."""
    value = _amount(match["n"])
    if match["sign"] or match["n2"] or value is None or (match["n"].isdigit() and int(value) in _YEARS):
        return None
    start = match.start("n")
    before = small[max(0, start - _TOTAL_REACH) : start]
    total = list(_totals().finditer(before))
    if not total or total[-1].end() != len(before):
        return None
    noun = total[-1]["noun"] or total[-1]["nouns"]
    plural = noun if noun in _nouns() else _plurals()[noun]
    span = Span(offset + start - len(before) + total[-1].start(), offset + match.end())
    return Quantity(span, _nouns()[plural], plural, low=value, high=value)


def _quantity(text: str, small: str, match: re.Match[str], offset: int) -> Quantity | None:
    """Return the quantity in `match`, or None if it is not one; `text` begins at `offset` in the document."""
    low, high = _values(match)
    if low is None or high is None:
        return None
    unit = _unit(text, small, match, low)
    if unit is None:
        return None
    sign = _sign(match)
    # "from nine people" is not a range.
    alone = match["between"] and match["n2"] is None
    start = match.start("sign" if match["sign"] else "n") if alone else match.start()
    span = Span(start + offset, max(unit.end, match.end()) + offset)
    low, high = (_product(value, unit.factor) for value in (low, high))
    return Quantity(
        span,
        unit.kind,
        unit.name,
        low=None if sign in ("<", "<=", "<~") else low,
        high=None if sign in (">", ">=", ">=~") else high,
        low_included=sign != ">",
        high_included=sign not in ("<", "<~"),
        approximate="~" in sign,
    )


def _values(match: re.Match[str]) -> tuple[float | None, float | None]:
    """Return the lowest and highest number in `match`: the same number twice unless it is a range."""
    low = _amount(match["n"])
    if match["n2"] is None:
        return low, low
    high = _amount(match["n2"])
    scale = match["n2"].split()[-1] if " " in match["n2"] else ""
    if low is not None and high is not None and low < 1000 and scale in values("magnitude") and " " not in match["n"]:
        # "5-10 million"
        low = number(f"{match['n']} {scale}")
    return (low, high) if low is not None and high is not None and low < high else (low, None)


@lru_cache(maxsize=1024)
def _amount(written: str) -> float | None:
    """Return the number, or the lowest that "tens of thousands" or "several hundred" can mean."""
    parts = written.replace("-", " ").split()
    sizes = values("order_of_magnitude")
    known = [sizes[word] for word in parts if word in sizes]
    if known:
        return _product(2, float(_all(known)))
    if parts[0] in words("vague_number") or parts[:2] == ["a", "few"]:
        return number(" ".join(["two", *(word for word in parts if word in values("magnitude"))]))
    return number(re.sub(r"(?<=\d)\s(?=[kmb]n?$)", "", written))


def _all(sizes: Iterable[int]) -> int:
    product = 1
    for size in sizes:
        product *= size
    return product


def _sign(match: re.Match[str]) -> str:
    """Return how the number is bounded: "=", "~", "<", "<=", "<~", ">", ">=" or ">=~"."""
    parts = match["n"].split()
    if parts[0] in words("vague_number") or any(word in values("order_of_magnitude") for word in parts):
        return ">=~"
    if match["n"].startswith("a few"):
        return ">=~"
    if match["more"]:
        return ">=" if match["more"] != "fewer" else "<="
    sign = _bounds()[" ".join(match["bound"].split())] if match["bound"] else "="
    return "~" if sign == "=" and match["n"].startswith("a couple") else sign


def _unit(text: str, small: str, match: re.Match[str], value: float) -> _Unit | None:
    """Return what the number in `match` counts; None if that is unknown, so that it is not a quantity."""
    behind = _behind().match(small, match.end())
    if match["sign"]:
        return _money(match["sign"].strip(), behind, match.end())
    if behind and behind["percent"]:
        return _Unit(QuantityKind.PERCENTAGE, "percent", behind.end())
    if behind and behind["volume"]:
        return _Unit(QuantityKind.DATA_VOLUME, "byte", behind.end(), values("data_volume")[behind["volume"]])
    if behind and behind["currency"]:
        return _Unit(QuantityKind.MONEY, values("currency")[" ".join(behind["currency"].split())], behind.end())
    token = _token().match(text, match.end())
    if token:
        return _Unit(QuantityKind.MONEY, values("crypto_token")[token["code"]], token.end())
    return None if _is_name(text, match, value) else _noun(small, match)


def _money(sign: str, behind: re.Match[str] | None, end: int) -> _Unit:
    """Return the currency of a sign and of the name that may follow it: "$850,000 USD", "$900 Canadian dollars"."""
    code = values("currency_sign")[sign]
    named = " ".join(behind["currency"].split()) if behind and behind["currency"] else ""
    said = values("currency").get(named)
    if behind and said and (said == code or (sign == "$" and named.endswith("dollars"))):
        return _Unit(QuantityKind.MONEY, said, behind.end())
    return _Unit(QuantityKind.MONEY, code, end)


def _noun(small: str, match: re.Match[str]) -> _Unit | None:
    """Return the noun after the number: the first known one, or else the first plural after a large number."""
    kinds = _nouns()
    place, plural = match.end(), None
    for count in range(_NOUN_WORDS + 1):
        word = _word().match(small, place)
        if word is None:
            break
        if _ends_phrase(word[1]) and not (count == 0 and word[1] == "of") and not _joins_adjectives(small, word):
            break
        place = word.end()
        if word[1] in kinds:
            return _Unit(kinds[word[1]], word[1], word.end(1))
        if plural is None and _is_plural(word[1]):
            plural = _Unit(QuantityKind.OTHER, word[1], word.end(1))
        if word[1] in words("measure", forms=("plural",)):
            return None
    return plural if _is_large(match["n"]) or _is_large(match["n2"] or "") else None


def _joins_adjectives(small: str, word: re.Match[str]) -> bool:
    """Whether a word joins two adjectives before the noun: the "and" in "current and former members"."""
    following = _word().match(small, word.end())
    known = words("current_and_former")
    before = small[max(0, word.start() - 20) : word.start()].split()
    return bool(following and before) and before[-1] in known and following is not None and following[1] in known


def _ends_phrase(word: str) -> bool:
    """Whether no noun that is counted follows: after "in", or after the month in "2 March"."""
    return word in words("ends_noun_phrase") or word in values("month")


def _is_plural(word: str) -> bool:
    return bool(_PLURAL.search(word)) and word not in words("not_plural", forms=("singular", "only"))


def _is_large(written: str) -> bool:
    """Whether a number is written with a comma or a magnitude, as numbers that count things are."""
    return "," in written or any(word in written for word in (*values("magnitude"), *values("order_of_magnitude")))


def _is_name(text: str, match: re.Match[str], value: float) -> bool:
    """Whether a number belongs to the name before it ("Windows 10 users"), or is a year."""
    written = match["n"]
    if not written.isdigit() or match["bound"]:
        return False
    if len(written) == 4 and int(value) in _YEARS:
        return True
    before = text[max(0, match.start() - 30) : match.start()].split(" ")
    word = before[-2] if len(before) > 1 and not before[-1] else ""
    is_first = len(before) < 3 or not before[-3] or before[-3].endswith((".", "!", "?", ":"))
    if word.lower() in words("numbered", forms=("singular", "only")):
        return True
    return word[:1].isupper() and word.isalpha() and not is_first


def _product(value: float, factor: float) -> float:
    product = value * factor
    return int(product) if product == int(product) else round(product, 6)


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number and the words before it, for text in lower case."""
    magnitude = f"(?:{alternatives(values('magnitude'))})"
    short = f"(?:{alternatives(values('magnitude_suffix'))})"
    sizes = f"(?:{alternatives(values('order_of_magnitude'))})"
    amount = (
        (
            rf"(?:{sizes}(?: of {sizes}){{0,2}}(?! of (?:years|months|weeks|days|hours|minutes))"
            rf"|(?:several|(?:a )?few|many|a couple of|half an?|an?|{number_word()})(?: {magnitude}){{1,2}}"
            rf"|(?:{_decimal_comma()}|{DIGITS})(?: ?{short}(?!\w)|(?: {magnitude}){{1,2}}(?!\w))?"
            rf"|(?!one(?!\w)){number_word()})"
            r"(?![\w.]{0,9}\d)"
        )
        .replace(" ", r"\s{1,2}")
        .replace(r"\s{1,2}?", r"\s?")
    )
    sign = rf"(?:{alternatives(values('currency_sign'))})\s?"
    volume = alternatives(values("data_volume"))
    # Checking two letters is enough to skip most words.
    kinds = ("currency_sign", "order_of_magnitude", "number", "magnitude")
    known = (*_bounds(), *(word for kind in kinds for word in values(kind)))
    beginnings = {word[:2] for word in (*known, "between", "from", "several", "many", "few", "a ", "an ", "half")}
    bound = alternatives(_bounds(), space=r"\s{1,2}")
    return re.compile(
        rf"(?<![\w.,:/$£€¥%-])(?=\d|{alternatives(beginnings)})(?:(?P<bound>{bound})(?:\s(?:the|a|an)(?=\s))?\s{{0,2}}|(?P<between>between|from)\s)?"
        rf"(?P<sign>{sign})?(?<![a-z])(?P<n>{amount})"
        rf"(?:(?:\s?[-–—]\s?|\sto\s|(?<=\w)\sand\s(?=[^a-z])(?(between)|(?!)))(?P<sign2>{sign})?(?P<n2>{amount}))?"
        rf"(?P<more>\+|-plus|\sor\s(?:more|fewer))?(?:(?={volume}(?!\w))|(?!\w|-year|[.:/]\d|,\d))"
        # A number without a currency sign is followed by what it counts.
        # or, as in "a victim count of 478", follows it.
        rf"(?(sign)|(?=\s{{0,2}}[\"'“‘]?[a-z%]|[.,;)]?(?:\s|$)))"
    )


def _decimal_comma() -> str:
    """Return the pattern of a number with a decimal comma, where a currency or a unit tells that it is one."""
    units = (*values("magnitude"), *values("magnitude_suffix"), *values("data_volume"), *words("percent"))
    return rf"(?<=[$£€¥])\d{{1,6}},\d\d(?!\d)|\d{{1,3}},\d{{1,2}}(?=\s{{0,2}}(?:%|(?:{alternatives(units)})(?!\w)))"


@cache
def _behind() -> re.Pattern[str]:
    """Return the pattern of a unit after a number."""
    percent = alternatives({"%", *words("percent")}, space=r"\s{1,2}")
    volumes, currencies = (alternatives(values(name), space=r"\s{1,2}") for name in ("data_volume", "currency"))
    # "A dozen Bitcoin wallets" is not money.
    holders = f"(?:{alternatives(lemmas('currency_holder'))})"
    return re.compile(
        rf"\s?(?:(?P<percent>{percent})|(?P<volume>{volumes})(?!\w)|(?:of\s)?(?:us\s)?(?P<currency>{currencies})(?![\w-]|\s{holders}))"
    )


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of a cryptocurrency's token, in the capitals in which it counts."""
    return re.compile(
        rf"\s{{0,2}}(?P<code>{alternatives(values('crypto_token'))})(?![\w-])(?:\s(?:tokens|coins)(?!\w))?"
    )


@cache
def _totals() -> re.Pattern[str]:
    """Return the pattern of what precedes a number whose noun comes first."""
    counts, linking = alternatives(words("count_noun", forms=("singular",))), alternatives(words("before_total"))
    return re.compile(
        rf"(?<!\w)(?:(?P<noun>{alternatives(_plurals())})[\s-](?:{counts})|numbers?\sof\s(?:\w{{2,20}}\s){{0,2}}"
        rf"(?P<nouns>{alternatives(_nouns())}))(?:\s?[:=]|(?:\s(?:\w{{2,10}}\s){{0,2}}(?:{linking})))\s{{1,2}}"
    )


@cache
def _plurals() -> dict[str, str]:
    """Return the plural of each noun that is counted, by its singular."""
    return {
        forms["singular"]: forms["plural"]
        for lemma in lemmas("counted")
        if "plural" in (forms := forms_of(lemma, "nouns")) and forms["plural"] in _nouns()
    }


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\s{1,2}[\"'“‘]?([a-z](?:[\w-]|['’](?=\w)){0,30})['’]?")


@cache
def _nouns() -> dict[str, QuantityKind]:
    nouns = subclasses("counted", forms=("plural", "only"))
    return {noun: QuantityKind(kind) for noun, kind in nouns.items()}


@cache
def _bounds() -> dict[str, str]:
    """Return the words and signs that bound a number, each with the operator it stands for."""
    return {words: _SIGNS[kind] for words, kind in subclasses("number_bound").items()} | {"~": "~", "~ ": "~"}
