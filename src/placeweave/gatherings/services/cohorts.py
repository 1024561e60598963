"""Opening programmes and cohorts, saying which mix is hoped for, and how far each cohort is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Application, Cohort, Programme, Target
from placeweave.gatherings.models.cohort import new_code
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services.cohort_log import Kind, State, note, own, require_team
from placeweave.kit import audit, versions
from placeweave.kit.access import TEAM
from placeweave.kit.errors import Conflict, NotReady, Unsound
from placeweave.places.models import Member, Place, Sector


@dataclass(frozen=True)
class ProgrammeFacts:
    """What is said of a programme."""

    title: str
    about: str = ""
    neighbourhoods: str = ""


@dataclass(frozen=True)
class CohortFacts:
    """What is said of a cohort."""

    title: str
    host: Member | None = None
    capacity: int = 24
    most_of_one: int | None = None
    apply_by: date | None = None
    offer_hours: int = 168


@dataclass(frozen=True)
class Wanted:
    """How many of a sector or neighbourhood a cohort hopes for."""

    aspect: str
    value: str
    least: int = 0
    most: int | None = None


PROGRAMME_LABELS = {
    "title": gettext_lazy("What is the programme called?"),
    "about": gettext_lazy("What is it for, and for whom?"),
    "neighbourhoods": gettext_lazy("Where may people come from?"),
}
COHORT_LABELS = {
    "title": gettext_lazy("What is the cohort called?"),
    "host": gettext_lazy("Who leads it?"),
    "capacity": gettext_lazy("Places"),
    "most_of_one": gettext_lazy("At most so many of one organisation"),
    "apply_by": gettext_lazy("Last day to apply"),
    "offer_hours": gettext_lazy("Hours an offer stands"),
}


@transaction.atomic
def begin_programme(*, place: Place, facts: ProgrammeFacts, by: Member) -> Programme:
    """Open a programme."""
    require_team(by, place.pk)
    made = Programme.objects.create(place=place, **vars(facts))
    audit.write(by=by, place_id=place.pk, verb="opened programme", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit_programme(*, programme: Programme, facts: ProgrammeFacts, version: int, by: Member) -> Programme:
    """Change what is said of a programme."""
    mine = own_programme(programme.pk, by)
    versions.require_version(mine, version, said=vars(facts), labels=PROGRAMME_LABELS)
    for name, value in vars(facts).items():
        setattr(mine, name, value)
    mine.version += 1
    mine.save()
    audit.write(by=by, place_id=mine.place_id, verb="changed", subject=mine, summary=mine.title)
    return mine


def own_programme(programme_id: int, by: Member) -> Programme:
    """Lock a programme for somebody who may run it; one that is closed takes no deed any more."""
    mine = Programme.objects.select_for_update().get(pk=programme_id)
    require_team(by, mine.place_id)
    if mine.closed_at is not None:
        raise NotReady(_("This programme is closed, and stays as it was on that day. Start a new run of it."))
    return mine


def _check(facts: CohortFacts, *, place_id: int) -> None:
    host = facts.host
    if host is None:
        return
    if host.left_at is not None or host.place_id != place_id or host.standing not in TEAM:
        raise Unsound(_("A cohort is led by a convener or facilitator of this place."))


@transaction.atomic
def begin_cohort(*, programme: Programme, facts: CohortFacts, by: Member) -> Cohort:
    """Open a cohort of a programme; nobody can apply before it is opened to applications."""
    own_programme(programme.pk, by)
    _check(facts, place_id=programme.place_id)
    made = Cohort.objects.create(programme=programme, **vars(facts))
    audit.write(by=by, place_id=programme.place_id, verb="opened cohort", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit_cohort(*, cohort: Cohort, facts: CohortFacts, version: int, by: Member) -> Cohort:
    """Change what is said of a cohort; places added are offered on by the worker.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read.
    NotReady
        If it is closed, or more people hold a place than there would be.
    """
    mine = own(cohort, by)
    _check(facts, place_id=mine.programme.place_id)
    versions.require_version(mine, version, said=vars(facts), labels=COHORT_LABELS)
    free, resized = queries.free(mine), mine.capacity != facts.capacity
    held = mine.applications.holding().count()
    if facts.capacity < held:
        sentence = _("%(held)s people hold a place or an offer already, so there cannot be fewer places than that.")
        raise NotReady(sentence % {"held": held})
    for name, value in vars(facts).items():
        setattr(mine, name, value)
    mine.version += 1
    mine.save()
    if resized:
        note(mine, None, Kind.RESIZED, free=free)
    _audit(mine, by, "changed")
    return mine


def _audit(cohort: Cohort, by: Member, verb: str) -> None:
    audit.write(by=by, place_id=cohort.programme.place_id, verb=verb, subject=cohort, summary=cohort.title)


@transaction.atomic
def hope_for(*, cohort: Cohort, wanted: Sequence[Wanted], version: int, by: Member) -> Cohort:
    """Say which mix a cohort hopes for; what is not named is as it comes.

    Raises
    ------
    Unsound
        If more are wanted of the sectors, or of the neighbourhoods, than there are places; or at least more than most.
    """
    mine = own(cohort, by)
    _require_meetable(mine, wanted)
    if mine.version != version:
        raise _both_mixes(mine, wanted)
    mine.targets.all().delete()
    Target.objects.bulk_create(Target(cohort=mine, **vars(one)) for one in wanted)
    mine.version += 1
    mine.save(update_fields=["version"])
    note(mine, None, Kind.TARGETED, facts={"wanted": [vars(one) for one in wanted]})
    _audit(mine, by, "changed the mix")
    return mine


def _both_mixes(cohort: Cohort, wanted: Sequence[Wanted]) -> Conflict:
    """Lay the mix that is kept beside the one this person wrote."""
    label = _("The mix that is hoped for")
    return Conflict(
        _("Somebody changed this cohort while you were writing. Both versions are below."),
        theirs={label: _mix_in_words(cohort.targets.all())},
        yours={label: _mix_in_words(wanted)},
        version=cohort.version,
    )


def _mix_in_words(wanted: Iterable[Wanted | Target]) -> str:
    named = dict(Sector.choices)
    told = [f"{named.get(one.value, one.value)} {one.least}–{'' if one.most is None else one.most}" for one in wanted]
    return ", ".join(told) or _("As it comes")


def _require_meetable(cohort: Cohort, wanted: Sequence[Wanted]) -> None:
    for aspect in Target.Aspect:
        asked = sum(one.least for one in wanted if one.aspect == aspect)
        if asked > cohort.capacity:
            sentence = _("At least %(asked)s are wanted in all, and there are %(places)s places. Ask for fewer.")
            raise Unsound(sentence % {"asked": asked, "places": cohort.capacity})
    if any(one.most is not None and one.most < one.least for one in wanted):
        raise Unsound(_("“At most” cannot be less than “at least”."))


@transaction.atomic
def open_to_applications(*, cohort: Cohort, by: Member) -> Cohort:
    """Let people apply; whoever has the address can."""
    mine = own(cohort, by)
    if mine.state != State.PLANNING:
        raise NotReady(_("People can apply already, or could before."))
    mine.code = mine.code or new_code()
    _move(mine, State.OPEN, by=by, verb="opened to applications")
    return mine


@transaction.atomic
def begin(*, cohort: Cohort, by: Member) -> Cohort:
    """Note that a cohort began; from then on no place is offered by itself.

    Raises
    ------
    NotReady
        If no offers went out, or one still stands.
    """
    mine = own(cohort, by)
    if mine.state != State.OFFERS:
        raise NotReady(_("A cohort begins once offers have gone out."))
    standing = mine.applications.filter(state=Application.State.OFFERED).count()
    if standing:
        sentence = _("%(count)s offers still stand. Wait until they are answered, or take somebody off the list.")
        raise NotReady(sentence % {"count": standing})
    note(mine, None, Kind.BEGUN)
    _move(mine, State.RUNNING, by=by, verb="began")
    return mine


def _move(cohort: Cohort, state: Cohort.State, *, by: Member, verb: str) -> None:
    cohort.state = state
    cohort.version += 1
    cohort.save(update_fields=["state", "code", "version"])
    _audit(cohort, by, verb)
