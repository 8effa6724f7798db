"""The command as a process: help, exit codes, streams, and how quickly it starts."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

from incidex.cli import app, main

HEAVY = [
    "numpy",
    "onnxruntime",
    "tokenizers",
    "trafilatura",
    "pypdfium2",
    "httpx",
    "torch",
    "yaml",
    "lxml",
    "py3langid",
    "sqlalchemy",
    "alembic",
    "msgspec",
]
PROGRAM = "import sys, incidex.cli; sys.exit(incidex.cli.main())"


def incidex(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment})


@pytest.mark.parametrize("module", ["incidex", "incidex.cli"])
def test_import_stays_light(module: str) -> None:
    code = f"import sys, {module}; print(*set(sys.modules) & {set(HEAVY)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == []


def test_help_stays_light() -> None:
    code = (
        "import sys, incidex.cli; code = incidex.cli.main(['label', '--help']); "
        f"print(*set(sys.modules) & {set(HEAVY)!r}, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.startswith("Usage: incidex label")
    assert done.stderr.split() == []


def test_alone_it_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("Usage: incidex [OPTIONS] [COMMAND]")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "incidex", "--help"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: incidex [OPTIONS] [COMMAND]")
    done = subprocess.run([sys.executable, "-m", "incidex", "lable"], capture_output=True, encoding="utf-8")
    assert done.returncode == 2


def test_prints_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    import incidex as package

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"incidex, version {package.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["lable"], id="no such command"),
        pytest.param(["label"], id="no source"),
        pytest.param(["label", "--format", "casie", "a.txt"], id="no such format"),
        pytest.param(["evaluate", "sentences", "--worst", "-1", "a.txt"], id="not that many"),
        pytest.param(["train", "sentences", "--seeds", "1,one", "."], id="no seed"),
    ],
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert "\n  See 'incidex" in err


def test_a_missing_file_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", "no-such-file.txt"]) == 1
    assert capsys.readouterr().err.startswith("error: no-such-file.txt does not exist.\n")


def test_a_missing_model_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "info", "--model", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"error: {tmp_path}/bundle.json cannot be read")


def test_a_missing_extra_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What Python itself takes as "not there".
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", "sentences", str(tmp_path)]) == 1
    assert 'pip install "incidex[train]"' in capsys.readouterr().err


def test_each_command_has_an_example_and_each_option_a_help() -> None:
    def check(command: object) -> None:
        for part in getattr(command, "commands", {}).values():
            check(part)
            if not hasattr(part, "commands"):
                assert "Example: incidex " in part.help
            for option in part.params:
                assert option.param_type_name == "argument" or option.help

    check(app)


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_messages_are_utf_8_everywhere(environment: dict[str, str]) -> None:
    done = incidex("label", "fähre.txt", **environment)
    assert done.returncode == 1
    assert done.stderr.decode("utf-8").startswith("error: fähre.txt does not exist.")


def test_results_are_utf_8_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Die “Zoë” was hacked on Tuesday, and thieves stole the lists of all passengers from it.\n", "utf-8"
    )
    done = incidex("label", str(path), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "“Zoë”" in done.stdout.decode("utf-8")


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'"{sys.executable}" -c "{PROGRAM}" label -q examples examples | head -n 1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no /dev/full.")
def test_a_full_disk_is_named() -> None:
    command = [sys.executable, "-c", PROGRAM, "label", "-q", "examples"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr == "error: The results cannot be written: No space left on device.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("closed", "said"),
    [
        pytest.param("<&-", "error: Standard input is empty.", id="standard input"),
        pytest.param(">&-", "error: The results cannot be written: standard output is closed.", id="standard output"),
        pytest.param("2>&-", "", id="standard error"),
    ],
)
def test_a_closed_stream_is_no_traceback(closed: str, said: str) -> None:
    source = "-" if closed == "<&-" else "-q examples missing.txt"
    command = f'exec "{sys.executable}" -c "{PROGRAM}" label {source} {closed}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr


def test_an_interrupt_is_130_without_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Keyboard()))
    assert main(["label", "-"]) == 130
    assert "".join(capsys.readouterr()).strip() == ""


def test_a_defect_is_a_message_with_its_place_and_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("incidex.cli.commands.label.open_items", lambda *_, **__: 1 / 0)
    assert main(["label", "a.txt"]) == 3
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(
        "error: An internal error: ZeroDivisionError: division by zero (incidex/cli/commands/label.py"
    )
    assert second.startswith("  This is a defect of Incidex.")
