"""Runs the cells of the notebook in `examples`, as Jupyter would, and looks at what they show."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

NOTEBOOK = ROOT / "examples" / "first-incident.ipynb"


@pytest.mark.slow
@pytest.mark.parametrize("folder", [ROOT, ROOT / "examples"], ids=["checkout", "examples"])
def test_the_notebook_runs(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = [html(_run(source, names)) for source in _cells()]
    tables = [one for one in shown if one.startswith(("<p>", "<table>"))]
    assert len(tables) == 3
    assert "| AttackDatabreach" not in tables[0]
    assert all("Kestrel" in table for table in tables)
    assert capsys.readouterr().out.count("added ") == 5
    assert not Path(names["folder"].name).exists()


def test_the_notebook_is_stored_without_output() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert len({cell["id"] for cell in cells}) == len(cells)


def html(value: Any) -> str:
    """Return what a notebook shows of `value`."""
    return str(value._repr_html_()) if hasattr(value, "_repr_html_") else ""


def _cells() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell and return the value of its last line, if that is an expression."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
