"""Reads along a series: the sessions of one cohort, one after the other. A session without a cohort stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from placeweave.gatherings.models import Material, Preparation, Session


def earlier(session: Session) -> QuerySet[Session]:
    """Give the sessions of the series that came before, the last one first; drafts and cancelled ones left out."""
    if session.cohort_id is None:
        return Session.objects.none()
    rows = Session.objects.filter(cohort=session.cohort_id, begins_at__lt=session.begins_at)
    return rows.filter(state__in=[Session.State.OPEN, Session.State.HELD]).order_by("-begins_at", "-pk")


def last_time(session: Session) -> Session | None:
    """Give the session that came before this one."""
    return earlier(session).select_related("preparation", "hand_over").first()


@dataclass(frozen=True)
class GettingReady:
    """What somebody who comes to a session reads: before it, and once it has begun."""

    purpose: str
    pre_work: str
    materials: list[Material]
    from_last_time: str
    """The practice task of the session before."""
    to_practise: str
    """The practice task of this one, told once it has begun."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.purpose or self.pre_work or self.materials or self.from_last_time or self.to_practise)


def getting_ready(session: Session, *, now: datetime) -> GettingReady:
    """Gather what people get ready with."""
    said = preparation(session) or Preparation()
    return GettingReady(
        purpose=said.purpose,
        pre_work=said.pre_work,
        materials=list(session.materials.all()),
        from_last_time=_task(last_time(session)),
        to_practise=said.practice_task if session.begins_at <= now else "",
    )


def preparation(session: Session) -> Preparation | None:
    """Give what was said to prepare for a session, if anything was."""
    return Preparation.objects.filter(session=session).first()


def _task(session: Session | None) -> str:
    said: Preparation | None = getattr(session, "preparation", None)
    return said.practice_task if said else ""
