"""Regular work is begun once a round, by whichever worker comes first, and leaves no rows behind for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from placeweave.kit import regular, worker
from placeweave.kit.regular import Regular

ran: list[str] = []


def note() -> None:
    ran.append("once")


@pytest.fixture
def _queue(db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(regular, "_known", {"note": Regular("note", f"{__name__}.note")})
    ran.clear()


@pytest.mark.usefixtures("_queue")
def test_a_piece_comes_round_when_it_is_due_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[str] = []
    monkeypatch.setattr(regular, "queue", queued.extend)
    rounds = regular.Rounds(0.0)
    for now in (1.0, regular.FIRST_AFTER, regular.FIRST_AFTER + 1.0, regular.FIRST_AFTER + regular.HOURLY):
        rounds.begin(now)
    assert queued == ["note", "note"]


@pytest.mark.usefixtures("_queue")
def test_a_round_queues_nothing_that_waits_already() -> None:
    regular.queue(["note"])
    regular.queue(["note"])
    assert DBTaskResult.objects.filter(task_path=regular.PATH).count() == 1


@pytest.mark.usefixtures("_queue")
def test_a_piece_of_work_runs_and_one_no_longer_known_is_left_out() -> None:
    regular.run_regular.call("note")
    regular.run_regular.call("forgotten")
    assert ran == ["once"]


@pytest.mark.usefixtures("_queue")
def test_rounds_of_days_gone_by_are_forgotten_and_the_last_is_kept() -> None:
    regular.queue(["note"])
    ours = DBTaskResult.objects.filter(task_path=regular.PATH)
    ours.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(days=2))
    regular.queue(["note"])
    assert [one.status for one in ours] == [TaskResultStatus.READY]


@pytest.mark.usefixtures("_queue")
def test_a_piece_that_killed_its_worker_three_times_is_let_go_until_it_comes_round() -> None:
    regular.queue(["note"])
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["a", "b", "c"])
    assert worker.reap() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
