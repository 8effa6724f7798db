"""Checks what is found in the texts of `cases/indicators.yaml`, what a report makes of it, and how long it takes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT
from timing import grows_less

from incidex.ingest.casie_events import read_annotated
from incidex.ingest.plain import from_text
from incidex.link.indicators import find_indicators
from incidex.records import Argument, Block, BlockKind, Document, Entity, EntityKind, IndicatorRole, Span

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "indicators.yaml").read_text("utf-8"))
GOLD = ROOT / "tests" / "cases" / "indicators-casie.json"
SHORT = 40_000
LABEL = st.from_regex(r"[a-z][a-z0-9]{2,8}", fullmatch=True)
SCHEMES = st.sampled_from(["hxxp", "hXXps", "h**p", "hxxps", "http"])
DOTS = st.sampled_from(["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", r"\.", "[.", ".]", " [.] ", "[DOT]", "[. ]"])


def body(text: str, **fields: Any) -> Document:
    """Return a document whose text is all one block of the article."""
    return Document(text, (Block(Span(0, len(text)), BlockKind.BODY),), **fields)


def argument(text: str, words: str, role: str, entity_type: str = "Organization") -> Argument:
    start = text.index(words)
    return Argument(Span(start, start + len(words)), entity_type, role)


def roles(text: str, *organisations: Argument, **fields: Any) -> list[str]:
    return [found.role.value for found in find_indicators(body(text, **fields), organisations=organisations)]


def test_there_are_many_cases() -> None:
    assert sum(len(cases) for cases in CASES.values()) >= 150


@pytest.mark.parametrize(
    ("text", "written", "kind", "value"), [pytest.param(*case, id=case[0]) for case in CASES["forms"]]
)
def test_a_form_is_found(text: str, written: str, kind: str, value: str) -> None:
    found = find_indicators(body(text))
    assert [(one.span.of(text), one.kind.value, one.value) for one in found] == [(written, kind, value)]


@pytest.mark.parametrize("text", CASES["nothing"])
def test_nothing_is_found(text: str) -> None:
    assert [(one.span.of(text), one.kind.value) for one in find_indicators(body(text))] == []


@pytest.mark.parametrize(("text", "expected"), [pytest.param(case[0], case[1:], id=case[0]) for case in CASES["roles"]])
def test_a_role_is_given(text: str, expected: list[str]) -> None:
    found = find_indicators(body(text))
    assert [one.role.value for one in found] == expected
    assert all(one.reason for one in found)


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*case, id=name) for name, case in CASES["reports"].items()]
)
def test_a_report_gives(text: str, expected: list[str]) -> None:
    found = find_indicators(from_text(text))
    assert [f"{one.kind.value} {one.value} {one.role.value}" for one in found] == expected


def test_a_technique_in_words_is_marked_as_inferred() -> None:
    (found,) = find_indicators(body("They relied on password spraying at night."))
    assert found.reason.startswith("inferred")


def test_a_form_inside_another_is_not_found_again() -> None:
    text = "It fetched hxxp://evil-updates[.]com/CVE-2026-12345/d41d8cd98f00b204e9800998ecf8427e/k.exe?m=a@evil-updates.com"
    assert [one.kind.value for one in find_indicators(body(text))] == ["url"]


def test_a_row_of_numbers_is_an_address_where_the_article_says_so_elsewhere() -> None:
    far = "Kestrel. " * 12
    text = f"See 198.51.100.23 there. {far}The server 198.51.100.23 answered. {far}198.51.100.24"
    assert [one.value for one in find_indicators(body(text))] == ["198.51.100.23", "198.51.100.23"]


def test_only_the_article_and_its_captions_are_searched() -> None:
    text = "one-k[.]net\ntwo-k[.]net\nthree-k[.]net"
    kinds = (BlockKind.BODY, BlockKind.CAPTION, BlockKind.BOILERPLATE)
    blocks = tuple(
        Block(Span(*match.span()), kind) for match, kind in zip(re.finditer(r".+", text), kinds, strict=True)
    )
    assert [one.value for one in find_indicators(Document(text, blocks))] == ["one-k.net", "two-k.net"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"source": "https://www.riverton-news.com/a/1"}, id="the URL it was read from"),
        pytest.param({"publisher": "Riverton-News"}, id="the publisher's name"),
        pytest.param({"publisher": "riverton-news.com"}, id="the publisher's domain"),
    ],
)
def test_the_publisher_s_own_domain_is_a_reference(fields: dict[str, str]) -> None:
    found = find_indicators(body("A reader told riverton-news.com about malware.", **fields))
    assert [(one.role, one.reason) for one in found] == [(IndicatorRole.REFERENCE, "the publisher's own")]


def test_a_name_behind_a_headline_is_the_publisher_s() -> None:
    assert roles("Ransomware hits clinic - riverton-news.com") == ["reference"]


def test_the_events_say_whose_domain_was_attacked() -> None:
    text = "Riverton Clinic was broken into. Later riverton-clinic.org was back."
    assert roles(text) == ["reference"]
    assert roles(text, argument(text, "Riverton Clinic", "Victim")) == ["victim"]


def test_the_events_say_whose_domain_attacks() -> None:
    text = "The Kestrel Squad took the site down. Their own, kestrel-squad.biz, was taken down as well."
    assert roles(text) == ["reference"]
    assert roles(text, argument(text, "Kestrel Squad", "Attacker")) == ["indicator"]


@pytest.mark.parametrize(
    ("text", "organisation", "how"),
    [
        ("En Avant! was a target. Decoy domains include onedrive-en-avant.fr and others.", "En Avant", "affix"),
        ("The staff of Riverton got mail from the fake site riverton-login.com again.", "Riverton", "affix"),
        ("They tell Riverton Clinic to shun the phishing site rivertonclinics.com today.", "Riverton Clinic", "typo"),
        ("They tell Riverton Clinic to shun the phishing site rivertnoclinic.com today.", "Riverton Clinic", "typo"),
        ("They tell Riverton Clinic to shun the site r1vert0n-clinic.com today.", "Riverton Clinic", "homoglyph"),
        ("They tell Riverton Clinic to shun the site rіvertonclinic[.]com today.", "Riverton Clinic", "homoglyph"),
        ("They tell Riverton Clinic to shun the site xn--rvertonclinic-3hl[.]com now.", "Riverton Clinic", "homoglyph"),
        ("They tell Riverton to shun the fake site riverton.prize-draw.com today.", "Riverton", "subdomain"),
        ("Users of Riverton know riverton.com. A fake site is riverton.top.", "Riverton", "other top-level domain"),
    ],
)  # fmt: skip
def test_a_look_alike_says_whom_it_imitates_and_how(text: str, organisation: str, how: str) -> None:
    found = [one for one in find_indicators(body(text)) if one.imitates]
    assert [(one.imitates.organisation.of(text), one.imitates.how) for one in found if one.imitates] == [
        (organisation, how)
    ]
    assert {one.role for one in found} == {IndicatorRole.INDICATOR}


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("Riverton said it knows the fake site riverton-prize[.]com.", "Riverton", "affix"),
        ("Sørvik said it knows the fake site sorvik-prize[.]com.", "Sørvik", "affix"),
    ],
)
def test_an_organisation_that_begins_the_sentence_is_imitated(text: str, name: str, how: str) -> None:
    entity = Entity(name, EntityKind.ORGANISATION, (Span(0, len(name)),))
    (found,) = find_indicators(body(text), entities=[entity])
    assert found.imitates
    assert (found.imitates.organisation.of(text), found.imitates.how) == (name, how)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The staff of Riverton use the site riverton.com daily.", id="the name's own"),
        pytest.param("The staff of Riverton use the site rivertonians.com daily.", id="no word of malice"),
        pytest.param("The staff of Riverton fell for the fake site prize-draw.com.", id="another name"),
        pytest.param("The Mail on Sunday writes of the fake site mailing-prize.com.", id="an ordinary word"),
    ],
)
def test_nobody_is_imitated(text: str) -> None:
    assert [one.imitates for one in find_indicators(body(text))] == [None]


@settings(deadline=None)
@given(st.lists(LABEL, min_size=1, max_size=3), DOTS)
def test_a_defanged_domain_comes_back(labels: list[str], dot: str) -> None:
    written = dot.join([*labels, "com"])
    text = f"The worm calls {written} now."
    found = find_indicators(body(text))
    assert [(one.span.of(text), one.value) for one in found] == [(written, ".".join([*labels, "com"]))]


@given(
    st.sampled_from(["hxxp", "hXXps", "h**p", "hxxps", "http"]), st.sampled_from(["://", "[:]//", "[://]"]), LABEL, DOTS
)
def test_a_defanged_url_comes_back(scheme: str, between: str, label: str, dot: str) -> None:
    text = f"The worm calls {scheme}{between}{label}{dot}com/a/{label}.php now."
    (found,) = find_indicators(body(text))
    assert found.value == f"http{'s' * scheme.endswith('s')}://{label}.com/a/{label}.php"
    assert found.span.of(text) == text[len("The worm calls ") : -len(" now.")]


@given(st.text(st.sampled_from("ab.:/@[](){}\\-#0123456789x %\nCVEdotHKLM"), max_size=120))
@settings(max_examples=100, deadline=None)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_indicators(from_text(text)) if text.strip() else ()
    for last, this in zip(found, found[1:], strict=False):
        assert last.span.end <= this.span.start
    assert all(one.span.end <= len(text) and one.value for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("piece", CASES["hostile"].values(), ids=CASES["hostile"].keys())
def test_hostile_text_takes_linear_time(piece: str) -> None:
    short, long = (body((piece * (size // len(piece) + 1))[:size]) for size in (SHORT, 4 * SHORT))
    # Four times the text takes four times the time; a pattern that is not linear takes sixteen times as long.
    assert grows_less(10, lambda: find_indicators(short), lambda: find_indicators(long))


@pytest.mark.corpus
def test_annotated_articles_of_casie(shared: Path) -> None:
    articles = json.loads(GOLD.read_text("utf-8"))["articles"]
    gold, found = set(), set()
    for name, entries in articles.items():
        document = read_annotated(shared / "corpus" / "casie" / f"{name}.json").document
        gold |= {(name, *entry) for entry in entries}
        found |= {
            (name, one.span.start, one.span.end, one.kind.value, one.role.value) for one in find_indicators(document)
        }
    right = len(gold & found)
    assert right / len(found) >= 0.97
    assert right / len(gold) >= 0.97
