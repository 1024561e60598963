"""Kill the worker that posts letters again and again, and count what a real mail server of this machine was given.

Run ``python bench/mail.py`` from the root of the repository: on SQLite, or on the server that ``DATABASE_URL`` names
(``scripts/with-postgres .venv/bin/python bench/mail.py``). A series of sessions is called off that ``--people`` people
signed up for, each for some of them. A process of its own posts the letters to a small SMTP server on the loopback
address, and is killed (-9) after a random while, ``--kills`` times, then let finish. Counted are:

left out
    people who were given no letter. There may be none.
doubles
    letters the server took more than once: those whose worker died between the server's answer and the mark. SMTP
    cannot tell such a worker whether its letter arrived, so some there will be.
doubles by number
    the same, counting only those that came under another message number. There may be none: by the number, mail
    programs know the second copy for what it is.

Half of the kills are aimed: the server ends the worker in the very moment in which it has taken a letter.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.durability.installation import Installation, scratch_database

SEED = """
import django; django.setup()
import random
from placeweave.operations.prepare import prepare
prepare()
from placeweave.gatherings import services
from placeweave.gatherings.models import Letter
from placeweave.gatherings.services import calling_off
from placeweave.kit import links
from tests import factories
chance, by = random.Random(3), factories.MemberFactory()
sessions = [factories.SessionFactory(place=by.place, capacity=2000) for _one in range(SESSIONS)]
for number in range(PEOPLE):
    for session in chance.sample(sessions, chance.randint(1, SESSIONS)):
        wish = services.Wish(name=f"P{number}", email=f"p{number}@example.org")
        services.sign_up(session=session, wish=wish, key=links.new_key())
Letter.objects.all().delete()
calling_off.call_off(place=by.place, sessions=[one.pk for one in sessions], by=by)
"""
POST = """
import django; django.setup()
import os, sys, time
from datetime import timedelta
from django.db import connections
from placeweave.gatherings.models import Letter
from placeweave.gatherings.services import letters
letters.CLAIMED_FOR, letters.MOST_TRIES = timedelta(seconds=0.2), 10_000
def post_all():
    while Letter.objects.filter(sent_at=None).exists():
        letters.post()
        Letter.objects.filter(sent_at=None, tries__gt=1).update(tries=1)  # or each kill puts a letter off twice as long
        time.sleep(0.02)
while True:  # what is killed is a process of its own, that has not to load everything anew
    worker = os.fork()
    if worker == 0:
        post_all()
        os._exit(0)
    print(worker, flush=True)
    if os.waitpid(worker, 0)[1] == 0:
        break
"""


class Server:
    """As much of a mail server as it takes to be posted to, on a thread of its own."""

    def __init__(self, aimed: int) -> None:
        self.taken: list[tuple[str, str]] = []
        self.aimed = aimed
        self.worker = 0
        self.chance = random.Random(5)
        self.port = 0
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._speak, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._listen(reader, writer)
        writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        to = ""
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                self._take(to, await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    def _take(self, to: str, content: bytes) -> None:
        """Take a letter, and perhaps end whoever brought it before they hear that it was taken."""
        number = re.search(rb"Message-ID: (\S+)", content)
        self.taken.append((to, number[1].decode() if number else ""))
        if self.aimed and self.chance.random() < 0.2:
            self.aimed -= 1
            _kill(self.worker)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def measure(people: int, sessions: int, kills: int) -> None:
    """Call a series off, post it under fire, and print the counts."""
    with tempfile.TemporaryDirectory(prefix="placeweave-mail-") as folder, scratch_database(Path(folder)) as url:
        server = Server(kills // 2)
        installation = Installation(Path(folder), url)
        environment = installation.environment() | {"PLACEWEAVE_SMTP": f"smtp://127.0.0.1:{server.port}"}
        seed = f"PEOPLE, SESSIONS = {people}, {sessions}\n{SEED}"
        subprocess.run([sys.executable, "-c", seed], env=environment, check=True)
        with subprocess.Popen([sys.executable, "-c", POST], env=environment, stdout=subprocess.PIPE, text=True) as post:
            workers = _under_fire(server, post, kills - kills // 2)
        _tell(server, people, workers - 1, url)


def _under_fire(server: Server, post: subprocess.Popen[str], kills: int) -> int:
    """Kill each worker a random while after it has begun, until there were enough; give how many there were."""
    chance, workers = random.Random(7), 0
    for line in post.stdout or ():
        server.worker, workers = int(line), workers + 1
        if kills:
            kills -= 1
            time.sleep(chance.uniform(0, 0.4))
            _kill(server.worker)
    return workers


def _tell(server: Server, people: int, killed: int, url: str) -> None:
    letters = Counter(to for to, _number in server.taken)
    numbers = {to: {number for one, number in server.taken if one == to} for to in letters}
    left_out = people - len(letters)
    doubles = sum(count - 1 for count in letters.values())
    by_number = sum(len(found) - 1 for found in numbers.values())
    print(f"{url.partition(':')[0]}: {people} people, {killed} kills: {left_out} left out, {doubles} doubles,")
    print(f"{by_number} doubles by number; the server took {len(server.taken)} letters")
    if left_out or by_number:
        raise SystemExit(1)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=400)
    asked.add_argument("--sessions", type=int, default=4)
    asked.add_argument("--kills", type=int, default=40)
    given = asked.parse_args()
    measure(given.people, given.sessions, given.kills)
