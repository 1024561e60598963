"""kill -9 of the web server while people vote: every vote that was acknowledged is there, and once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest

from tests.durability.installation import CSRF, PATIENCE, Installation, running, wait_until

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("durability"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

PHONES, STATEMENTS, KILLS = 8, 30, 3
SEED = f"""
import django; django.setup()
from placeweave.kit import links
from placeweave.listening.models import Conversation, Participant, Statement, Voting
from placeweave.places.models import Place
talk = Conversation.objects.create(place=Place.objects.get(slug="kill"), title="Voting", method="statements")
for n in range({STATEMENTS}):
    Statement.objects.create(conversation=talk, text=f"Claim {{n}}", moderation="accepted")
Voting.objects.create(conversation=talk, code="heather-42", state="open")
for n in range({PHONES}):
    Participant.objects.create(conversation=talk, external_id=str(n), token_digest=links.digest(f"token-{{n}}"))
print(*talk.statements.values_list("pk", flat=True))
"""


@pytest.fixture(scope="module")
def installation(seeded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("voting") / "home", like=seeded) as made:
        yield made


@dataclass
class Phone:
    """Somebody who answers each statement twice, and sends again whatever was not acknowledged."""

    number: int
    installation: Installation
    acknowledged: list[tuple[int, int, int]] = field(default_factory=list)
    sent_again: int = 0

    def answer_all(self, statements: list[int]) -> None:
        for turn in (1, 2):
            for statement in statements:
                self.answer(statement, turn)

    def answer(self, statement: int, turn: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_kept(statement, turn):
            assert time.monotonic() < deadline, "a vote was never acknowledged"
            self.sent_again += 1
            time.sleep(0.1)
        self.acknowledged.append((self.number, statement, turn))

    def is_kept(self, statement: int, turn: int) -> bool:
        body = urlencode({"statement": statement, "value": "agree", "turn": turn})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "X-CSRFToken": CSRF,
            "Cookie": f"placeweave_voter=token-{self.number}; csrftoken={CSRF}",
        }  # fmt: skip
        connection = HTTPConnection("127.0.0.1", self.installation.port, timeout=20)
        try:
            connection.request("POST", "/v/heather-42/answer/", body, headers)
            found = connection.getresponse()
            content = found.read()
            return found.status == 200 and json.loads(content)["kept"] == [statement]
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def test_no_acknowledged_vote_is_lost_or_doubled_when_the_web_server_is_killed(installation: Installation) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SEED], env=installation.environment(), check=True, capture_output=True, text=True
    )
    statements = [int(key) for key in told.stdout.split()]
    phones = [Phone(n, installation) for n in range(PHONES)]
    threads = [threading.Thread(target=one.answer_all, args=(statements,)) for one in phones]
    for thread in threads:
        thread.start()
    for killed in range(KILLS):
        wanted = (killed + 1) * PHONES * STATEMENTS // 3
        wait_until(lambda wanted=wanted: sum(len(one.acknowledged) for one in phones) >= wanted, "people have voted")
        installation.kill("granian")
    for thread in threads:
        thread.join(PATIENCE * 2)
    acknowledged = {key for one in phones for key in one.acknowledged}
    assert len(acknowledged) == PHONES * STATEMENTS * 2
    kept = installation.rows(
        "SELECT p.external_id, v.statement_id, v.turn FROM listening_vote v "
        "JOIN listening_participant p ON p.id = v.participant_id"
    )
    assert sorted((int(person), statement, turn) for person, statement, turn in kept) == sorted(acknowledged)
    standing = installation.rows("SELECT turn FROM listening_vote WHERE is_standing")
    assert {turn for (turn,) in standing} == {2}
    assert len(standing) == PHONES * STATEMENTS
