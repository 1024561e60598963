"""Saying what is wanted, by whom, resting on what was heard, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.models import Need
from placeweave.jigsaw.services.speaking import may_change_need, require_own_body
from placeweave.kit import audit, versions
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import FrameworkNode, Issue, Member, Organisation, Place
from placeweave.themes.models import Quote, Theme


@dataclass(frozen=True)
class NeedSaid:
    """What is said of a need, by a form or a file."""

    title: str
    kind: str
    detail: str = ""
    asked_by: Organisation | None = None
    asked_for: str = ""
    when: str = ""
    neighbourhood: Place | None = None
    priority: int = Need.Priority.SOON
    themes: Sequence[Theme] = ()
    issues: Sequence[Issue] = ()
    topics: Sequence[FrameworkNode] = ()
    quotes: Sequence[Quote] = ()


FIELDS = ("title", "kind", "detail", "asked_by", "asked_for", "when", "neighbourhood", "priority")
LINKS = ("themes", "quotes", "issues", "topics")
LABELS = {
    "title": gettext_lazy("What is wanted"),
    "kind": gettext_lazy("Kind"),
    "detail": gettext_lazy("More"),
    "asked_by": gettext_lazy("Asked by"),
    "asked_for": gettext_lazy("For whom"),
    "when": gettext_lazy("When"),
    "neighbourhood": gettext_lazy("Neighbourhood"),
    "priority": gettext_lazy("How pressing"),
    "themes": gettext_lazy("Themes"),
    "issues": gettext_lazy("Issues"),
    "topics": gettext_lazy("Outcomes and pillars"),
}
CHANGES = ("changed", *Need.State.values)


def _check(said: NeedSaid, *, place_id: int, by: Member) -> None:
    if by.place_id != place_id:
        raise Refused(_("You have no standing in that place."))
    if said.asked_by is None and not said.asked_for.strip():
        raise Unsound(_("Say who needs this: an organisation, or people in their own words."))
    if said.asked_by is not None and said.asked_by.place_id != place_id:
        raise Unsound(_("That organisation belongs to another place."))
    if said.neighbourhood is not None and said.neighbourhood.parent_workspace_id != place_id:
        raise Unsound(_("That neighbourhood belongs to another place."))
    if _is_elsewhere(said, place_id):
        raise Unsound(_("A need can only rest on what was heard in this place, and belong to its issues."))
    require_own_body(said.asked_by, by)


def _is_elsewhere(said: NeedSaid, place_id: int) -> bool:
    themes, quotes = ({one.place_id for one in said.themes}, {one.place_id for one in said.quotes})
    return bool((themes | quotes | {one.place_id for one in said.issues}) - {place_id})


@transaction.atomic
def add_need(*, place: Place, said: NeedSaid, by: Member) -> Need:
    """Write down something wanted."""
    require(by, "jigsaw.add_need")
    _check(said, place_id=place.pk, by=by)
    need = Need(place=place, added_by=by)
    _take(need, said)
    audit.write(by=by, place_id=place.pk, verb="added", subject=need, summary=need.title)
    return need


def _take(need: Need, said: NeedSaid) -> None:
    for name in FIELDS:
        setattr(need, name, getattr(said, name))
    need.save()
    for name in LINKS:
        getattr(need, name).set(getattr(said, name))


def _own(need: Need, by: Member) -> Need:
    locked = Need.objects.select_for_update().get(pk=need.pk)
    if not may_change_need(locked, by):
        raise Refused(_("Only those who ask for this, or a facilitator, can change it."))
    return locked


@transaction.atomic
def edit_need(*, need: Need, said: NeedSaid, version: int, by: Member) -> Need:
    """Change what is said of a need, and what it rests on.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; both wordings are given.
    """
    current = _own(need, by)
    _check(said, place_id=current.place_id, by=by)
    versions.require_version(current, version, said=vars(said), labels=LABELS, verbs=CHANGES)
    current.version += 1
    _take(current, said)
    audit.write(by=by, place_id=current.place_id, verb="changed", subject=current, summary=current.title)
    return current


@transaction.atomic
def settle_need(*, need: Need, state: str, by: Member) -> Need:
    """Say that a need is met or no longer wanted, or open it again; nothing is deleted.

    Raises
    ------
    NotReady
        If it stands like that already.
    """
    current = _own(need, by)
    if state not in Need.State.values:
        raise Unsound(_("A need is open, met or no longer wanted."))
    if current.state == state:
        raise NotReady(_("This need is already marked so: %(state)s.") % {"state": current.get_state_display().lower()})
    current.state = state
    current.version += 1
    current.save(update_fields=["state", "version"])
    audit.write(by=by, place_id=current.place_id, verb=state, subject=current, summary=current.title)
    return current
