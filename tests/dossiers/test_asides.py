"""Events that reports tell only for comparison: related, and no part of the incident."""

from collections.abc import Callable

import pytest

from incidex.records import Analysis, Dossier

NEWS = "Thieves [breach:stole] data of [People:9,000 people] from [Victim:Acme Foods] on Friday."
DAY = "2024-05-13"


@pytest.mark.parametrize(
    "aside",
    [
        "In an earlier attack, the gang [breach:robbed] [Victim:Ostrel Bank] of 2 TB of data.",
        "In 2021, [Victim:Ostrel Bank] was [ransom:hit] and paid a ransom of [Price:$4 million].",
        "Last year [Victim:Ostrel Bank] lost data of [People:700,000 customers] in a [breach:breach].",
        "The same group has [breach:robbed] [Victim:Ostrel Bank], too.",
        "The gang is not related to [Victim:Ostrel Bank], which was [breach:hit] by another.",
        "The [breach:theft] comes weeks after [Victim:Ostrel Bank] lost its files. It paid a ransom of $4 million.",
    ],
)
def test_an_event_for_comparison_is_only_mentioned(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], aside: str
) -> None:
    made = dossier_of(article(f"{NEWS} The police investigate.\n\n{aside}", date=DAY))
    assert [value.text for value in made.mentioned] == ["Ostrel Bank"]
    assert [value.text for value in made.victims] == ["Acme Foods"]
    assert [(m.name, [v.text for v in m.values]) for m in made.measures] == [("people", ["9,000 people"])]
    assert [moment.text for moment in made.timeline] == ["10 May 2024 (day)"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("A branch of [Victim:Ostrel Bank] was [breach:hit] at the same time.", id="no comparison"),
        pytest.param("Last year thieves [breach:robbed] it of 2 TB.", id="the same victim"),
        pytest.param("[Victim:Acme Foods] and [Victim:Ostrel Bank] were [breach:hit] by the same group.", id="both"),
        pytest.param("In 2024, [Victim:Ostrel Bank] was [breach:hit].", id="this year"),
    ],
)
def test_what_is_not_set_apart_belongs_to_the_incident(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], other: str
) -> None:
    made = dossier_of(article(f"{NEWS} The police investigate.\n\n{other}", date=DAY))
    assert made.mentioned == ()
