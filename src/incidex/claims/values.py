"""Says which arguments of a mention tell how much or when, so that who reports it claims an amount or a date."""

import re
from collections.abc import Iterator

from incidex.claims.lexicon import listed
from incidex.records import Argument, ClaimKind, EventMention

_AMOUNTS = frozenset({"Number-of-Data", "Number-of-Victim", "Price", "Damage-Amount"})
# Between two wordings of one amount or one time: "53 bitcoins, equivalent to $335,000", "$92,000 (€82,183)".
_AGAIN = re.compile(
    r"\s?[,(–—]{0,2}\s?(?:which (?:is|was) |or |that is )?(?:the equivalent of|equivalent to|equal to|worth)?"
    r"\s?(?:about|around|approximately|roughly|nearly)?\s?",
    re.IGNORECASE,
)


def values_of(mention: EventMention, text: str) -> Iterator[tuple[ClaimKind, Argument]]:
    """
    Yield the arguments of `mention` that say how much or when, with the kind of claim that they make.

    "Now" says no date, and an amount that repeats the one before it in other words says nothing more.
    """
    last: Argument | None = None
    for argument in mention.arguments:
        if argument.role in _AMOUNTS:
            kind = ClaimKind.QUANTIFIES
        elif argument.role == "Time" and argument.span.of(text).lower() not in listed("no_times"):
            kind = ClaimKind.DATES
        else:
            continue
        if not (last and last.role == argument.role and _AGAIN.fullmatch(text, last.span.end, argument.span.start)):
            yield kind, argument
        last = argument
