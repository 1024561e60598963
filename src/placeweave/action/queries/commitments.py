"""Reads of commitments: what stands, what is overdue, and of which nothing was heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy

from placeweave.action.models import Commitment, Pledge
from placeweave.places.models import Place

QUIET_AFTER = timedelta(days=21)
SOON = timedelta(days=7)
OPEN = (Commitment.State.PROMISED, Commitment.State.UNDER_WAY, Commitment.State.CHANGED)


@dataclass(frozen=True)
class Column:
    """One column of the board."""

    state: str
    label: str
    commitments: Sequence[Commitment]


# What is shown: the stored state, unless the calendar says more. Nothing is ever green by default.
SHOWN = {
    "overdue": gettext_lazy("Overdue"),
    "no_word": gettext_lazy("No word"),
    "promised": gettext_lazy("Promised"),
    "under_way": gettext_lazy("Under way"),
    "changed": gettext_lazy("Changed"),
    "kept": gettext_lazy("Kept"),
    "dropped": gettext_lazy("Dropped"),
}


def shown_state(commitment: Commitment, *, now: datetime) -> str:
    """Say how a commitment stands: as its makers said, or overdue, or that nothing was heard of it for three weeks."""
    if commitment.state not in OPEN:
        return commitment.state
    if commitment.due_on is not None and commitment.due_on < timezone.localdate(now):
        return "overdue"
    if (commitment.last_word_at or commitment.created_at) < now - QUIET_AFTER:
        return "no_word"
    return commitment.state


def commitments(place: Place) -> QuerySet[Commitment]:
    """Give the commitments of a place with what their cards show."""
    return Commitment.objects.filter(place=place).select_related("person", "organisation", "purpose")


def with_grounds(place: Place) -> QuerySet[Commitment]:
    """Give the commitments together with everything they rest on."""
    pledges = Prefetch("pledges", Pledge.objects.select_related("piece__organisation"))
    return commitments(place).prefetch_related("themes", "needs", "synergies", "together_with", pledges)


SEVERAL = ("together_with", "themes", "needs", "pieces", "quotes", "synergies")


def several_of(commitment: Commitment) -> dict[str, list[int]]:
    """Give the keys of everything a commitment has several of, in one reading."""
    first, *others = (
        getattr(commitment, name).order_by().values_list(Value(name), "pk", named=False) for name in SEVERAL
    )
    found: dict[str, list[int]] = {name: [] for name in SEVERAL}
    for name, pk in first.union(*others, all=True):
        found[name].append(pk)
    return found


def board(place: Place, *, now: datetime | None = None) -> list[Column]:
    """Arrange the commitments by how they stand; empty columns are left out."""
    now = now or timezone.now()
    found = list(commitments(place).prefetch_related("themes", "needs"))
    by_state: dict[str, list[Commitment]] = {state: [] for state in SHOWN}
    for one in found:
        by_state[shown_state(one, now=now)].append(one)
    return [Column(state, str(label), by_state[state]) for state, label in SHOWN.items() if by_state[state]]


def _rests(need: str) -> Q:
    """Tell of a need, reached by this way, whether it rests on what people said or scored."""
    heard = [Q(**{f"{need}__{name}__isnull": False}) for name in ("themes", "quotes", "proposed")]
    return heard[0] | heard[1] | heard[2]


def without_voice(place: Place) -> QuerySet[Commitment]:
    """Give the commitments that rest on nothing anybody said or scored, themselves or through a need."""
    return (
        commitments(place)
        .exclude(state=Commitment.State.DROPPED)
        .filter(themes=None, quotes=None)
        .exclude(_rests("needs"))
        .exclude(_rests("synergies__need"))
    )
