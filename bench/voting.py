"""Let hundreds of phones vote at once on a real installation of this machine, and say how it fared.

Run ``python bench/voting.py`` from the root of the repository: on SQLite, or on the server that ``DATABASE_URL`` names
(``scripts/with-postgres .venv/bin/python bench/voting.py``). Three rounds:

open loop
    ``--phones`` phones, each voting about every two seconds for ``--seconds``, while a wall polls the result of one
    statement: errors, time to the answer, and from a vote's answer to the wall.
closed loop
    four connections vote as fast as they are answered, for one person after another, one answer in ten a change of
    mind: CPU of the web process for each vote, the least and the middle of five rounds.
kills
    the web process is killed ``--kills`` times while phones vote and send again what was not answered: every vote that
    was acknowledged must be there once.

Traffic goes to the loopback address alone, is bounded in count and time, and ends with the script.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.durability.installation import CSRF, Installation, scratch_database, wait_until

from placeweave.operations import ports

CODE = "heather-42"
PAUSE = 2.0
LINES = 4
"""Connections of the closed loop."""
ROUNDS = 5
"""Times the closed loop is measured: others may use the machine, so the least is told beside the middle one."""
CHANGES = 10
"""One answer in so many changes an earlier one."""
STUBBORN = 100
"""Phones that vote while the server is killed. Each round has people of its own, so no round finds another's votes."""
SEED = """
import django; django.setup()
from placeweave.operations.prepare import prepare
prepare()
from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.listening.models import Conversation, Participant, Room, Statement, Voting
from placeweave.places.services import add_place, Steward
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests import factories
place = add_place(slug="kill", name="Kill", by=Steward(account=None))
member = factories.MemberFactory(place=place, standing=Standing.CONVENER, account__name="Kirsty")
talk = Conversation.objects.create(place=place, title="Voting", method="statements")
Statement.objects.bulk_create(
    Statement(conversation=talk, text=f"Claim number {n}", moderation="accepted", origin="host")
    for n in range(STATEMENTS)
)
voting = Voting.objects.create(conversation=talk, code=CODE, state="open")
room = Room.objects.create(voting=voting, title="Hall", showing="statement",
                           statement=talk.statements.first(), opened_by=member)
Participant.objects.bulk_create(
    Participant(conversation=talk, external_id=str(n), token_digest=links.digest(f"token-{n}"), room=room)
    for n in range(PEOPLE)
)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(member.account.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = member.account.get_session_auth_hash()
session.save()
print(session.session_key, talk.pk, *talk.statements.values_list("pk", flat=True))
"""


@dataclass
class Hall:
    """The installation, its statements, and what was sent and seen."""

    installation: Installation
    statements: list[int]
    conversation: int
    acknowledged: dict[tuple[int, int, int], int] = field(default_factory=dict)
    on_the_wall: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    until: float = 0.0
    """When phones stop voting, by the monotonic clock."""

    def clear(self) -> None:
        """Forget what was measured, keeping what was acknowledged."""
        self.took.clear()
        self.errors.clear()


