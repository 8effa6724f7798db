"""Settings: which place counts, what paths in a file mean, and mistakes in it."""

from pathlib import Path

import click
import pytest

from incidex.cli import app, main
from incidex.cli.support.settings import defaults, settings
from incidex.store import open_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's folder of settings; the current folder is another one beside it."""
    for name in ("INCIDEX_STORE", "INCIDEX_MODEL", "INCIDEX_COLOR", "INCIDEX_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "case" / "bundle").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "case")
    return tmp_path / "home"


def test_without_a_file_there_are_none(home: Path) -> None:
    assert settings() == {}


def test_the_nearest_place_that_has_a_setting_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "bundle").mkdir()
    (home / "incidex.toml").write_text('store = "mine.sqlite"\nmodel = "bundle"\ncolor = "never"\n', "utf-8")
    assert settings() == {"store": str(home / "mine.sqlite"), "model": str(home / "bundle"), "color": "never"}
    Path("incidex.toml").write_text('store = "case.sqlite"\ncolor = "auto"\n', "utf-8")
    case = Path.cwd()
    assert settings() == {"store": str(case / "case.sqlite"), "model": str(home / "bundle"), "color": "auto"}
    monkeypatch.setenv("INCIDEX_COLOR", "always")
    monkeypatch.setenv("INCIDEX_STORE", "other.sqlite")
    monkeypatch.setenv("INCIDEX_MODEL", "bundle")
    assert settings() == {"model": str(case / "bundle"), "color": "always"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param('store = "postgresql://db.example/x"', "names a store outside its folder", id="server"),
        pytest.param('store = "../elsewhere.sqlite"', "names a store outside its folder", id="above"),
        pytest.param('store = "~/elsewhere.sqlite"', "names a store outside its folder", id="home"),
        pytest.param('model = "bundle"', "names a model", id="model"),
    ],
)
def test_a_file_that_may_come_with_an_archive_sends_reports_nowhere(
    home: Path, content: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("incidex.toml").write_text(content, "utf-8")
    assert main(["incidents"]) == 2
    assert words in capsys.readouterr().err
    monkeypatch.setenv("INCIDEX_CONFIG", "incidex.toml")
    assert settings()


def test_another_file_can_be_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("incidex.toml").write_text('color = "never"\n', "utf-8")
    (home / "other.toml").write_text('store = "postgresql://jo@db.example/incidents"\n', "utf-8")
    monkeypatch.setenv("INCIDEX_CONFIG", str(home / "other.toml"))
    assert settings() == {"store": "postgresql://jo@db.example/incidents"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("store = ", "incidex.toml is not TOML in UTF-8", id="no TOML"),
        pytest.param("stroe = 'a'", "unknown setting 'stroe'. There are store, model, color", id="unknown"),
        pytest.param("color = 'red'", "color cannot be 'red'. Choose one of auto, always, never", id="colour"),
        pytest.param("store = 7", 'store has to be text, such as store = "harbour.sqlite"', id="number"),
        pytest.param("store = ''", "store has to be text", id="empty"),
        pytest.param("store = 'mysql://db.example/x'", "incidex.toml: ", id="unsupported database"),
        pytest.param("model = 'none'", "none, which is not a folder", id="no folder"),
        pytest.param("[store]\nplace = 'a'", "store has to be text", id="table"),
    ],
)
def test_mistakes_are_wrong_usage(home: Path, content: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("incidex.toml").write_text(content, "utf-8")
    assert main(["incidents"]) == 2
    assert words in capsys.readouterr().err


def test_a_file_that_is_named_and_missing_is_wrong_usage(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDEX_CONFIG", "none.toml")
    with pytest.raises(click.UsageError, match="none.toml cannot be read: No such file"):
        settings()


def test_help_of_the_whole_needs_no_settings(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("incidex.toml").write_text("store = ", "utf-8")
    assert main([]) == 0
    assert main(["--version"]) == 0
    assert "Usage: incidex" in capsys.readouterr().out


def test_a_command_uses_the_store_of_the_file_unless_an_option_names_another(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("incidex.toml").write_text('store = "case.sqlite"\n', "utf-8")
    for name in ("case.sqlite", "other.sqlite"):
        open_store(name).close()
    assert main(["ignore", "Acme News", "--author", "jo"]) == 0
    assert main(["ignore", "Other News", "--author", "jo", "--store", "other.sqlite"]) == 0
    capsys.readouterr()
    with open_store("case.sqlite") as case, open_store("other.sqlite") as other:
        assert case.ignored() == ("Acme News",)
        assert other.ignored() == ("Other News",)


def test_each_command_gets_the_settings_that_it_has_options_for() -> None:
    made = defaults(app, {"store": "a", "model": "b", "color": "never"})
    assert made["label"] == {"model": "b", "color": "never"}
    assert made["add"] == {"store": "a", "model": "b"}
    assert made["model"]["info"] == {"model": "b"}
    assert made["schema"] == {}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_script_that_completes_commands(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("click.shell_completion.BashComplete._check_version", lambda _: None)
    monkeypatch.setenv("_INCIDEX_COMPLETE", f"{shell}_source")
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 0
    assert "_INCIDEX_COMPLETE" in capsys.readouterr().out
