"""JSON of other tools: the values, warnings about the encoding, and one clear message for each way to be none."""

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.annotated import read_json
from incidex.ingest.load import Raw


def test_values_and_what_was_guessed() -> None:
    assert read_json(Raw(b'{"a": 1}', "a.json")) == ({"a": 1}, ())
    content, (warning,) = read_json(Raw('{"name": "Größe und Übermaß"}'.encode("latin-1"), "a.json"))
    assert content == {"name": "Größe und Übermaß"}
    assert "windows-1252" in warning or "cp1252" in warning


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b'{"a"', "not valid JSON.*line 1", id="cut off"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "nested too deeply", id="deep"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply", id="deep objects"),
        pytest.param(b"[" + b"9" * 10_000 + b"]", "number with thousands of digits", id="a long number"),
        pytest.param(bytes(range(256)), "is binary", id="binary"),
        pytest.param(b" ", "only white space", id="blank"),
    ],
)
def test_what_is_no_json(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message) as error:
        read_json(Raw(content, "a.json"))
    assert str(error.value).startswith("a.json ")
    assert "set_int" not in str(error.value)
