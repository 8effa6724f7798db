"""Packing: whatever an analysis holds comes back the same, and what an older version wrote is understood."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.records import Analysis, Document, Profile, Span
from incidex.store.pack import digest, pack, pack_analysis, unpack, unpack_analysis

st.register_type_strategy(
    Span, st.builds(lambda start, length: Span(start, start + length), st.integers(0, 9), st.integers(1, 9))
)
st.register_type_strategy(int, st.integers(0, 2**53))
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
st.register_type_strategy(float, st.floats(allow_nan=False))


@settings(max_examples=40, deadline=None)
@given(st.from_type(Analysis))
def test_an_analysis_comes_back_the_same(analysis: Analysis) -> None:
    assert unpack_analysis(analysis.document, pack_analysis(analysis)) == analysis
    assert unpack(Document, pack(analysis.document)) == analysis.document


@settings(max_examples=50, deadline=None)
@given(st.from_type(Profile))
def test_a_profile_comes_back_the_same(profile: Profile) -> None:
    assert unpack(Profile, pack(profile)) == profile


def test_the_document_is_not_packed_twice() -> None:
    long = Document(" ".join(map(str, range(9999))))
    assert len(pack_analysis(Analysis(long, (), "words-1"))) < 300


def test_fields_that_an_older_version_did_not_know_get_their_defaults() -> None:
    assert unpack(Document, pack({"text": "A ferry sank."})) == Document("A ferry sank.")


def test_fields_that_a_newer_version_adds_are_passed_over() -> None:
    assert unpack(Document, pack({"text": "A ferry sank.", "colour": "red"})) == Document("A ferry sank.")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no document", id="not compressed"),
        pytest.param(pack({"title": "A ferry"}), id="without its text"),
        pytest.param(pack({"text": "x", "blocks": [{"span": {"start": 3, "end": 1}, "kind": "body"}]}), id="no span"),
        pytest.param(pack({"text": "x", "blocks": [{"span": {"start": 1, "end": 3}, "kind": "?"}]}), id="unknown kind"),
    ],
)
def test_what_cannot_be_understood_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="."):
        unpack(Document, content)


def test_a_digest_is_of_what_was_read() -> None:
    document = Document("A ferry sank.", source="a.txt", published_at="2024-03-14")
    assert digest(document) == digest(replace(document, source="b.txt", warnings=("It is short.",)))
    changes: tuple[dict[str, Any], ...] = ({"text": "It sank."}, {"published_at": None}, {"title": "A ferry"})
    assert digest(document) not in {digest(replace(document, **change)) for change in changes}
