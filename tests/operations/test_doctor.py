"""The doctor says what is well, what is not, and what to do about it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from placeweave.kit.models import WorkerPulse
from placeweave.operations import doctor

pytestmark = pytest.mark.django_db


def test_a_disk_almost_full_is_a_failure() -> None:
    assert doctor.look_at_disk(100 * 1024**2).state == "failure"
    assert doctor.look_at_disk(1024**3).state == "attention"
    assert doctor.look_at_disk(50 * 1024**3).state == "ok"


def test_debug_pages_are_a_failure(settings: LazySettings) -> None:
    settings.DEBUG = True
    assert doctor.look_at_settings().state == "failure"


def test_an_unencrypted_address_needs_attention(settings: LazySettings) -> None:
    settings.PUBLIC_URL, settings.DEMO = "http://localhost:8000", False
    assert doctor.look_at_settings().state == "attention"
    settings.PUBLIC_URL, settings.REQUIRE_SECOND_FACTOR = "https://weave.example.org", True
    assert doctor.look_at_settings().state == "ok"


def test_a_key_others_can_read_is_a_failure(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME, settings.SECRET_KEY = tmp_path, "k" * 64
    key = tmp_path / "secret-key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    finding = doctor.look_at_key()
    assert finding.state == "failure"
    assert "chmod 600" in finding.advice
    key.chmod(0o600)
    assert doctor.look_at_key().state == "ok"


def test_missing_browser_files_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "find", lambda name: None)
    assert doctor.look_at_browser_files().state == "failure"


def test_a_mail_server_out_of_reach_is_a_failure(settings: LazySettings) -> None:
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp://127.0.0.1:1", "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert doctor.look_at_mail().state == "failure"


def test_tables_of_this_version_are_well() -> None:
    assert doctor.look_at_database().state == "ok"


def wait_in_queue(*, minutes: int) -> None:
    DBTaskResult.objects.create(
        task_path="placeweave.kit.analyses.run_analysis",
        args_kwargs={"args": [1], "kwargs": {}},
        backend_name="default",
        queue_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=minutes))


def test_work_without_a_worker_is_a_failure() -> None:
    assert doctor.look_at_queue().state == "attention"
    wait_in_queue(minutes=0)
    assert doctor.look_at_queue().state == "failure"


def test_long_waiting_work_needs_attention() -> None:
    WorkerPulse.objects.create(worker_id="one")
    wait_in_queue(minutes=9)
    finding = doctor.look_at_queue()
    assert finding.state == "attention"
    assert "9 minutes" in finding.sentence


def test_a_living_worker_and_an_empty_queue_are_well() -> None:
    WorkerPulse.objects.create(worker_id="one")
    assert doctor.look_at_queue().state == "ok"


def test_a_failure_ends_with_one_and_is_told_to_machines(settings: LazySettings) -> None:
    settings.DEBUG = True
    answer = CliRunner().invoke(doctor.doctor, ["--json"])
    assert answer.exit_code == 1
    assert {"thing", "state", "sentence", "advice"} == set(json.loads(answer.stdout)[0])
