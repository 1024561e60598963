"""What goes wrong is one sentence on the error channel, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from placeweave import cli


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, in an installation of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLACEWEAVE_", "DJANGO_"))}
    environment |= {"PLACEWEAVE_HOME": str(home), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "placeweave.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_help_names_every_subcommand_and_makes_nothing(tmp_path: Path) -> None:
    answer = run("--help", home=tmp_path / "home")
    assert answer.returncode == 0
    assert all(name in answer.stdout for name in cli.COMMANDS)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["unheard-of"],
        ["import", "polis"],
        ["export", "bundle", "--place"],
        ["analyse", "themes", "no-such-file.csv"],
        ["manage", "no_such_command"],
        ["serve", "--port", "99999"],
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    answer = run(*arguments, home=tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("placeweave: ")
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_defect_is_kept_in_the_log_and_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLACEWEAVE_HOME", str(tmp_path))
    monkeypatch.setitem(cli.COMMANDS, "doctor", cli.Home("no_such_module", "", needs_rooms=False))
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor"])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert "Traceback" in (tmp_path / "logs" / "errors.log").read_text()
