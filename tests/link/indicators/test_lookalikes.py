"""Whom a domain imitates, and how."""

import pytest
from timing import takes_less

from incidex.english.names import name_key
from incidex.link.indicators.lookalikes import Name, by_label, imitation, names_of
from incidex.records import Argument, Block, BlockKind, Span

TEXT = "The Kestrel Ferries line and En Marche! said that Paypal and Ann Lee had left. Bank it."
NAMES = tuple(
    Name(Span(TEXT.index(words), TEXT.index(words) + len(words)), name_key(words))
    for words in ("Kestrel Ferries", "En Marche!", "Paypal")
)


@pytest.mark.parametrize(
    ("host", "name", "how"),
    [
        ("mail-en-marche.fr", "En Marche!", "affix"),
        ("kestrelferries-refund.com", "Kestrel Ferries", "affix"),
        ("kestreIferries.com".lower(), "Kestrel Ferries", "homoglyph"),
        ("kestrelferies.com", "Kestrel Ferries", "typo"),
        ("kestrelfreries.com", "Kestrel Ferries", "typo"),
        ("paypa1.com", "Paypal", "homoglyph"),
        ("paypa1-login.net", "Paypal", "homoglyph"),
        ("paypal.evil-host.net", "Paypal", "subdomain"),
    ],
)
def test_imitations(host: str, name: str, how: str) -> None:
    found = imitation(host, NAMES)
    assert found is not None
    assert (found.organisation.of(TEXT), found.how) == (name, how)


@pytest.mark.parametrize("host", ["paypal.com", "kestrel-ferries.co.uk", "harbour.com", "com", "pay.com"])
def test_who_bears_a_name_imitates_nobody(host: str) -> None:
    assert imitation(host, NAMES) is None


def test_the_same_name_under_another_ending_does() -> None:
    found = imitation("paypal.info", NAMES, by_label(["paypal.com", "paypal.info"]))
    assert found is not None
    assert found.how == "other top-level domain"


def test_a_host_is_compared_with_two_hundred_names_at_little_cost() -> None:
    names = tuple(Name(NAMES[0].span, f"organisation{number}") for number in range(200))
    host = f"{'-a' * 30}-mail.com".strip("-")
    assert imitation(host, names) is None
    # Reading the parts of the host anew for each name takes ten times as long.
    assert takes_less(2, lambda: [imitation(host, names) for _ in range(1_000)])


def test_names_are_those_of_the_events_and_capitalised_words_inside_sentences() -> None:
    victim = Argument(Span(0, 19), "Organization", "Victim")
    found = names_of(TEXT, [Block(Span(0, len(TEXT)), BlockKind.BODY)], [victim])
    assert [(name.key, name.attacked) for name in found][:1] == [("kestrelferries", True)]
    assert {"enmarche", "paypal", "annlee"} <= {name.key for name in found}
    assert "bank" not in {name.key for name in found}


def test_accents_and_signs_do_not_count() -> None:
    assert name_key("Crédit & Söhne, 2!") == "creditsohne2"
