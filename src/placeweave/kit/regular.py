"""Work that comes round by itself: the worker begins each piece now and then, and the piece decides if it is due.

A piece must be safe to run as often as one likes, and by several workers at once: it keeps what it did with its own
records, because a clock of ours would forget with the process that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

FIRST_AFTER = 10
"""Seconds after which a worker that has just started begins the first round."""
HOURLY = 60 * 60
KEPT_FOR = timedelta(hours=1)
PATH = "placeweave.kit.regular.run_regular"


@dataclass(frozen=True)
class Regular:
    """One piece of regular work.

    ``run`` is the dotted path of a function without arguments, loaded by the worker; ``every`` so many seconds.
    """

    name: str
    run: str
    every: float = HOURLY


_known: dict[str, Regular] = {}


def register(regular: Regular) -> None:
    """Make a piece of work known; called once, when its room's application is ready."""
    _known[regular.name] = regular


@task()
def run_regular(name: str) -> None:
    """Run one piece; one that is no longer known is left out."""
    if name in _known:
        import_string(_known[name].run)()


class Rounds:
    """When each piece comes round next, by the clock of one worker."""

    def __init__(self, now: float) -> None:
        self._due = dict.fromkeys(_known, now + FIRST_AFTER)

    def begin(self, now: float) -> None:
        """Queue every piece that is due and does not wait in the queue already."""
        due = [name for name, moment in self._due.items() if moment <= now and name in _known]
        if due:
            queue(due)
        self._due |= {name: now + _known[name].every for name in due}


def queue(names: Sequence[str]) -> None:
    """Queue pieces of work, leaving out those that wait already, and forget the rounds of days gone by."""
    ours = DBTaskResult.objects.filter(task_path=PATH)
    ours.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    waiting = ours.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    queued = {name for one in waiting for name in one.args_kwargs["args"]}
    for name in names:
        if name not in queued:
            run_regular.enqueue(name)
