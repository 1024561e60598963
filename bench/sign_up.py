"""Let two hundred people take the same places in one moment on a real installation of this machine, and count them.

Run ``python bench/sign_up.py`` from the root of the repository: on SQLite, or on the server that ``DATABASE_URL`` names
(``scripts/with-postgres .venv/bin/python bench/sign_up.py``). Each round has sessions of its own:

last place
    ``--people`` forms are sent at once to half as many sessions that have one place left: of each two people one must
    get it, and the other be the first who waits.
one room
    ``--people`` forms, in parties of one to four, are sent at once for a room of a quarter as many places.
coming and going
    the same, while those who have a place give it up at once, those who were offered one take it, and the worker
    passes on what nobody took. While it lasts the database is looked at again and again: places given out may never be
    more than there are. At the end no place may be free that somebody waits for and fits into.

One round is as many forms as one network may send in ten minutes. Traffic goes to the loopback address alone, is
bounded in count and time, and ends with the script.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.durability.installation import Installation, scratch_database

SEED = """
import django; django.setup()
from placeweave.operations.prepare import prepare
prepare()
from placeweave.places.services import add_place, Steward
from tests import factories
place = add_place(slug="kill", name="Kill", by=Steward(account=None))
for places in PLACES:
    made = factories.SessionFactory(place=place, capacity=places)
    print(made.pk, made.code)
"""
HELD = "('coming', 'offered')"
OVERFULL = f"""
    SELECT session.id FROM gatherings_session session JOIN gatherings_signup one ON one.session_id = session.id
    WHERE one.state IN {HELD} GROUP BY session.id, session.capacity HAVING SUM(one.party) > session.capacity
"""
STANDING = """
    SELECT one.session_id, session.capacity, one.state, one.party FROM gatherings_signup one
    JOIN gatherings_session session ON session.id = one.session_id ORDER BY one.session_id, one.turn
"""
Room = tuple[int, str]
"""The number of a session, and the code of its address."""


class Desk:
    """Where forms are handed in: what was sent, how long each took, and what went wrong."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.took: list[float] = []
        self.errors: list[str] = []
        self.overfull = 0

    def at_once(self, deeds: Sequence[Callable[[], object]]) -> None:
        """Do all of it in one moment, each on a line of its own."""
        gate = threading.Barrier(len(deeds))

        def wait_and_do(deed: Callable[[], object]) -> None:
            gate.wait()
            deed()

        with ThreadPoolExecutor(len(deeds)) as pool:
            list(pool.map(wait_and_do, deeds))

    def sign_up(self, code: str, party: int = 1) -> str:
        """Send a form; give the address of one's own page."""
        began = time.perf_counter()
        answer = self.installation.post(f"/g/{code}/", name="A", email="a@example.org", party=party)
        self.took.append(time.perf_counter() - began)
        if answer.status != 302:
            self.errors.append(f"{answer.status}")
        return answer.location

    def come_and_go(self, code: str, party: int, chance: float) -> None:
        """Sign up; then take what was offered, or give up what one has."""
        own = self.sign_up(code, party)
        for _time in range(3):
            deed = "leave" if chance < 0.5 else "accept"
            answer = self.installation.post(f"{own}{deed}/")
            if answer.status >= 500:
                self.errors.append(f"{deed} {answer.status}")

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look again and again whether a session is overfull, for as long as the block lasts."""
        done = threading.Event()

        def look() -> None:
            while not done.wait(0.05):
                self.overfull += len(self.installation.rows(OVERFULL))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def standing(self, session: int) -> tuple[int, list[tuple[str, int]]]:
        """Give the places of a session, and who stands where with how many, in their turn."""
        found = [one[1:] for one in self.installation.rows(STANDING) if one[0] == session]
        return found[0][0], [(state, party) for _places, state, party in found]


def free_though_wanted(places: int, standing: Sequence[tuple[str, int]]) -> int:
    """Count the parties that wait though what is free is enough for them."""
    left = places - sum(party for state, party in standing if state in {"coming", "offered"})
    return sum(1 for state, party in standing if state == "waiting" and party <= left)


def last_place(desk: Desk, rooms: Sequence[Room]) -> int:
    """Two people for each last place."""
    desk.at_once([partial(desk.sign_up, code) for _number, code in rooms for _two in range(2)])
    wrong = [number for number, _code in rooms if desk.standing(number)[1] != [("coming", 1), ("waiting", 1)]]
    print(f"last place: {2 * len(rooms)} forms at once for {len(rooms)} sessions; went wrong in {len(wrong)}")
    return len(wrong)


def one_room(desk: Desk, room: Room, parties: Sequence[int]) -> int:
    """Everybody for one room."""
    with desk.watched():
        desk.at_once([partial(desk.sign_up, room[1], party) for party in parties])
    return told("one room", desk, room, len(parties))


def coming_and_going(desk: Desk, room: Room, parties: Sequence[int]) -> int:
    """Everybody for one room, while half give up their places and the others take what is offered."""
    deeds = [partial(desk.come_and_go, room[1], party, random.random()) for party in parties]
    with desk.watched():
        desk.at_once(deeds)
    return told("coming and going", desk, room, len(parties))


def told(name: str, desk: Desk, room: Room, sent: int) -> int:
    """Say how a round ended; give how many claims do not hold."""
    places, standing = desk.standing(room[0])
    lost, free = sent - len(standing), free_though_wanted(places, standing)
    held = sum(party for state, party in standing if state in {"coming", "offered"})
    print(
        f"{name}: {sent} forms at once for {places} places; {len(standing)} kept, {held} places given out, "
        f"{sum(state == 'waiting' for state, _party in standing)} parties wait; {desk.overfull} times overfull, "
        f"{free} parties wait though they fit"
    )
    return lost + free + desk.overfull


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    pairs = asked.people // 2
    one_round = [1] * pairs + [asked.people // 4] * 2
    with opened(one_round * asked.rounds) as (desk, rooms):
        kind = "PostgreSQL" if desk.installation.database_url.startswith("postgres") else "SQLite"
        print(f"{kind}, {os.cpu_count()} cores, people and server on the same machine")
        wrong = 0
        for number in range(asked.rounds):
            mine = rooms[number * len(one_round) :][: len(one_round)]
            parties = [random.Random(f"{number} {one}").choice((1, 1, 1, 2, 3, 4)) for one in range(asked.people)]
            wrong += last_place(desk, mine[:pairs])
            wrong += one_room(desk, mine[pairs], parties) + coming_and_going(desk, mine[pairs + 1], parties)
        print(
            f"{len(desk.took)} forms, {len(desk.errors)} errors {desk.errors[:3]}; answered within "
            f"{statistics.median(desk.took):.1f} s in the middle, {max(desk.took):.1f} s at the most"
        )
    return 1 if wrong or desk.errors else 0


@contextmanager
def opened(places: Sequence[int]) -> Iterator[tuple[Desk, list[Room]]]:
    """Serve a scratch installation with sessions of so many places in it."""
    with tempfile.TemporaryDirectory() as folder, scratch_database(Path(folder)) as url:
        made = Installation(Path(folder), url)
        seed = f"PLACES = {list(places)}\n{SEED}"
        lines = subprocess.run(
            [sys.executable, "-c", seed], env=made.environment(), check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()
        try:
            made.start()
            yield Desk(made), [(int(number), code) for number, code in (line.split() for line in lines)]
        finally:
            made.stop()


if __name__ == "__main__":
    raise SystemExit(main())
