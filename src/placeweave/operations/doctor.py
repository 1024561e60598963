"""Look an installation over, and say of each thing whether it is well and what to do if not."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import click
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from placeweave.kit.models import WorkerPulse
from placeweave.kit.worker import dead_after
from placeweave.operations.prepare import migrations_due

State = Literal["ok", "attention", "failure"]

LITTLE_SPACE, TOO_LITTLE_SPACE = 2 * 1024**3, 200 * 1024**2
LONG_WAIT = timedelta(minutes=5)
BROWSER_FILES = ("vendor/design-system/design-system.min.css", "vendor/htmx/htmx.min.js")


@dataclass(frozen=True)
class Finding:
    """What was found about one thing. ``advice`` says what to do, where something is to be done."""

    thing: str
    state: State
    sentence: str
    advice: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
@click.pass_context
def doctor(context: click.Context, *, as_json: bool) -> None:
    """Check settings, database, queue, mail and disk, and say what to do."""
    findings = list(look_over())
    click.echo(json.dumps([asdict(one) for one in findings]) if as_json else "\n".join(map(_line, findings)))
    if any(one.state == "failure" for one in findings):
        context.exit(1)


def _line(finding: Finding) -> str:
    advice = f" {finding.advice}" if finding.advice else ""
    return f"{finding.state:<10} {finding.thing:<14} {finding.sentence}{advice}"


def look_over() -> Iterator[Finding]:
    """Check everything; what needs the database is passed over where there is none."""
    yield look_at_settings()
    yield look_at_key()
    yield look_at_disk(shutil.disk_usage(_nearest(Path(settings.HOME))).free)
    yield look_at_browser_files()
    yield look_at_mail()
    database = look_at_database()
    yield database
    if database.state == "ok":
        yield look_at_queue()
        yield look_at_rate_limits()


def look_at_settings() -> Finding:
    """Check what makes an installation safe to reach from elsewhere."""
    if settings.DEBUG:
        return Finding("settings", "failure", "Debug pages are on and show secrets.", "Unset PLACEWEAVE_DEBUG.")
    if settings.DEMO:
        return Finding("settings", "attention", "This is a demonstration: anyone with a link can sign in.")
    if not settings.PUBLIC_URL.startswith("https://"):
        return Finding(
            "settings",
            "attention",
            f"The address is {settings.PUBLIC_URL}, which is not encrypted.",
            "Before others use it, put it behind HTTPS and set PLACEWEAVE_URL and PLACEWEAVE_HOSTS.",
        )
    if not settings.REQUIRE_SECOND_FACTOR:
        return Finding("settings", "attention", "Conveners may sign in without a second step.")
    return Finding("settings", "ok", f"The address is {settings.PUBLIC_URL}.")


def look_at_key() -> Finding:
    """Check that the secret key is long, and read by nobody else."""
    path = Path(settings.HOME) / "secret-key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("secret key", "failure", f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
    if len(settings.SECRET_KEY) < 40:
        return Finding(
            "secret key",
            "failure",
            "The secret key is short enough to guess.",
            "Unset PLACEWEAVE_SECRET_KEY, and one is made.",
        )
    return Finding("secret key", "ok", "It is long, and only this installation reads it.")


def _nearest(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if one.exists())


def look_at_disk(free: int) -> Finding:
    """Check the space left where the installation keeps everything."""
    gigabytes = f"{free / 1024**3:.1f} GB are free for {settings.HOME}."
    if free < TOO_LITTLE_SPACE:
        return Finding("disk", "failure", gigabytes, "Make space now: soon nothing more can be kept.")
    if free < LITTLE_SPACE:
        return Finding("disk", "attention", gigabytes, "Make space soon.")
    return Finding("disk", "ok", gigabytes)


def look_at_browser_files() -> Finding:
    """Check that the files a browser needs were installed."""
    missing = [name for name in BROWSER_FILES if finders.find(name) is None]
    if missing:
        return Finding("browser files", "failure", f"Missing: {', '.join(missing)}.", "Run: make setup")
    return Finding("browser files", "ok", "They are all there.")


def look_at_mail() -> Finding:
    """Check that mail can leave, without sending any."""
    if not settings.EMAIL_URL:
        return Finding(
            "mail",
            "attention",
            f"No mail server is named; mail is kept as files in {settings.EMAIL_FILE_PATH}.",
            "Set PLACEWEAVE_SMTP, such as smtp+tls://user:password@mail.example.org:587.",
        )
    try:
        with mail.get_connection(timeout=10):
            return Finding("mail", "ok", f"{settings.EMAIL_HOST} takes mail from here.")
    except OSError as error:  # smtplib's errors are OSErrors
        return Finding(
            "mail", "failure", f"{settings.EMAIL_HOST} does not take mail: {error}.", "Check PLACEWEAVE_SMTP."
        )


def look_at_database() -> Finding:
    """Check that the database answers, and that its tables are this version's."""
    try:
        due = migrations_due()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return Finding(
            "database", "failure", f"It does not answer: {reason}.", "Check DATABASE_URL and PLACEWEAVE_HOME."
        )
    if due:
        return Finding(
            "database", "failure", f"Changes of its tables that are due: {due}.", "Run: placeweave manage migrate"
        )
    return Finding("database", "ok", f"{connection.display_name} answers, and its tables are up to date.")


def look_at_queue() -> Finding:
    """Check that a worker lives, and that nothing has waited long."""
    now = timezone.now()
    alive = WorkerPulse.objects.filter(seen_at__gte=now - dead_after()).count()
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at")
    count, oldest = waiting.count(), waiting.first()
    if not alive:
        state: State = "failure" if count else "attention"
        return Finding(
            "queue",
            state,
            f"No worker is running; {count} tasks wait.",
            "Start one: placeweave serve, or placeweave worker.",
        )
    if oldest is not None and now - oldest.enqueued_at > LONG_WAIT:
        minutes = int((now - oldest.enqueued_at).total_seconds() // 60)
        return Finding(
            "queue",
            "attention",
            f"The oldest of {count} waiting tasks has waited {minutes} minutes.",
            "Start one more: placeweave worker",
        )
    return Finding("queue", "ok", f"Workers running: {alive}. Tasks waiting: {count}.")


def look_at_rate_limits() -> Finding:
    """Check that what counts sign-in attempts can count."""
    try:
        cache.set("doctor", "well", timeout=10)
        counted = cache.get("doctor") == "well"
    except DatabaseError:
        counted = False
    if counted:
        return Finding("rate limits", "ok", "Attempts to sign in are counted.")
    return Finding("rate limits", "failure", "Attempts cannot be counted.", "Run: placeweave manage createcachetable")
