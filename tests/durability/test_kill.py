"""kill -9 of web and worker: nothing acknowledged is lost, nothing is half applied, the queue finishes."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django_tasks_db.models import DBTaskResult

from placeweave.formats.tables import Sheet, write_xlsx
from tests.durability.installation import PATIENCE, Installation, running, wait_until
from tests.listening.files import zipped

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("durability"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

PEOPLE, STATEMENTS, EACH = 1_000, 60, 30
FORMS = 25
QUEUE = DBTaskResult._meta.db_table
IMPORTED = "SELECT COUNT(*) FROM kit_auditentry WHERE verb = 'imported'"
WORKER, WEB = "placeweave.cli worker", "granian"
THINGS = ["the bus", "the pier", "the school", "the clinic", "the broadband", "the ferry", "the hall", "the shop"]
SAID = ["comes late", "is shut in winter", "feels far away", "costs too much", "is where we meet", "needs a roof"]


@pytest.fixture(scope="module")
def installation(seeded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("kill") / "home", like=seeded) as made:
        yield made


def polis() -> bytes:
    chance = random.Random(1)
    said = "".join(f"1600000000,{one},1,0,0,1,Statement {one}\n" for one in range(STATEMENTS))
    votes = "".join(
        f"{1600000000 + person * 60 + turn},{statement},{person},{chance.choice((-1, 0, 1))}\n"
        for person in range(PEOPLE)
        for turn, statement in enumerate(chance.sample(range(STATEMENTS), EACH))
    )
    comments = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n" + said
    return zipped({"comments.csv": comments, "votes.csv": "timestamp,comment-id,voter-id,vote\n" + votes})


def words(count: int) -> bytes:
    chance = random.Random(2)
    lines = [
        f"{n},{chance.choice(THINGS)} {chance.choice(SAID)} and {chance.choice(THINGS)} {chance.choice(SAID)},public"
        for n in range(count)
    ]
    return write_xlsx({"Words": Sheet(("id", "text", "scope"), [line.split(",") for line in lines])})


def state(installation: Installation, batch: int) -> str:
    return str(installation.one(f"SELECT state FROM kit_batch WHERE id = {batch}"))


def is_running(installation: Installation, task: str) -> bool:
    found = installation.rows(f"SELECT task_path FROM {QUEUE} WHERE status = 'RUNNING'")
    return any(path.endswith(task) for (path,) in found)


def kill_worker_during(installation: Installation, task: str, *, after: float = 0.4) -> None:
    """Wait until the task is in somebody's hands, let it go some way, and kill the one who does it."""
    wait_until(lambda: is_running(installation, task), f"{task} runs")
    time.sleep(after)
    installation.kill(WORKER)


def page_says(installation: Installation, path: str, sentence: str) -> None:
    answer = installation.get(path)
    assert (answer.status, sentence in answer.body) == (200, True), answer.body[:3000]


def every_task_finished_once(installation: Installation) -> None:
    sql = f"SELECT status FROM {QUEUE}"
    wait_until(lambda: {one for (one,) in installation.rows(sql)} == {"SUCCESSFUL"}, "the queue finishes")


def read(installation: Installation, name: str, content: bytes, format: str) -> int:  # noqa: A002
    """Have a file read while the worker is killed in the middle of it."""
    batch = installation.upload(name, content, format)
    kill_worker_during(installation, "read_batch")
    wait_until(lambda: state(installation, batch) == "staged", "the file is read")
    return batch


def bring_in(installation: Installation, batch: int, table: str) -> None:
    """Bring a read file in while the worker is killed in the middle of it."""
    before = installation.one(f"SELECT COUNT(*) FROM {table}")
    installation.post(f"/p/kill/imports/{batch}/accept/")
    kill_worker_during(installation, "accept_batch", after=0.7)
    if state(installation, batch) == "applying":
        assert installation.one(f"SELECT COUNT(*) FROM {table}") == before, "half of the file was applied"
    wait_until(lambda: state(installation, batch) == "accepted", "the file is brought in")
    page_says(installation, f"/p/kill/imports/{batch}/", "This is what the file did.")


