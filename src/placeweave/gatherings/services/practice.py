"""Keep a log of practices tried: one's own, shared as far as one says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings import practices
from placeweave.gatherings.models import Cohort, Tried
from placeweave.gatherings.queries import practice as queries
from placeweave.kit import audit, versions
from placeweave.kit.access import require
from placeweave.kit.errors import Refused, Unsound
from placeweave.places.models import Member

TRIED_LABELS = {
    "on": gettext_lazy("When?"),
    "done": gettext_lazy("What did you do?"),
    "noticed": gettext_lazy("What happened?"),
    "next_step": gettext_lazy("What next?"),
    "sharing": gettext_lazy("Who may read it?"),
    "cohort": gettext_lazy("Which cohort?"),
}


@dataclass(frozen=True)
class TriedFacts:
    """What somebody says of a practice they tried."""

    on: date
    done: str
    noticed: str
    next_step: str = ""
    sharing: str = Tried.Sharing.OWN
    cohort: Cohort | None = None


@transaction.atomic
def log_practice(*, card: str, facts: TriedFacts, by: Member) -> Tried:
    """Write into one's own log.

    Raises
    ------
    Unsound
        If there is no such card, the day has not come, or it is shared with a cohort one is not in.
    """
    require(by, "gatherings.log_practice")
    if practices.card(card) is None:
        raise Unsound(_("There is no such practice card."))
    _check(facts, by)
    made = Tried.objects.create(place_id=by.place_id, member=by, card=card, **vars(facts))
    _note(made, by=by, verb="logged a practice")
    return made


def _check(facts: TriedFacts, by: Member) -> None:
    if facts.on > timezone.localdate():
        raise Unsound(_("A practice is logged once it was tried: this day has not come yet."))
    if (facts.sharing == Tried.Sharing.COHORT) != (facts.cohort is not None):
        raise Unsound(_("Name the cohort if you share it with one, and none if you do not."))
    if facts.cohort is not None and facts.cohort not in queries.cohorts_of(by):
        raise Unsound(_("You can share it with a cohort you are in."))


@transaction.atomic
def change_tried(*, tried: Tried, facts: TriedFacts, version: int, by: Member) -> Tried:
    """Change what one wrote, or who may read it.

    Raises
    ------
    Conflict
        If it was changed since ``version`` was read, as in another window.
    """
    kept = _own(tried, by)
    _check(facts, by)
    versions.require_version(kept, version, said=vars(facts), labels=TRIED_LABELS, verbs=["changed a log entry"])
    for name, value in vars(facts).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    _note(kept, by=by, verb="changed a log entry")
    return kept


@transaction.atomic
def forget_tried(*, tried: Tried, by: Member) -> None:
    """Take what one wrote out of the log."""
    kept = _own(tried, by)
    _note(kept, by=by, verb="took out a log entry")
    kept.delete()


def end_log(member: Member) -> None:
    """Take away what somebody who leaves has shared with nobody: there is no one left who may read it."""
    Tried.objects.filter(member=member, sharing=Tried.Sharing.OWN).delete()


def _own(tried: Tried, by: Member) -> Tried:
    require(by, "gatherings.log_practice")
    if tried.member_id != by.pk:
        raise Refused(_("Only whoever wrote it can change it."))
    return Tried.objects.select_for_update().get(pk=tried.pk)


def _note(tried: Tried, *, by: Member, verb: str) -> None:
    """Write the deed down; of what is one's own the place's log learns nothing."""
    place_id = None if tried.sharing == Tried.Sharing.OWN else tried.place_id
    audit.write(by=by, place_id=place_id, verb=verb, subject=tried)
