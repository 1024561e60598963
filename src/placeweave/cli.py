"""The ``placeweave`` command: every subcommand by name, and what it needs before it can be loaded."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db.utils import DatabaseError

from placeweave import __version__
from placeweave.formats.problems import Unreadable
from placeweave.kit.errors import DomainError


class Home(NamedTuple):
    """Where a subcommand lives, what it is for, and what must be there before it is loaded."""

    module: str
    purpose: str
    needs_rooms: bool = True
    is_demo: bool = False


COMMANDS = {
    "analyse": Home(
        "placeweave.operations.analyse", "Run an analysis on a file, without a database.", needs_rooms=False
    ),
    "demo": Home("placeweave.operations.demo", "Start with the made-up example place.", is_demo=True),
    "doctor": Home("placeweave.operations.doctor", "Check this installation, and say what to do."),
    "export": Home("placeweave.operations.transfer", "Take a file out of a place."),
    "import": Home("placeweave.operations.transfer", "Preview a file, and bring it in on --accept."),
    "manage": Home("placeweave.operations.manage", "Run one of Django's own commands.", needs_rooms=False),
    "place": Home("placeweave.operations.place", "Add a place, and invite people to it."),
    "serve": Home("placeweave.operations.serve", "Start the web server and the worker."),
    "steward": Home("placeweave.operations.place", "Name somebody who runs this installation."),
    "worker": Home("placeweave.operations.serve", "Work through the queue of analyses and large imports."),
}

FUNCTIONS = {"import": "import_file", "export": "export_file"}
"""Subcommands whose name is not a good name for a function."""


class Subcommands(click.Group):
    """Loads a subcommand when it is asked for, so that analyses start without a database or the rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name every subcommand."""
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the subcommands without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].purpose) for name in sorted(COMMANDS)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Find a subcommand by its name."""
        if cmd_name not in COMMANDS:
            return None
        home = COMMANDS[cmd_name]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeweave.settings")
        if home.is_demo:  # before the settings are read
            os.environ["PLACEWEAVE_DEMO"] = "1"
        if home.needs_rooms:
            django.setup()
        command = getattr(importlib.import_module(home.module), FUNCTIONS.get(cmd_name, cmd_name))
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command


@click.group(cls=Subcommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="placeweave")
def placeweave() -> None:
    """Run placeweave: one thread from what people of a place said to what changed."""


def _sentence(error: Exception) -> str:
    """Say in one sentence what an error means for whoever typed the command."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, DomainError):
        return error.sentence
    if isinstance(error, DatabaseError):
        return f"The database does not answer as it should ({_first_line(error)}). Run: placeweave doctor"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror or error}."
    return _first_line(error)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


EXPECTED = (click.ClickException, DomainError, Unreadable, CommandError, ImproperlyConfigured, DatabaseError, OSError)


def _keep_traceback() -> Path:
    """Keep what a programmer needs where the operator can find it, and off the screen."""
    log = Path(os.environ.get("PLACEWEAVE_HOME", "var")).resolve() / "logs" / "errors.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"placeweave {' '.join(sys.argv[1:])}\n{traceback.format_exc()}\n")
    return log


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return int(placeweave.main(arguments, prog_name="placeweave", standalone_mode=False) or 0)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except EXPECTED as error:
        click.echo(f"placeweave: {_sentence(error)}", err=True)
        return 2
    except Exception as defect:  # noqa: BLE001 - the outermost edge: a defect must not show a traceback to an operator
        log = _keep_traceback()
        click.echo(f"placeweave: This should not happen ({_first_line(defect)}); {log} has the details.", err=True)
        return 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, and end with 0 (done), 1 (done, and something needs attention) or 2 (could not be done)."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # sums split over threads differ in their last digits
    sys.exit(_run(arguments))


if __name__ == "__main__":
    main()
