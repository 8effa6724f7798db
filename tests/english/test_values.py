"""What words stand for, and that the lexicon's files are in order."""

from importlib.resources import files

import pytest
import yaml

from incidex.english.lexicon import values, words

FILES = sorted(file.name for file in files("incidex.english").joinpath("lexicon").iterdir())


def test_a_word_has_its_value() -> None:
    assert values("month")["april"] == values("month")["apr"] == 4
    assert values("magnitude")["million"] == 1_000_000


def test_a_kind_of_value_is_a_class() -> None:
    assert {"january", "dec"} <= words("month")


def test_there_is_no_other_kind() -> None:
    with pytest.raises(KeyError):
        values("smell")


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice_in_a_file(name: str) -> None:
    # PyYAML keeps the last of two equal keys without a word.
    root = yaml.compose(files("incidex.english").joinpath("lexicon", name).read_text("utf-8"))
    assert isinstance(root, yaml.MappingNode)
    maps = [root, *(value for _, value in root.value if isinstance(value, yaml.MappingNode))]
    for keys in ([key.value for key, _ in one.value] for one in maps):
        assert sorted(keys) == sorted(set(keys))
