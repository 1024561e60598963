"""A real installation in a scratch folder: web and worker as processes of their own, to be killed by tests."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import dj_database_url
import psycopg

from placeweave.operations import ports

CSRF = "k" * 32
PATIENCE = 180.0
"""How long something may take that will happen: the machine may be doing much else."""

SEED = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from placeweave.operations.prepare import prepare
prepare()
from placeweave.places.services import add_place, Steward
from tests import factories
from placeweave.places.models import Place
place = add_place(slug="kill", name="Kill", by=Steward(account=None))
member = factories.MemberFactory(place=place, account__name="Kirsty")
talk = factories.ConversationFactory(place=place, title="At the door")
promise = factories.CommitmentFactory(place=place, number=1, person=member.person)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(member.account.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = member.account.get_session_auth_hash()
session.save()
print(session.session_key, talk.pk, promise.pk, place.pk)
"""


@dataclass
class Answer:
    """What the web server said."""

    status: int
    location: str
    body: str


@dataclass
class Installation:
    """One installation that serves on this machine alone."""

    home: Path
    database_url: str
    port: int = 0
    supervisor: subprocess.Popen[bytes] | None = None
    session: str = ""
    talk: int = 0
    promise: int = 0

    def environment(self) -> dict[str, str]:
        root = Path(__file__).resolve().parents[2]
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("PLACEWEAVE_")},
            "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
            "DJANGO_SETTINGS_MODULE": "placeweave.settings",
            "PLACEWEAVE_HOME": str(self.home),
            "PLACEWEAVE_SECRET_KEY": "only-for-tests",
            "PLACEWEAVE_SECOND_FACTOR": "0",
            "PLACEWEAVE_WORKER_PULSE": "0.3",
            "DATABASE_URL": self.database_url,
        }

    def seed(self) -> None:
        told = subprocess.run(
            [sys.executable, "-c", SEED],
            env=self.environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        self.session, talk, promise, _place = told.stdout.split()
        self.talk, self.promise = int(talk), int(promise)

    def start(self) -> None:
        self.port = ports.first_free("127.0.0.1", 20_000 + os.getpid() % 20_000) or 0
        command = [sys.executable, "-m", "placeweave.cli", "serve", "--port", str(self.port)]
        with (self.home / "serve.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        wait_until(lambda: ports.answers("127.0.0.1", self.port), "the web server answers")
        wait_until(lambda: bool(self.rows("SELECT 1 FROM kit_workerpulse")), "the worker lives")

    def stop(self) -> None:
        """End every process started here, whatever state the test left them in."""
        children = self.descendants()
        if self.supervisor is not None:
            self.supervisor.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.supervisor.wait(10)
            self.supervisor.kill()
            self.supervisor.wait()
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database beside the product, on a connection of its own."""
        if self.database_url.startswith("sqlite"):
            with closing(sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=20)) as file:
                return file.execute(sql).fetchall()
        with psycopg.connect(**_parameters(self.database_url)) as server:
            return server.execute(sql.encode()).fetchall()

    def one(self, sql: str) -> Any:
        found = self.rows(sql)
        return found[0][0] if found else None

    def descendants(self) -> list[int]:
        if self.supervisor is None:
            return []
        parents = _parents()
        found = [self.supervisor.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found[1:]

    def children(self, word: str) -> list[int]:
        """Find the processes of this installation whose command holds a word."""
        return [pid for pid in self.descendants() if word in _command(pid)]

    def kill(self, word: str) -> None:
        """End processes as a power cut would; only those of this installation, by their ids."""
        found = self.children(word)
        assert found, f"no process of this installation is called {word}"
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "Host": f"127.0.0.1:{self.port}"}
        if kind:
            headers["Content-Type"] = kind
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            found: HTTPResponse = connection.getresponse()
            return Answer(found.status, found.headers.get("Location", ""), found.read().decode(errors="replace"))
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **values: object) -> Answer:
        """Send a form once, with a key of its own unless one is given."""
        values = {"csrfmiddlewaretoken": CSRF, "once": str(uuid.uuid4()), **values}
        return self.ask("POST", path, urlencode(values).encode(), "application/x-www-form-urlencoded")

    def post_stubbornly(self, path: str, **values: object) -> Answer:
        """Send the same form again until it is answered, as somebody pressing the button again would."""
        values = {"once": str(uuid.uuid4()), **values}
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.post(path, **values)
                if answer.status < 500:
                    return answer
            except (OSError, HTTPException):
                pass
            assert time.monotonic() < deadline, f"{path} never answered"
            time.sleep(0.1)

    def upload(self, name: str, content: bytes, format: str) -> int:  # noqa: A002 - the word people use
        edge = uuid.uuid4().hex
        fields = {"csrfmiddlewaretoken": CSRF, "once": str(uuid.uuid4()), "format": format}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, f"\r\n--{edge}--\r\n".encode()])
        answer = self.ask("POST", "/p/kill/imports/add/", body, f"multipart/form-data; boundary={edge}")
        assert answer.status == 302, answer.body[:2000]
        return int(answer.location.rstrip("/").rsplit("/", 1)[1])


def wait_until(is_so: Callable[[], Any], what: str, *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"waited {seconds:g} seconds in vain until {what}"
        time.sleep(0.05)


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                found[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _parameters(url: str) -> dict[str, Any]:
    known = dj_database_url.parse(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {ours: known[theirs] for theirs, ours in names.items() if known.get(theirs)}


@contextmanager
def scratch_database(home: Path, like: str = "") -> Iterator[str]:
    """Give the address of a database, empty or a copy: on the server that DATABASE_URL names, else in the folder."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{home / 'placeweave.sqlite3'}"
        return
    name = f"kill_{uuid.uuid4().hex[:12]}"
    copied = f" TEMPLATE {_parameters(like)['dbname']}" if like else ""
    with psycopg.connect(**_parameters(given), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}{copied}".encode())
        try:
            yield f"{given.rsplit('/', 1)[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def seeded(home: Path) -> Iterator[Installation]:
    """Prepare an installation that others are copied from."""
    with scratch_database(home) as url:
        made = Installation(home, url)
        made.seed()
        yield made


@contextmanager
def running(home: Path, *, like: Installation) -> Iterator[Installation]:
    """Serve a copy of an installation for as long as the block lasts."""
    shutil.copytree(like.home, home)
    with scratch_database(home, like.database_url) as url:
        made = replace(like, home=home, database_url=url)
        try:
            made.start()
            yield made
        finally:
            made.stop()
