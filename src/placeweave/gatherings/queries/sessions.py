"""Reads of sessions: what is coming, what was, and how full each is."""

from __future__ import annotations

from datetime import datetime

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from placeweave.gatherings.models import Cohort, Letter, Session, SignUp
from placeweave.kit.access import TEAM
from placeweave.places.models import Member, Place


def _people(*states: SignUp.State) -> Coalesce:
    rows = SignUp.objects.filter(session=OuterRef("pk"), state__in=states).order_by().values("session")
    return Coalesce(Subquery(rows.annotate(people=Sum("party")).values("people")), 0, output_field=IntegerField())


def sessions(place: Place) -> QuerySet[Session]:
    """Give the sessions of a place with how many people come, have an offer, and wait."""
    states = SignUp.State
    return (
        Session.objects.filter(place=place)
        .select_related("cohort__programme", "host__person")
        .annotate(
            people_coming=_people(states.COMING),
            people_offered=_people(states.OFFERED),
            people_waiting=_people(states.WAITING),
        )
    )


def in_the_days(place: Place, first: datetime, last: datetime) -> QuerySet[Session]:
    """Give the sessions that take place between two moments; drafts are among them, cancelled ones are not."""
    return sessions(place).filter(begins_at__range=(first, last)).exclude(state=Session.State.CANCELLED)


def of_cohorts() -> QuerySet[Session]:
    """Give the sessions that cohorts learn in, of every place: those that people know of, and that stand."""
    return Session.objects.filter(cohort__isnull=False, state__in=[Session.State.OPEN, Session.State.HELD])


def cohorts(place: Place) -> QuerySet[Cohort]:
    """Give the cohorts a session may belong to."""
    return Cohort.objects.filter(programme__place=place).select_related("programme")


def hosts(place: Place) -> QuerySet[Member]:
    """Give those who may run a session."""
    return (
        Member.objects.current()
        .filter(place=place, standing__in=TEAM)
        .select_related("person")
        .order_by("person__name")
    )


def sign_ups(session: Session) -> QuerySet[SignUp]:
    """Give those who come, have an offer or wait, in their order."""
    return session.sign_ups.reached().order_by("turn")


def unposted(session: Session) -> int:
    """Count the letters that could not be posted."""
    return Letter.objects.filter(event__session=session, given_up_at__isnull=False).count()


def public(code: str) -> Session | None:
    """Find the session that a public address names; a draft is not there yet."""
    found = Session.objects.filter(~Q(state=Session.State.DRAFT), code=code)
    return found.select_related("place", "host__person").first()
