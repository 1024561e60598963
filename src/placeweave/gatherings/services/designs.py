"""Writing a programme's outline, keeping it as a version, running it again, and giving it to other places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import (
    Cohort,
    Design,
    DesignSession,
    DesignVersion,
    OutlineSession,
    Programme,
    Session,
)
from placeweave.gatherings.queries import designs as queries
from placeweave.gatherings.services import sessions
from placeweave.gatherings.services.cohort_log import own, require_team
from placeweave.gatherings.services.cohorts import own_programme
from placeweave.kit import audit, versions
from placeweave.kit.access import TEAM
from placeweave.kit.errors import NotReady, Refused
from placeweave.places.models import Member, Place

SAID = queries.SAID


@dataclass(frozen=True)
class OutlineFacts:
    """What is said of one session of an outline."""

    title: str
    purpose: str = ""
    kind: str = Session.Kind.LEARNING
    minutes: int = 150
    gap_days: int = 0


LABELS = {
    "title": gettext_lazy("What is the session called?"),
    "purpose": gettext_lazy("What is it for?"),
    "kind": gettext_lazy("What is it?"),
    "minutes": gettext_lazy("Minutes"),
    "gap_days": gettext_lazy("Days after the one before"),
}


def _audit(programme: Programme, by: Member, verb: str) -> None:
    audit.write(by=by, place_id=programme.place_id, verb=verb, subject=programme, summary=programme.title)


@transaction.atomic
def add_session(*, programme: Programme, facts: OutlineFacts, by: Member) -> OutlineSession:
    """Put a session at the end of the outline."""
    mine = own_programme(programme.pk, by)
    last = mine.outline.aggregate(last=Max("order"))["last"] or 0
    made = OutlineSession.objects.create(programme=mine, order=last + 1, **vars(facts))
    _audit(mine, by, "changed the outline")
    return made


@transaction.atomic
def change_session(*, line: OutlineSession, facts: OutlineFacts, version: int, by: Member) -> OutlineSession:
    """Change a session of the outline here; the design it came from stays as it is."""
    mine = own_programme(line.programme_id, by)
    kept = OutlineSession.objects.select_for_update().get(pk=line.pk)
    versions.require_version(kept, version, said=vars(facts), labels=LABELS)
    for name, value in vars(facts).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    _audit(mine, by, "changed the outline")
    return kept


@transaction.atomic
def move_up(*, line: OutlineSession, by: Member) -> None:
    """Put a session of the outline before the one above it; the first stays where it is."""
    mine = own_programme(line.programme_id, by)
    rows = list(mine.outline.all())
    at = next(number for number, one in enumerate(rows) if one.pk == line.pk)
    if at:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    for number, one in enumerate(rows, start=1):
        one.order = number
    OutlineSession.objects.bulk_update(rows, ["order"])
    _audit(mine, by, "changed the outline")


@transaction.atomic
def take_out(*, line: OutlineSession, by: Member) -> None:
    """Leave a session out of the outline here."""
    mine = own_programme(line.programme_id, by)
    OutlineSession.objects.filter(pk=line.pk).delete()
    _audit(mine, by, "changed the outline")


@transaction.atomic
def keep_version(*, programme: Programme, because: str, by: Member) -> DesignVersion:
    """Keep the outline as the next version of this place's design, from which runs and places can set out.

    Raises
    ------
    NotReady
        If there is no session in it, or nothing differs from the version that is kept.
    """
    mine = own_programme(programme.pk, by)
    laid = queries.lines(mine)
    if not any(one.here for one in laid):
        raise NotReady(_("Write the sessions of the outline first."))
    if mine.design_version is not None and not _is_improved(laid):
        raise NotReady(_("Nothing differs from the version that is kept."))
    design = mine.design_version.design if mine.design_version else None
    design = design or Design.objects.create(place=mine.place, title=mine.title)
    made = DesignVersion.objects.create(design=design, number=_next_number(design), because=because)
    _copy(mine.outline.all(), made)
    mine.design_version = made
    mine.save(update_fields=["design_version"])
    _audit(mine, by, "kept the design")
    return made


def _next_number(design: Design) -> int:
    return (design.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def _is_improved(laid: Sequence[queries.Line]) -> bool:
    """Tell whether an outline is no longer what its version says, its order included."""
    if any(one.standing != "common" for one in laid):
        return True
    orders = [one.designed.order for one in laid if one.designed is not None]
    return orders != sorted(orders)


def _copy(rows: Iterable[OutlineSession | DesignSession], version: DesignVersion) -> None:
    DesignSession.objects.bulk_create(
        DesignSession(version=version, key=one.key, order=number, **{name: getattr(one, name) for name in SAID})
        for number, one in enumerate(rows, start=1)
    )


def _set_out(programme: Programme, version: DesignVersion) -> None:
    """Give a programme the outline of a version."""
    OutlineSession.objects.bulk_create(
        OutlineSession(programme=programme, key=one.key, order=one.order, **{name: getattr(one, name) for name in SAID})
        for one in version.sessions.all()
    )


@transaction.atomic
def start_run(*, programme: Programme, title: str, by: Member) -> Programme:
    """Begin a new run of a programme, from the newest version of its design; the run before stays as it was.

    Raises
    ------
    NotReady
        If no version is kept, or the outline was improved since.
    """
    mine = Programme.objects.select_for_update().get(pk=programme.pk)
    require_team(by, mine.place_id)
    newest = queries.versions(mine).first()
    if newest is None or (mine.design_version == newest and _is_improved(queries.lines(mine))):
        raise NotReady(_("Keep the outline as a version first, so that the new run sets out from what you learnt."))
    made = Programme.objects.create(
        place=mine.place,
        title=title,
        about=mine.about,
        neighbourhoods=mine.neighbourhoods,
        design_version=newest,
        follows=mine,
    )
    _set_out(made, newest)
    _audit(made, by, "opened programme")
    return made


@transaction.atomic
def give(*, programme: Programme, places: Iterable[Place], by: Member) -> list[Programme]:
    """Give the design of a programme to other places, where whoever gives it is of the team: a copy, and a run of it.

    The text of the design goes along, and nothing else: no cohort, person, place or word of this programme's own.

    Raises
    ------
    Refused
        If the giver neither convenes nor facilitates one of the places.
    NotReady
        If no version is kept.
    """
    mine = own_programme(programme.pk, by)
    version = mine.design_version
    if version is None:
        raise NotReady(_("Keep the outline as a version first: that is what other places are given."))
    at_home = {one.place_id: one for one in queries.standings(by) if one.standing in TEAM}
    made = []
    for place in places:
        if place.pk not in at_home:
            raise Refused(_("You can give it only to places that you convene or facilitate yourself."))
        made.append(_given(version, place, by=at_home[place.pk]))
    audit.write(by=by, place_id=mine.place_id, verb="gave the design on", subject=mine, summary=str(version))
    return made


def _given(version: DesignVersion, place: Place, *, by: Member) -> Programme:
    """Lay a copy of a version in a place, unless it is there, and begin a run of it."""
    title = version.design.title
    design, _is_new = Design.objects.get_or_create(
        place=place, lineage=version.design.lineage, defaults={"title": title}
    )
    copy = design.versions.filter(mark=version.mark).first()
    if copy is None:
        number = _next_number(design)
        copy = DesignVersion.objects.create(design=design, number=number, mark=version.mark, because=version.because)
        _copy(version.sessions.all(), copy)
    made = Programme.objects.create(place=place, title=title, design_version=copy)
    _set_out(made, copy)
    _audit(made, by, "opened programme")
    return made


@transaction.atomic
def plan_sessions(*, cohort: Cohort, begins_at: datetime, where: str, host: Member, by: Member) -> list[Session]:
    """Draft the sessions of a cohort from the outline: the first at a time, each other so many days after the last.

    All begin at the same time of the day, by the clock of the place, on either side of a clock change.

    Raises
    ------
    NotReady
        If the outline is empty, or the cohort has sessions already.
    """
    mine = own(cohort, by)
    lines = list(mine.programme.outline.all())
    if not lines or mine.sessions.exists():
        raise NotReady(_("Sessions are planned from an outline that is written, for a cohort that has none yet."))
    sessions.require_near(begins_at)
    day, made = timezone.localtime(begins_at).replace(tzinfo=None), []
    for number, one in enumerate(lines):
        day += timedelta(days=one.gap_days if number else 0)
        at = timezone.make_aware(day)
        facts = sessions.SessionFacts(
            title=one.title,
            about=one.purpose,
            kind=one.kind,
            begins_at=at,
            ends_at=at.astimezone(UTC) + timedelta(minutes=one.minutes),
            capacity=mine.capacity,
            host=host,
            where=where,
            cohort=mine,
        )
        made.append(sessions.make(place=mine.programme.place, facts=facts, by=by))
    return made
