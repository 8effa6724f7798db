"""What is known of an indicator before it knows what the report makes of it."""

from dataclasses import dataclass

from incidex.records import IndicatorKind, Span


@dataclass(frozen=True, slots=True)
class Form:
    """
    Something in a text that has the form of an indicator.

    Attributes:
        span: Its words in `Document.text`.
        kind: What it is.
        value: What it stands for: refanged, with a lower-case host.
        host: The host of a domain, URL or e-mail address, in lower case; empty for all else.
        defanged: Whether it is written so that nobody follows it by accident.
        sure: Whether it is one for certain. Four bare numbers without a word about addresses near them are one only if
            the same stand elsewhere in the article with such a word.
        note: What else the form says, such as the crypto-currency of an address.
    """

    span: Span
    kind: IndicatorKind
    value: str
    host: str = ""
    defanged: bool = False
    sure: bool = True
    note: str = ""
