"""Serve an installation: the web server and the worker, started and stopped as one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

import click
from django.db import connections

from placeweave.kit.worker import work
from placeweave.operations import ports
from placeweave.operations.prepare import prepare
from placeweave.operations.supervisor import Service, Supervisor

DEFAULT_PORT = 8000


def say(sentence: str) -> None:
    """Tell the operator something at once, even through a pipe."""
    click.echo(sentence)
    sys.stdout.flush()


def web(host: str, port: int) -> Service:
    """Say how the web server is started: one process with two threads, as more would mostly wait for one another."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2"]
    command += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning", "--host", host, "--port", str(port)]
    return Service("web server", (*command, "placeweave.wsgi:application"))


def background() -> Service:
    """Say how the worker is started."""
    return Service("worker", (sys.executable, "-m", "placeweave.cli", "worker"))


def run(host: str, port: int, *, announce: Callable[[], None]) -> None:
    """Run web server and worker until told to stop."""
    connections.close_all()  # from here on, only the processes started here speak to the database
    supervisor = Supervisor([web(host, port), background()], say=say)
    supervisor.run(is_ready=lambda: ports.answers(host, port), announce=announce)
    say("Stopped. Everything is kept.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
def serve(host: str, port: int) -> None:
    """Start the web server and the worker, until Ctrl-C."""
    if not ports.is_free(host, port):
        raise click.ClickException(f"Something else already listens on {host}:{port}. Choose another with --port.")
    prepare()
    # The processes started from here write this address into the links they send.
    address = os.environ.setdefault("PLACEWEAVE_URL", f"http://{ports.known_as(host)}:{port}")
    run(host, port, announce=lambda: say(f"placeweave runs at {address} (listening on {host}:{port})."))


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when no task waits.")
def worker(*, until_empty: bool) -> None:
    """Work through the queue: analyses and large imports."""
    # Stopping is not worth a warning; what fails is told as an error.
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    work(until_empty=until_empty)
