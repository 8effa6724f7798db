"""Says in a few words for people what a claim does, and what the value of a time, a quantity or a hedge is."""

from incidex.claims.hedging import band_range
from incidex.records import Claim, ClaimKind, Granularity, Hedge, Quantity, QuantityKind, Span, TimeExpression

# Decimal prefixes, as disks and reports count: a gigabyte is 10^9 bytes.
_PREFIXES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))

# How much of the first moment says the whole.
_DIGITS = {Granularity.YEAR: 4, Granularity.MONTH: 7, Granularity.DAY: 10, Granularity.MINUTE: None}


def said_time(time: TimeExpression) -> str:
    """
    Return the value of a time in ISO 8601: "2017", "2017-04", "2017-05-05", "P3Y"; "" if it has none.

    All else is an interval: in "2017-07-01/2017-10-01", the third quarter, the day behind the stroke is not included.
    """
    if time.is_duration:
        return time.duration or ""
    if time.begins and time.part is None and time.granularity in _DIGITS:
        return time.begins[: _DIGITS[time.granularity]]
    return f"{time.begins}/{time.ends}" if time.begins and time.ends else time.begins or time.ends or ""


def said_quantity(quantity: Quantity) -> str:
    """Return the value of a quantity: "1,200,000 passengers", "at most 9 GB", "more than 100 EUR", "5 to 10 %"."""
    low, high = (_number(quantity, bound) for bound in (quantity.low, quantity.high))
    about = "about " if quantity.approximate else ""
    if low == high or (low and high):
        said = f"{about}{low}" if low == high else f"{about}{low} to {high}"
    elif low:
        said = f"{'at least' if quantity.low_included else 'more than'} {about}{low}"
    else:
        said = f"{'at most' if quantity.high_included else 'less than'} {about}{high}"
    return f"{said}{_unit(quantity)}"


def said_claim(claim: Claim) -> tuple[str, tuple[Span, ...]]:
    """Return what a claim does ("claims responsibility"), and whom and what it names beside the event."""
    # Who claims responsibility accuses nobody but itself.
    accused = None if claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY else claim.accused
    return claim.kind.value.replace("-", " "), tuple(span for span in (accused, claim.value) if span)


def said_hedge(hedge: Hedge, text: str) -> str:
    """Return the words of a hedge and what they stand for: "“likely”: likelihood, likely (55–80 %)"."""
    words = f"“{hedge.span.of(text)}”: {hedge.kind}"
    if hedge.kind != "likelihood" or not hedge.band:
        return f"{words}, {hedge.band}" if hedge.band else words
    low, high = band_range(hedge.band)
    return f"{words}, {hedge.band} ({low}–{high} %)"


def _number(quantity: Quantity, number: float | None) -> str:
    """Return `number` with separators and as many digits as it has, a volume of data with its prefix."""
    if number is None:
        return ""
    if quantity.kind is QuantityKind.DATA_VOLUME:
        size, prefix = next(((size, prefix) for size, prefix in _PREFIXES if number >= size), (1, "bytes"))
        return f"{number / size:,.6g} {prefix}"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.12g}"


def _unit(quantity: Quantity) -> str:
    if quantity.kind is QuantityKind.DATA_VOLUME:
        return ""
    return " %" if quantity.unit == "percent" else f" {quantity.unit}" if quantity.unit else ""
