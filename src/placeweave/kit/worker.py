"""The worker: takes tasks off the queue, shows that it is alive, and gives a dead worker's task to a living one."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from placeweave.kit import analyses, imports, kept, regular
from placeweave.kit.models import WorkerPulse

PULSES_MISSED = 5
"""How many times in a row a worker fails to say that it is alive before it is held to be dead."""
MOST_ATTEMPTS = 3


def dead_after() -> timedelta:
    """Say how long a worker may be silent before it is held to be dead."""
    return timedelta(seconds=PULSES_MISSED * settings.WORKER_PULSE_SECONDS)


def beat(worker_id: str) -> None:
    """Say that this worker is alive."""
    WorkerPulse.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})


@transaction.atomic
def reap() -> int:
    """Put the running tasks of dead workers back into the queue; give how many there were.

    A task is tried at most three times, so that one which kills its worker does not do so for ever.
    """
    alive = set(WorkerPulse.objects.filter(seen_at__gte=timezone.now() - dead_after()).values_list("pk", flat=True))
    orphans = [
        one
        for one in DBTaskResult.objects.running().select_for_update(skip_locked=True)
        if not one.worker_ids or one.worker_ids[-1] not in alive
    ]
    for orphan in orphans:
        _requeue(orphan)
    WorkerPulse.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()
    return len(orphans)


def _requeue(orphan: DBTaskResult[Any, Any]) -> None:
    gave_up = len(orphan.worker_ids) >= MOST_ATTEMPTS
    orphan.status = TaskResultStatus.FAILED if gave_up else TaskResultStatus.READY
    orphan.finished_at = timezone.now() if gave_up else None
    orphan.save(update_fields=["status", "finished_at"])
    if not gave_up or orphan.task_path == regular.PATH:  # regular work comes round again by itself
        return
    [pk] = orphan.args_kwargs["args"]
    if orphan.task_path.endswith("run_analysis"):
        analyses.give_up(pk)
    else:
        imports.give_up(pk, _("This was started three times and stopped each time before it was done."))


class _Pulse(threading.Thread):
    """Beat and reap beside the work, on a database connection of its own."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True, name="pulse")
        self.worker_id = worker_id
        self.stopped = threading.Event()
        self.rounds = regular.Rounds(time.monotonic())

    def run(self) -> None:
        """Beat until told to stop; a busy database only delays the next beat."""
        while not self.stopped.wait(settings.WORKER_PULSE_SECONDS):
            try:
                beat(self.worker_id)
                reap()
                self.rounds.begin(time.monotonic())
            except (OperationalError, InterfaceError):
                close_old_connections()
        connection.close()


def work(*, until_empty: bool = False, interval: float = 0.5) -> None:
    """Run tasks until told to stop (or, with ``until_empty``, until none waits)."""
    worker_id = get_random_string(32)
    beat(worker_id)
    reap()
    kept.sweep()
    pulse = _Pulse(worker_id)
    pulse.start()
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    if threading.current_thread() is threading.main_thread() and not until_empty:
        worker.configure_signals()
    try:
        worker.run()
    finally:
        pulse.stopped.set()
        WorkerPulse.objects.filter(pk=worker_id).delete()
