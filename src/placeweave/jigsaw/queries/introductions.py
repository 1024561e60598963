"""Introductions: the mail drafted for one, those made, and those it is time to ask about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Introduction, Synergy
from placeweave.jigsaw.queries.synergies import InWords
from placeweave.places.models import Organisation, Place

NO_NEAR_TIE = frozenset({"no_tie", "loose_tie"})
"""Facts that name the two whom a suggestion would bring together."""


@dataclass(frozen=True)
class Draft:
    """A mail that brings two partners together, for a person to change and send."""

    one: Organisation
    other: Organisation
    subject: str
    words: str


def two_of(synergy: Synergy) -> tuple[Organisation, Organisation] | None:
    """Give the two partners a suggestion would bring together; None where it concerns one, or several."""
    bodies = {one.pk: one for one in synergy.organisations.all()}
    pair = next((fact["organisations"] for fact in synergy.reason if fact["code"] in NO_NEAR_TIE), list(bodies))
    named = [bodies[key] for key in pair if key in bodies]
    return (named[0], named[1]) if len(named) == 2 else None


def draft(told: InWords) -> Draft | None:
    """Draft the mail: who, why in the words of the suggestion, and one small next step."""
    pair = two_of(told.synergy)
    if pair is None:
        return None
    one, other = pair
    words = _(
        "Dear both,\n\nI think %(one)s and %(other)s should know each other. %(why)s\n\n"
        "Would half an hour over tea in the next fortnight suit you? Answer all, and I shall stay out of the way.\n"
    ) % {"one": one.name, "other": other.name, "why": told.sentence}
    return Draft(one, other, _("%(one)s, meet %(other)s") % {"one": one.name, "other": other.name}, words)


def introductions(place: Place) -> QuerySet[Introduction]:
    """List the introductions made, those it is time to ask about first."""
    return Introduction.objects.filter(place=place).select_related("one", "other", "made_by__person")


def introductions_to_ask_about(place: Place) -> QuerySet[Introduction]:
    """Give the introductions made 30 days ago or more of which nobody has said what came."""
    due = introductions(place).filter(outcome=Introduction.Outcome.WAITING)
    return due.filter(ask_on__lte=timezone.localdate())
