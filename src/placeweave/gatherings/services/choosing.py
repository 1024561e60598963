"""Asking the engine whom to offer a place, and sending the offers in the order that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Application, Cohort, Opening
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services.applying import give_way
from placeweave.gatherings.services.cohort_log import Kind, note, own
from placeweave.kit import analyses, audit
from placeweave.kit.analyses import Parameters
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Analysis
from placeweave.places.models import Member

KIND = "cohort"
ENGINE = "cohort 1"
"""The engine's own name with its version, written here too so that only the worker loads it; a test compares them."""
COMPUTE = "placeweave.gatherings.jobs.cohorts.compute"
OPEN_TO_CHOICE = frozenset({Cohort.State.OPEN, Cohort.State.OFFERS})
State = Application.State


def topic_of(cohort: Cohort) -> str:
    """Name the analyses of one cohort."""
    return str(cohort.pk)


def basis(place_id: int, parameters: Parameters) -> Sequence[Any]:
    """Give what a choice depends on: who has a place or waits, what each of them is, and what is wished for."""
    cohort = Cohort.objects.get(pk=parameters["cohort"], programme__place=place_id)
    columns = ("pk", "state", "asked_at", "sector", "neighbourhood", "organisation", "kept")
    people = cohort.applications.reached().order_by("pk").values_list(*columns)
    wanted = cohort.targets.order_by("pk").values_list("aspect", "value", "least", "most")
    return [cohort.capacity, cohort.most_of_one, *map(list, people), *map(list, wanted)]


def latest(cohort: Cohort) -> Analysis | None:
    """Give the newest choice of a cohort, or the one under way."""
    return analyses.latest(cohort.programme.place_id, KIND, topic_of(cohort))


@transaction.atomic
def ask_for_choice(*, cohort: Cohort, by: Member) -> Analysis:
    """Have it worked out, in the background, whom to offer a place and in which order the others would enter.

    Raises
    ------
    NotReady
        If nobody can be chosen now: too early, too late, nobody waits, or no place is free.
    """
    mine = own(cohort, by)
    if mine.state not in OPEN_TO_CHOICE:
        raise NotReady(_("A choice is made once people have applied, and before the cohort begins."))
    waiting = mine.applications.filter(state=State.WAITING).exclude(kept=Application.Kept.OUT).count()
    if not waiting or not queries.free(mine):
        raise NotReady(_("There is nobody to choose: nobody waits, or no place is free."))
    parameters = {"cohort": mine.pk, "seed": mine.pk}
    place_id = mine.programme.place_id
    return analyses.ask_for(place_id=place_id, kind=KIND, topic=topic_of(mine), parameters=parameters, by=by)


@transaction.atomic
def send_offers(*, cohort: Cohort, choice: int, by: Member) -> Cohort:
    """Offer places to those who were chosen, in their order, and tell the others which place on the list is theirs.

    Raises
    ------
    NotReady
        If somebody applied, left or was decided on since the choice ``choice`` was made, or it is no longer the newest.
    """
    mine = own(cohort, by)
    found = latest(mine)
    if mine.state not in OPEN_TO_CHOICE or found is None or found.pk != choice or found.state != Analysis.State.DONE:
        raise NotReady(_("This choice is not the newest any more. Look at it again before offers go out."))
    if analyses.is_out_of_date(found):
        raise NotReady(_("Something changed since this was worked out. Have it worked out anew before offers go out."))
    told: Mapping[str, Any] = found.result or {}
    mine.state, mine.version = Cohort.State.OFFERS, mine.version + 1
    mine.save(update_fields=["state", "version"])
    facts = {name: told[name] for name in ("shortfalls", "proved")} | {"engine": found.engine, "seed": found.seed}
    note(mine, None, Kind.CHOSEN, facts=facts | {"offers": len(told["members"]), "applied": found.n})
    _in_order(mine, told, now=timezone.now())
    audit.write(by=by, place_id=mine.programme.place_id, verb="sent offers", subject=mine, summary=mine.title)
    return mine


def _in_order(cohort: Cohort, told: Mapping[str, Any], *, now: datetime) -> None:
    people = cohort.applications.in_bulk()
    for rank, pk in enumerate(told["members"], start=1):
        people[pk].rank = rank
        offer(cohort, people[pk], now=now)
    for rank, row in enumerate(told["waiting"], start=1):
        one = people[row["id"]]
        one.rank = rank
        one.save(update_fields=["rank"])
        note(cohort, one, Kind.RANKED, rank=rank, facts={name: row[name] for name in row if name != "id"})


def offer(cohort: Cohort, one: Application, *, now: datetime, like: str | None = None) -> None:
    """Keep a place for somebody until a deadline; ``like`` is the sector of whoever gave it up."""
    free, rank = queries.free(cohort), one.rank
    until = now + timedelta(hours=cohort.offer_hours)
    begins = queries.first_begins(cohort)
    one.state, one.offer_until = State.OFFERED, min(until, begins) if begins and begins > now else until
    one.save(update_fields=["state", "offer_until", "rank"])
    facts = {} if like is None else {"like": like}
    note(cohort, one, Kind.OFFERED, free=free, rank=rank, until=one.offer_until, facts=facts)


def lapse_due(cohort: Cohort, *, now: datetime) -> None:
    """Take back the offers whose deadline has passed; each leaves a place for somebody like the one who had it."""
    for one in cohort.applications.filter(state=State.OFFERED, offer_until__lte=now).order_by("offer_until", "pk"):
        note(cohort, one, Kind.LAPSED, until=one.offer_until)
        give_way(cohort, one)
        one.state, one.offer_until, one.rank = State.LAPSED, None, None
        one.save(update_fields=["state", "offer_until", "rank"])


def offer_on(cohort: Cohort, one: Application, *, opening: Opening | None, now: datetime) -> None:
    """Offer a place that is free to whoever is next."""
    if opening is not None:
        opening.filled_at = now
        opening.save(update_fields=["filled_at"])
    offer(cohort, one, now=now, like=opening.sector if opening else None)
