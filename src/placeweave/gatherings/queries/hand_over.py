"""Reads of hand-overs: who runs a session, who comes to it, what happened last time and what is parked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from placeweave.gatherings.models import HandOver, Parked, Session, SignUp
from placeweave.gatherings.queries import series
from placeweave.places.models import Member, Sector


def hand_over(session: Session) -> HandOver | None:
    """Give what was handed over for a session, if anything was."""
    return HandOver.objects.select_related("stand_in__person").filter(session=session).first()


def is_run_by(session: Session, member: Member) -> bool:
    """Tell whether somebody runs a session: its host, or whoever stands in for them."""
    if session.host_id is not None and session.host_id == member.pk:
        return True
    return HandOver.objects.filter(session=session, stand_in__isnull=False, stand_in_id=member.pk).exists()


def carried(session: Session) -> QuerySet[Parked]:
    """Give what is parked and open: in this session, and in those of its series before it."""
    before = series.earlier(session).order_by().values("pk")
    rows = Parked.objects.open().filter(Q(session=session) | Q(session__in=before))
    return rows.select_related("session", "parked_by__person")


def settled(session: Session) -> QuerySet[Parked]:
    """Give what was parked in this session or its series before, and settled; the last first."""
    before = series.earlier(session).order_by().values("pk")
    rows = Parked.objects.exclude(settled_at=None).filter(Q(session=session) | Q(session__in=before))
    return rows.select_related("session", "settled_by__person").order_by("-settled_at", "-pk")


@dataclass(frozen=True)
class Coming:
    """Who comes, as whoever runs the session may know it; the needs are given to nobody else."""

    people: int
    offered: int
    waiting: int
    sectors: Sequence[tuple[str, int]]
    organisations: Sequence[str]
    needs: Sequence[SignUp]


def coming(session: Session, *, for_host: bool) -> Coming:
    """Count who has a place, by sector, and beside it who may yet come; for the host also what each of them needs."""
    reached = list(session.sign_ups.reached().order_by("turn"))
    there = [one for one in reached if one.state == SignUp.State.COMING]
    by_sector: dict[str, int] = {}
    for one in there:
        label = str(Sector(one.sector).label) if one.sector else ""
        by_sector[label] = by_sector.get(label, 0) + one.party
    return Coming(
        people=sum(one.party for one in there),
        offered=sum(one.party for one in reached if one.state == SignUp.State.OFFERED),
        waiting=sum(one.party for one in reached if one.state == SignUp.State.WAITING),
        sectors=sorted(by_sector.items(), key=lambda pair: (-pair[1], pair[0])),
        organisations=sorted({one.organisation for one in there if one.organisation}, key=str.casefold),
        needs=[one for one in there if one.access_needs or one.dietary] if for_host else [],
    )
