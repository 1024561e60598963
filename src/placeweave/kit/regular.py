"""Work that comes round by itself: the worker begins each piece once an hour, and the piece decides whether it is due.

A piece must be safe to run as often as one likes, and by several workers at once: it keeps what it did with its own
records, because a clock of ours would forget with the process that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

FIRST_AFTER, EVERY = 60, 60 * 60
"""Seconds after which a worker that has just started begins the first round, and then each further one."""
PATH = "placeweave.kit.regular.run_regular"


@dataclass(frozen=True)
class Regular:
    """One piece of regular work; ``run`` is the dotted path of a function without arguments, loaded by the worker."""

    name: str
    run: str


_known: dict[str, Regular] = {}


def register(regular: Regular) -> None:
    """Make a piece of work known; called once, when its room's application is ready."""
    _known[regular.name] = regular


@task()
def run_regular(name: str) -> None:
    """Run one piece; one that is no longer known is left out."""
    if name in _known:
        import_string(_known[name].run)()


def begin_round() -> None:
    """Queue every piece that does not wait in the queue already, and forget the rounds of days gone by."""
    ours = DBTaskResult.objects.filter(task_path=PATH)
    ours.filter(finished_at__lt=timezone.now() - timedelta(days=1)).delete()
    waiting = ours.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    queued = {name for one in waiting for name in one.args_kwargs["args"]}
    for name in _known.keys() - queued:
        run_regular.enqueue(name)
