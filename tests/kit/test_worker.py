"""A task whose worker was killed is finished by another, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from placeweave.kit import analyses, imports, worker
from placeweave.kit.analyses import Finding, Kind, Parameters, Report
from placeweave.kit.imports import Upload
from placeweave.kit.models import Analysis, Batch, BatchQuestion, WorkerPulse


def one(place_id: int, parameters: Parameters, report: Report) -> Finding:
    return Finding({"one": 1}, n=1)


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def analysis(settings: LazySettings, member_with: Any) -> Any:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    analyses.register(Kind("one", "one@1", lambda *_: [], "tests.kit.test_worker.one"))
    convener = member_with()
    yield analyses.ask_for(place_id=convener.place_id, kind="one", parameters={}, by=convener)
    analyses._kinds.pop("one")


def died_in_flight(times: int = 1) -> DBTaskResult[Any, Any]:
    task = DBTaskResult.objects.get()
    for number in range(times):
        task.claim(f"dead-{number}")
    WorkerPulse.objects.create(worker_id=f"dead-{times - 1}", seen_at=timezone.now() - timedelta(minutes=1))
    return task


def test_the_task_of_a_dead_worker_is_finished_by_the_next(analysis: Analysis) -> None:
    task = died_in_flight()
    Analysis.objects.update(state=Analysis.State.RUNNING)
    worker.work(until_empty=True)
    task.refresh_from_db()
    analysis.refresh_from_db()
    assert (task.status, analysis.state) == (TaskResultStatus.SUCCESSFUL, Analysis.State.DONE)
    assert len(task.worker_ids) == 2


def test_the_task_of_a_living_worker_is_left_alone(analysis: Analysis) -> None:
    task = DBTaskResult.objects.get()
    task.claim("alive")
    worker.beat("alive")
    assert worker.reap() == 0


def test_a_task_that_kills_its_worker_three_times_is_given_up_in_words(analysis: Analysis) -> None:
    task = died_in_flight(times=3)
    worker.work(until_empty=True)
    task.refresh_from_db()
    analysis.refresh_from_db()
    assert (task.status, analysis.state) == (TaskResultStatus.FAILED, Analysis.State.FAILED)
    assert "three times" in analysis.failure


def test_a_file_whose_reader_died_is_read_whole_by_the_next(settings: LazySettings, member_with: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    convener = member_with()
    text = b"text\n" + b"".join(b"Voice %d\n" % n for n in range(50))
    options = {"columns": {"text": "text"}}
    batch = imports.stage_later(
        format="contributions", upload=Upload("a.csv", text), place_id=convener.place_id, options=options, by=convener
    )
    BatchQuestion.objects.create(batch=batch)  # answered already, so that it is read into its preview
    died_in_flight()
    Batch.objects.update(progress=0.5)
    worker.work(until_empty=True)
    batch.refresh_from_db()
    assert (batch.state, batch.totals["rows"], batch.rows.count()) == (Batch.State.STAGED, 50, 50)


def test_a_file_whose_reader_dies_three_times_is_refused_in_words(settings: LazySettings, member_with: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    convener = member_with()
    batch = imports.stage_later(
        format="contributions",
        upload=Upload("a.csv", b"text\nx\n"),
        place_id=convener.place_id,
        options={},
        by=convener,
    )
    died_in_flight(times=3)
    worker.reap()
    batch.refresh_from_db()
    assert (batch.state, "three times" in batch.failure) == (Batch.State.REFUSED, True)


def test_what_is_asked_for_is_queued_in_the_same_transaction(settings: LazySettings, member_with: Any) -> None:
    """A process may die between a commit and whatever was to follow it, so nothing follows."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    convener = member_with()
    with transaction.atomic():
        imports.stage_later(
            format="contributions", upload=Upload("a.csv", b"x"), place_id=convener.place_id, options={}, by=convener
        )
        assert DBTaskResult.objects.count() == 1