class Line:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, cookie: str, body: str = "", etag: str = "") -> tuple[int, str, bytes]:
        """Send one request and read its answer; a broken line is opened anew by the next one."""
        try:
            return await asyncio.wait_for(self._ask(method, path, cookie, body, etag), 20)
        except BaseException:
            self.close()
            raise

    async def _ask(self, method: str, path: str, cookie: str, body: str, etag: str) -> tuple[int, str, bytes]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookie}; csrftoken={CSRF}"]
        head += [f"X-CSRFToken: {CSRF}", "Accept: application/json", f"Content-Length: {len(body)}"]
        head += ["Content-Type: application/x-www-form-urlencoded"] * bool(body)
        head += [f"If-None-Match: {etag}"] * bool(etag)
        self.writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        await self.writer.drain()
        status = int((await self.reader.readline()).split()[1])
        headers = {}
        while (line := await self.reader.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        content = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return status, headers.get("etag", ""), content

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            with suppress(OSError):
                self.writer.close()
        self.reader = self.writer = None


async def vote(hall: Hall, line: Line, person: int, statement: int, turn: int) -> bool:
    """Send one vote; say whether it was acknowledged."""
    value = random.choice(("agree", "agree", "disagree", "pass"))
    body = f"statement={statement}&value={value}&turn={turn}"
    began = time.perf_counter()
    try:
        status, _etag, content = await line.ask("POST", f"/v/{CODE}/answer/", f"placeweave_voter=token-{person}", body)
    except (OSError, EOFError, IndexError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
        hall.errors.append(type(error).__name__)
        return False
    hall.took.append(time.perf_counter() - began)
    if status != 200:
        hall.errors.append(f"{status} {content[:120]!r}")
        return False
    key = (person, statement, turn)
    hall.acknowledged[key] = hall.acknowledged.get(key, 0) + 1
    if statement == hall.statements[0] and turn == 1:
        hall.on_the_wall.append(time.monotonic())
    return True


async def phone(hall: Hall, person: int, *, stubborn: bool = False) -> None:
    """Vote about every two seconds, through all statements and then anew; a stubborn phone sends again what failed."""
    line = Line(hall.installation.port)
    chance = random.Random(person)
    await asyncio.sleep(chance.random() * PAUSE)
    turn = 0
    while time.monotonic() < hall.until:
        turn += 1
        for statement in chance.sample(hall.statements, len(hall.statements)):
            while not await vote(hall, line, person, statement, turn) and stubborn and time.monotonic() < hall.until:
                await asyncio.sleep(0.2 + 0.3 * chance.random())
            if time.monotonic() >= hall.until:
                break
            await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE)
    line.close()


async def wall(hall: Hall, lags: list[float]) -> None:
    """Poll the wall once a second, as the projector's page does, and time how late each vote is counted on it.

    The wall says how many have answered its statement: once it says N, the first N acknowledged answers are on it.
    """
    line = Line(hall.installation.port)
    page = hall.installation.get(f"/p/kill/heard/{hall.conversation}/wall/").body
    path = re.findall(r"/wall/[^\"/]+/", page)[0]
    etag, seen = "", 0
    while time.monotonic() < hall.until:
        status, fresh, content = await line.ask("GET", path, "", etag=etag)
        if status not in {200, 304}:
            hall.errors.append(f"wall {status}")
        found = re.search(rb"([\d,]+) have answered", content)
        if status == 200 and found:
            etag, now = fresh, time.monotonic()
            shown = int(found[1].replace(b",", b""))
            lags.extend(now - moment for moment in hall.on_the_wall[seen:shown])
            seen = max(seen, min(shown, len(hall.on_the_wall)))
        await asyncio.sleep(1.0)
    line.close()


def cpu_seconds(hall: Hall) -> float:
    """Give the CPU time of the web server's processes so far."""
    tick = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid in hall.installation.children("granian"):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / tick
    return total


async def together(many: list[Awaitable[None]]) -> None:
    """Run all of them at once."""
    await asyncio.gather(*many)


async def hurry(hall: Hall, people: range) -> None:
    """Vote for one person after another as fast as the answers come."""
    line = Line(hall.installation.port)
    for person in people:
        for n, statement in enumerate(hall.statements):
            is_change = n % CHANGES == CHANGES - 1
            await vote(hall, line, person, hall.statements[n - 1] if is_change else statement, 2 if is_change else 1)
    line.close()


def lost_or_doubled(hall: Hall) -> tuple[int, int]:
    """Look every acknowledged vote up in the database: how many are not there, how many are there twice."""
    sql = """SELECT p.external_id, v.statement_id, v.turn, COUNT(*) FROM listening_vote v
             JOIN listening_participant p ON p.id = v.participant_id GROUP BY p.external_id, v.statement_id, v.turn"""
    kept = {(int(person), statement, turn): n for person, statement, turn, n in hall.installation.rows(sql)}
    standing = hall.installation.rows(
        "SELECT participant_id, statement_id FROM listening_vote WHERE is_standing GROUP BY 1, 2 HAVING COUNT(*) > 1"
    )
    lost = sum(1 for key in hall.acknowledged if key not in kept)
    return lost, sum(1 for n in kept.values() if n > 1) + len(standing)


def quantile(numbers: list[float], share: float) -> float:
    """Give a quantile in milliseconds."""
    return 1000 * statistics.quantiles(numbers, n=100)[round(share * 100) - 1] if len(numbers) > 1 else float("nan")


def kill_now_and_then(hall: Hall, times: int) -> int:
    """Kill the web server's processes, each time once phones have voted for a while; then let the phones finish."""
    killed = 0
    for _ in range(times):
        time.sleep(random.uniform(4, 6))
        with suppress(AssertionError):
            hall.installation.kill("granian")
            killed += 1
        wait_until(
            lambda: ports.answers("127.0.0.1", hall.installation.port), "the web server answers again", seconds=60
        )
    hall.until = time.monotonic() + 2 * PAUSE
    return killed


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Hall]:
    """Serve a scratch installation with a voting in it."""
    with tempfile.TemporaryDirectory() as folder, scratch_database(Path(folder)) as url:
        made = Installation(Path(folder), url)
        people = stubborn_people(arguments).stop
        seed = f"STATEMENTS, PEOPLE, CODE = {arguments.statements}, {people}, {CODE!r}\n{SEED}"
        told = subprocess.run(
            [sys.executable, "-c", seed], env=made.environment(), check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split()
        made.session = told[0]
        try:
            made.start()
            yield Hall(made, [int(key) for key in told[2:]], int(told[1]))
        finally:
            made.stop()


def measure(arguments: argparse.Namespace) -> int:
    """Run the three rounds and print what came of them."""
    with opened(arguments) as hall:
        kind = "PostgreSQL" if hall.installation.database_url.startswith("postgres") else "SQLite"
        print(f"{kind}, {os.cpu_count()} cores, load and server on the same machine")
        failures = open_loop(hall, arguments) + closed_loop(hall, arguments) + with_kills(hall, arguments)
    return 1 if failures else 0


def open_loop(hall: Hall, arguments: argparse.Namespace) -> int:
    """Let all phones vote about every two seconds, with the wall looking on."""
    lags: list[float] = []
    hall.until = time.monotonic() + arguments.seconds
    people = [phone(hall, person) for person in range(arguments.phones)]
    asyncio.run(together([*people, wall(hall, lags)]))
    print(
        f"open loop: {arguments.phones} phones, {arguments.seconds} s, {len(hall.took)} votes, "
        f"{len(hall.errors)} errors {hall.errors[:3]}; p50 {quantile(hall.took, 0.5):.0f} ms, "
        f"p95 {quantile(hall.took, 0.95):.0f} ms, p99 {quantile(hall.took, 0.99):.0f} ms; from the answer to the wall "
        f"p95 {quantile(lags, 0.95):.0f} ms (n = {len(lags)})"
    )
    failures = len(hall.errors)
    hall.clear()
    return failures


def closed_loop(hall: Hall, arguments: argparse.Namespace) -> int:
    """Let four connections vote as fast as they can, and count the CPU of each vote."""
    each = arguments.votes // (LINES * len(hall.statements))
    costs, rates = [], []
    for part in range(ROUNDS * LINES)[::LINES]:
        firsts = [arguments.phones + (part + line) * each for line in range(LINES)]
        voted, before, began = len(hall.took), cpu_seconds(hall), time.perf_counter()
        asyncio.run(together([hurry(hall, range(first, first + each)) for first in firsts]))
        n = max(1, len(hall.took) - voted)
        costs.append(1000 * (cpu_seconds(hall) - before) / n)
        rates.append(n / (time.perf_counter() - began))
    print(
        f"closed loop: {ROUNDS} rounds, {len(hall.took)} votes on {LINES} connections, {len(hall.errors)} errors; "
        f"{max(rates):.0f} votes/s, CPU a vote {min(costs):.2f} ms at the least, {statistics.median(costs):.2f} ms in "
        f"the middle; p95 {quantile(hall.took, 0.95):.0f} ms"
    )
    failures = len(hall.errors)
    hall.clear()
    return failures


def stubborn_people(arguments: argparse.Namespace) -> range:
    """Number those who vote while the server is killed: they come after everybody of the other rounds."""
    first: int = arguments.phones + ROUNDS * arguments.votes // arguments.statements
    return range(first, first + STUBBORN)


def with_kills(hall: Hall, arguments: argparse.Namespace) -> int:
    """Kill the web server again and again while people vote."""
    hall.acknowledged.clear()
    hall.until = time.monotonic() + arguments.kills * 60

    async def both() -> int:
        phones = [phone(hall, person, stubborn=True) for person in stubborn_people(arguments)]
        killing = asyncio.to_thread(kill_now_and_then, hall, arguments.kills)
        killed, *_ = await asyncio.gather(killing, *phones)
        return killed

    killed = asyncio.run(both())
    lost, doubled = lost_or_doubled(hall)
    print(
        f"kills: the web server was killed {killed} times; {len(hall.acknowledged)} votes acknowledged, "
        f"{lost} of them lost, {doubled} doubled ({len(hall.errors)} sent again)"
    )
    return lost + doubled


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--phones", type=int, default=600)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--statements", type=int, default=100)
    parser.add_argument("--votes", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    return measure(parser.parse_args())


if __name__ == "__main__":
    raise SystemExit(main())
