"""Dates are read exactly as precise as they are written, and not at all where they could mean several days."""

import re
from datetime import datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT
from timing import takes_less

from incidex.ingest.dates import published

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "ingest" / "dates.yaml").read_text("utf-8"))
PIECES = st.sampled_from(
    ["6", "06", "May", "may.", "2017", "17", "/", "-", ":", "16:36", "4 pm", "GMT", "T", "+01:00", " ", ", ", "_", "Z"]
)


@pytest.mark.parametrize(("written", "expected"), [pytest.param(*case, id=case[0] or "nothing") for case in CASES])
def test_reads(written: str, expected: str | None) -> None:
    assert published(written) == expected


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_found_is_iso_8601(written: str) -> None:
    found = published(written)
    assert (
        found is None or re.fullmatch(r"\d{4}-\d\d", found) or datetime.fromisoformat(found).year in range(1980, 2100)
    )


@pytest.mark.parametrize("piece", ["1 May ", "1/", "2017-", "6 May 2017 ", "16:36 ", "May 1, ", " "])
def test_long_lines_take_little_time(piece: str) -> None:
    assert takes_less(3, lambda: published(piece * (300_000 // len(piece))))
