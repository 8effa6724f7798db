"""JSON stays on its lines, obeys no terminal, can be encoded, and reads back as what it was."""

import json

import pytest

from incidex.export.jsonl.values import json_text


@pytest.mark.parametrize("letter", ["\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\u2066", "\ud800"])
def test_what_others_obey_is_escaped(letter: str) -> None:
    text = json_text({"words": f"a{letter}b"})
    assert text == f'{{"words": "a\\u{ord(letter):04x}b"}}\n'
    assert json.loads(text) == {"words": f"a{letter}b"}


def test_all_else_is_written_as_it_is() -> None:
    assert json_text(["Überfall 東京 😀"]) == '["Überfall 東京 😀"]\n'


def test_it_is_on_one_line_unless_indented() -> None:
    assert json_text({"a": [1]}) == '{"a": [1]}\n'
    assert json_text({"a": [1]}, indent=2) == '{\n  "a": [\n    1\n  ]\n}\n'
