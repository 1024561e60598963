"""A further cohort grown from a waiting list, and the end of a cohort: those who wait are carried over, or told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Application, Cohort, Programme, Target
from placeweave.gatherings.models.cohort import new_code
from placeweave.gatherings.services.cohort_log import Kind, note, own
from placeweave.gatherings.services.cohorts import CohortFacts, begin_cohort, own_programme
from placeweave.kit import audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

State = Application.State


@transaction.atomic
def grow(*, cohort: Cohort, facts: CohortFacts, by: Member) -> Cohort:
    """Open a further cohort for those who wait: they go over with the time they have waited, and the same mix.

    Raises
    ------
    NotReady
        If nobody waits.
    """
    mine = own(cohort, by)
    if not mine.applications.filter(state=State.WAITING).exists():
        raise NotReady(_("Nobody waits for a place in this cohort. Open a new one instead."))
    made = begin_cohort(programme=mine.programme, facts=facts, by=by)
    made.state, made.code, made.grown_from = Cohort.State.OPEN, new_code(), mine
    made.save(update_fields=["state", "code", "grown_from"])
    columns = ("aspect", "value", "least", "most")
    wanted = mine.targets.order_by("pk").values(*columns)
    Target.objects.bulk_create(Target(cohort=made, **one) for one in wanted)
    _carry(mine, made)
    return made


def _carry(old: Cohort, new: Cohort) -> None:
    """Take those who wait over to another cohort; there they have no rank until its order is chosen."""
    for one in old.applications.waiting():
        rank, one.rank, one.cohort = one.rank, None, new
        one.save(update_fields=["rank", "cohort"])
        note(new, one, Kind.CARRIED, rank=rank, facts={"from": old.title})


@transaction.atomic
def close(*, cohort: Cohort, carry_to: Cohort | None, by: Member) -> Cohort:
    """Close a cohort: it stays as it is, and everybody hears of it.

    Whoever waits is carried over to ``carry_to``, or told that no place came. Offers that stand end, and those who had
    one are treated like those who wait.

    Raises
    ------
    Unsound
        If ``carry_to`` is no other cohort of this programme.
    NotReady
        If it is closed, or takes nobody any more.
    """
    if carry_to is not None and (carry_to.pk == cohort.pk or carry_to.programme_id != cohort.programme_id):
        raise Unsound(_("Choose another cohort of the same programme."))
    locked = {one.pk: own(one, by) for one in sorted(filter(None, (cohort, carry_to)), key=lambda one: one.pk)}
    mine, other = locked[cohort.pk], locked[carry_to.pk] if carry_to else None
    if other is not None and other.state == Cohort.State.RUNNING:
        raise NotReady(_("That cohort has begun, and takes nobody any more. Choose another."))
    mine.applications.filter(state=State.OFFERED).update(state=State.WAITING, offer_until=None)
    if other is not None:
        _carry(mine, other)
    _tell(mine)
    mine.openings.filter(filled_at=None).update(filled_at=timezone.now())
    mine.state, mine.closed_at, mine.version = Cohort.State.CLOSED, timezone.now(), mine.version + 1
    mine.save(update_fields=["state", "closed_at", "version"])
    audit.write(by=by, place_id=mine.programme.place_id, verb="closed cohort", subject=mine, summary=mine.title)
    return mine


def _tell(cohort: Cohort) -> None:
    """Write to everybody who has a place or still waits; whoever waited waits no more."""
    for one in cohort.applications.reached():
        note(cohort, one, Kind.CLOSED, rank=one.rank, facts={"had_place": one.state == State.IN})
    cohort.applications.filter(state=State.WAITING).update(state=State.ENDED, rank=None)


@transaction.atomic
def close_programme(*, programme: Programme, by: Member) -> Programme:
    """Close a programme whose cohorts are all closed: for each, somebody decided what becomes of those who wait."""
    mine = own_programme(programme.pk, by)
    still = mine.cohorts.exclude(state=Cohort.State.CLOSED).first()
    if still is not None:
        raise NotReady(_("Close %(title)s first, and say what becomes of those who wait.") % {"title": still.title})
    mine.closed_at, mine.version = timezone.now(), mine.version + 1
    mine.save(update_fields=["closed_at", "version"])
    audit.write(by=by, place_id=mine.place_id, verb="closed programme", subject=mine, summary=mine.title)
    return mine
