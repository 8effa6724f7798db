"""What the columns say of each kind of finding."""

from dataclasses import replace
from typing import Any

from incidex.export.csv.rows import COLUMNS, Cell, findings
from incidex.records import (
    Analysis,
    Claim,
    Claimant,
    ClaimKind,
    Document,
    Entity,
    EntityKind,
    Hedge,
    Imitation,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Link,
    Quantity,
    Sentence,
    Span,
)
from incidex.text.blocks.find import find_blocks
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times

TEXT = "Marsh Cat probably took up to 9 GB from Alder via alder-login.example in May, the line said.\n"
SPANS = {
    words: Span(TEXT.index(words), TEXT.index(words) + len(words))
    for words in ("Marsh Cat", "probably", "Alder", "alder-login.example", "the line", "said")
}


def rows_of(analysis: Analysis) -> list[dict[str, Cell]]:
    rows = list(findings(analysis))
    assert all(set(row) <= set(COLUMNS) for row in rows)
    for row in rows:
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert row["words"] == analysis.document.text[start:end]
    return rows


def base(**found: Any) -> Analysis:
    document = Document(TEXT, blocks=find_blocks(TEXT), source="a.txt", published_at="2024-06-01")
    return replace(Analysis(document, (Sentence(Span(0, len(TEXT) - 1)),), "m"), **found)


def test_events_and_arguments_share_a_group(analysis: Analysis) -> None:
    found = [row for row in rows_of(analysis) if row.get("group") == "event-2"]
    assert [(row["finding"], row["type"], row.get("role"), row["realis"]) for row in found] == [
        ("event", "AttackRansom", None, "Other"),
        ("argument", "Organization", "Victim", "Other"),
        ("argument", "Person", "Attacker", "Other"),
    ]
    assert [row["words"] for row in found] == ["pay <b>saltmarsh</b> a ransom", "Alder  Ferries", "saltmarsh"]
    assert {row["sentence"] for row in found} == {analysis.sentences[-1].span.of(analysis.document.text)}


def test_a_label_has_its_own_probability(analysis: Analysis) -> None:
    labels = [row for row in rows_of(analysis) if row["finding"] == "label"]
    assert [(row["type"], row.get("score")) for row in labels] == [
        ("AttackDatabreach", 0.9),
        ("AttackDatabreach", None),
        ("AttackDatabreach", 0.6),
        ("AttackRansom", 0.8),
    ]


def test_a_name_has_a_row_for_each_mention_and_all_it_may_be() -> None:
    links = [
        Link("List 2", number, "MARSH CAT", EntityKind.INTRUSION_SET, "Marsh Cat", "The words are its name.")
        for number in ("G1", "G2")
    ]
    entity = Entity("MARSH CAT", EntityKind.INTRUSION_SET, (SPANS["Marsh Cat"], SPANS["the line"]), tuple(links))
    first, second = rows_of(base(entities=(entity,)))
    assert (first["words"], second["words"]) == ("Marsh Cat", "the line")
    assert first["links"] == "MARSH CAT (List 2, G1); MARSH CAT (List 2, G2)"
    for row in (first, second):
        assert (row["finding"], row["type"], row["value"], row["group"]) == (
            "name", "intrusion-set", "MARSH CAT", "name-1")  # fmt: skip


def test_an_indicator_says_whom_it_imitates() -> None:
    found = Indicator(
        SPANS["alder-login.example"],
        IndicatorKind.DOMAIN,
        "alder-login.example",
        IndicatorRole.INDICATOR,
        "It imitates",
        Imitation(SPANS["Alder"], "affix"),
    )
    (row,) = rows_of(base(indicators=(found,)))
    assert (row["type"], row["role"], row["reason"]) == ("domain", "indicator", "It imitates; imitates Alder (affix)")


def test_times_and_quantities_have_columns_to_compute_with() -> None:
    analysis = base()
    found = base(times=find_times(analysis.document), quantities=find_quantities(analysis.document))
    time, quantity = rows_of(found)
    assert (time["type"], time["value"], time["begins"], time["ends"]) == (
        "month", "2024-05", "2024-05-01", "2024-06-01")  # fmt: skip
    assert time["reason"] == "counted from the day of publication"
    assert (quantity["type"], quantity["value"], quantity["unit"]) == ("data-volume", "at most 9 GB", "byte")
    assert (quantity.get("low"), quantity["high"]) == (None, 9_000_000_000)


def test_a_claim_says_who_says_what_and_how_surely() -> None:
    claimant = Claimant(SPANS["the line"], SPANS["the line"])
    hedges = (Hedge(SPANS["probably"], "likelihood", "likely"),)
    claim = Claim(ClaimKind.ATTRIBUTED_TO, claimant, Span(0, 76), SPANS["said"], False, None, SPANS["Marsh Cat"],
        None, hedges, 0.5, "said")  # fmt: skip
    (row,) = rows_of(base(claims=(claim,)))
    assert (row["type"], row["value"], row["claimant"], row["quoted"]) == (
        "attributed-to", "Marsh Cat", "the line", False)  # fmt: skip
    assert row["hedges"] == "“probably”: likelihood, likely (55–80 %)"
    assert (row["score"], row["reason"]) == (0.5, "said")


def test_a_sentence_that_is_far_too_long_is_cut_off_beside_what_it_holds() -> None:
    text = "9 GB " + "x" * 5000
    found = Analysis(Document(text), (Sentence(Span(0, len(text))),), "m", quantities=(_volume(),))
    (row,) = rows_of(found)
    assert row["sentence"] == f"{text[:500]}…"


def test_what_stands_in_no_sentence_has_none() -> None:
    (row,) = rows_of(Analysis(Document("9 GB"), (), "m", quantities=(_volume(),)))
    assert row["sentence"] == ""


def _volume() -> Quantity:
    (found,) = find_quantities(Document("9 GB", blocks=find_blocks("9 GB")))
    return found
