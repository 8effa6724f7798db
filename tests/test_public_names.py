"""The public surface: what `incidex` offers, and nothing by accident."""

import subprocess
import sys

import pytest

import incidex


def test_public_names() -> None:
    assert incidex.__all__ == [
        "Analysis",
        "Argument",
        "Block",
        "BlockKind",
        "Document",
        "Dossier",
        "Event",
        "EventMention",
        "Incident",
        "Incidents",
        "IncidexError",
        "Outcome",
        "Profile",
        "Realis",
        "Sentence",
        "Span",
        "Store",
        "__version__",
        "analyse",
        "analyse_many",
        "from_text",
        "label",
        "merge",
        "open_store",
        "read",
        "to_dataframe",
    ]


@pytest.mark.parametrize("name", incidex.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(incidex, name) is not None
    assert name in dir(incidex)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="'incidex' has no attribute 'lable'"):
        _ = incidex.lable


def test_merge_is_a_function() -> None:
    assert incidex.merge([]) == ()


def test_records_need_nothing_heavy() -> None:
    code = "import sys; from incidex import Document, IncidexError, Span; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "False\n"
