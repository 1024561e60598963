"""The demonstration: the example place, loaded once, with a sign-in link for each of its personas."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from placeweave.example.load import load
from placeweave.kit.models import Account
from placeweave.operations import doors, ports
from placeweave.operations.prepare import migrations_due, prepare
from placeweave.operations.serve import DEFAULT_PORT, run, say

MARKER = "this-is-a-demonstration"
"""The file by which a folder says that nothing in it is real, so that it may be thrown away."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--reset", is_flag=True, help="Take everything back to the beginning, and stop there.")
def demo(host: str, port: int, *, reset: bool) -> None:
    """Start placeweave with its example place, and print a sign-in link for each persona."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        raise click.ClickException("The demonstration keeps to SQLite. Unset DATABASE_URL and start it again.")
    home = Path(settings.HOME)
    _refuse_real(home)
    with _alone(home):
        if reset:
            _clear(home)
        _fill()
        if reset:
            say("The demonstration is back at its beginning. Start it with: make demo")
            return
        _serve(host, port)


def _refuse_real(home: Path) -> None:
    """Keep the demonstration out of an installation that people use."""
    if not (home / MARKER).exists() and _has_real_accounts(home):
        raise click.ClickException(
            f"{home} is used by real people. Name another folder: PLACEWEAVE_HOME=demo make demo"
        )
    home.mkdir(parents=True, exist_ok=True)
    (home / MARKER).touch()


def _has_real_accounts(home: Path) -> bool:
    if not (home / "placeweave.sqlite3").exists():
        return False
    try:
        return Account.objects.exclude(email__in=_emails()).exists()
    except DatabaseError:  # no tables yet
        return False


def _emails() -> list[str]:
    return [persona.email for persona in doors.personas()]


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the folder, so that two demonstrations never write to it, nor is one cleared while it runs."""
    with (home / MARKER).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise click.ClickException(
                f"A demonstration already runs in {home}. Stop it first, with Ctrl-C."
            ) from taken
        yield


def _clear(home: Path) -> None:
    connections.close_all()
    for path in home.iterdir():
        # The key stays: this process, and any that starts after it, must read the same one.
        if path.name in {MARKER, "secret-key"}:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _fill() -> None:
    """Lay the tables, and load the example place where it is not there yet."""
    if migrations_due():
        say("Laying the tables")
    prepare()
    if Account.objects.filter(email__in=_emails()).exists():
        return
    say("Loading Clachan, the made-up example place")
    with transaction.atomic():
        load()


def _serve(host: str, port: int) -> None:
    free = ports.first_free(host, port)
    if free is None:
        raise click.ClickException(f"No port from {port} to {port + ports.TRIES - 1} is free on {host}.")
    if free != port:
        say(f"Port {port} is taken; using {free}.")
    address = f"http://{ports.known_as(host)}:{free}"
    os.environ["PLACEWEAVE_URL"] = address  # the processes started from here write it into links
    run(host, free, announce=lambda: _announce(address))


def _announce(address: str) -> None:
    say(f"\nplaceweave runs at {address}\n\nSee it through the eyes of")
    for persona in doors.personas():
        say(f"  {persona.part:<12} {persona.name}\n    {address}{doors.address_for(persona)}")
    say("\nEverything you change is kept; make demo-reset starts over. Stop with Ctrl-C.")