def test_a_large_polis_export_comes_in_whole_though_the_worker_dies_twice(installation: Installation) -> None:
    told = installation.one(IMPORTED)
    bring_in(installation, read(installation, "vote.zip", polis(), "polis"), "listening_vote")
    assert installation.one("SELECT COUNT(*) FROM listening_vote") == PEOPLE * EACH
    assert installation.one("SELECT COUNT(*) FROM listening_statement") == STATEMENTS
    assert installation.one(IMPORTED) == told + 1
    every_task_finished_once(installation)


def test_words_come_in_once_and_are_compared_once_though_the_worker_dies(installation: Installation) -> None:
    batch = installation.upload("words.xlsx", words(1_500), "contributions")
    kill_worker_during(installation, "read_batch")
    wait_until(lambda: state(installation, batch) == "asking", "the file is read as far as its columns")
    said = {f"column_{name}": header for name, header in (("text", "text"), ("scope", "scope"), ("external_id", "id"))}
    silent = {"default_voice_type": "lived_experience", "default_scope": "1", "default_naming": "only_in_themes"}
    assert installation.post(f"/p/kill/imports/{batch}/answer/", **said, **silent).status == 302
    kill_worker_during(installation, "read_batch")
    wait_until(lambda: state(installation, batch) == "staged", "the file is read")
    assert installation.one(f"SELECT COUNT(*) FROM kit_batchrow WHERE batch_id = {batch}") == 1_500
    assert installation.one("SELECT COUNT(*) FROM listening_contribution WHERE batch_id IS NOT NULL") == 0
    bring_in(installation, batch, "listening_contribution")
    assert installation.one(f"SELECT COUNT(*) FROM listening_contribution WHERE batch_id = {batch}") == 1_500
    assert installation.post("/p/kill/themes/suggested/ask/", level="mid").status == 302
    kill_worker_during(installation, "run_analysis", after=1.0)
    answered = "SELECT state FROM kit_analysis WHERE kind = 'themes'"
    wait_until(lambda: installation.one(answered) not in {"queued", "running"}, "the analysis is over")
    assert installation.rows(answered) == [("done",)]
    found = installation.rows("SELECT engine_id FROM themes_suggestion")
    assert found
    assert len(found) == len(set(found)), "a theme was suggested twice"
    every_task_finished_once(installation)


def captures(installation: Installation, acknowledged: list[str]) -> None:
    path = f"/p/kill/heard/{installation.talk}/add/"
    for n in range(FORMS):
        values = {"text": f"Kept {n}", "voice_type": "lived_experience", "scope": "3", "naming": "anonymous"}
        assert installation.post_stubbornly(path, **values).status == 302
        acknowledged.append(f"Kept {n}")


def reports(installation: Installation, acknowledged: list[str]) -> None:
    path = f"/p/kill/action/{installation.promise}/update/"
    for n in range(FORMS):
        assert installation.post_stubbornly(path, words=f"Word {n}", state="").status == 302
        acknowledged.append(f"Word {n}")


def test_what_was_acknowledged_is_there_once_though_the_web_server_dies(installation: Installation) -> None:
    """Two people press their buttons, and again when nothing comes back; the server is killed between."""
    acknowledged: list[str] = []
    people = [
        threading.Thread(target=one, args=(installation, acknowledged), daemon=True) for one in (captures, reports)
    ]
    for one in people:
        one.start()
    for wanted in (8, 24):
        wait_until(lambda wanted=wanted: len(acknowledged) >= wanted, "some forms are answered")
        installation.kill(WEB)
    for one in people:
        one.join(PATIENCE)
    kept = [text for (text,) in installation.rows("SELECT text FROM listening_contribution WHERE batch_id IS NULL")]
    kept += [words for (words,) in installation.rows("SELECT words FROM action_update")]
    assert sorted(kept) == sorted(acknowledged)
    assert len(kept) == 2 * FORMS
    counted = installation.one("SELECT COUNT(*) FROM kit_auditentry WHERE verb = 'updated'")
    assert counted == FORMS, "each deed is written down with itself"
