"""Applying, taking an offer or saying no, leaving, asking again: what people without an account do by themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import ApplicantLink, Application, Cohort, Opening
from placeweave.gatherings.queries import applying as queries
from placeweave.gatherings.services.cohort_log import Kind, locked, note, own
from placeweave.kit import audit, links
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

State = Application.State
Kept = Application.Kept
OFFERING = Cohort.State.OFFERS


@dataclass(frozen=True)
class Answers:
    """What somebody writes who applies."""

    name: str
    email: str
    role: str = ""
    organisation: str = ""
    sector: str = ""
    neighbourhood: str = ""
    issue: str = ""
    dates: str = ""
    access_needs: str = ""


@transaction.atomic
def apply(*, cohort: Cohort, answers: Answers, key: str) -> Application:
    """Take an application in; ``key`` opens the page of whoever made it.

    The same key again is the same application: a form that was sent twice acts once. Nobody has a place by applying:
    once the first offers are out, whoever applies waits behind those who applied before.

    Raises
    ------
    NotReady
        If the cohort takes no applications.
    Unsound
        If the neighbourhood is none of the programme's.
    """
    mine = locked(cohort.pk)
    if known := queries.with_key(key):
        return known
    _require_open(mine)
    named = mine.programme.neighbourhood_names
    if answers.neighbourhood and answers.neighbourhood not in named:
        raise Unsound(_("Choose the neighbourhood from the list."))
    made = Application.objects.create(cohort=mine, **asdict(answers))
    ApplicantLink.objects.create(application=made, key_digest=links.digest(key))
    note(mine, made, Kind.APPLIED)
    return made


def _require_open(cohort: Cohort) -> None:
    if not cohort.takes_applications(timezone.localdate()):
        raise NotReady(_("Applications for this cohort are closed. Ask whoever convenes it."))


def _theirs(applicant: Application) -> tuple[Cohort, Application]:
    """Lock the cohort, then read again where they stand: an offer may have lapsed, or they were carried over."""
    one = Application.objects.get(pk=applicant.pk)
    while True:
        cohort = locked(one.cohort_id)
        one = Application.objects.get(pk=applicant.pk)
        if one.cohort_id == cohort.pk:
            return cohort, one


@transaction.atomic
def accept(*, applicant: Application) -> Application:
    """Take the place that was offered; asked again it changes nothing.

    Raises
    ------
    NotReady
        If no offer stands any more.
    """
    cohort, one = _theirs(applicant)
    if one.state == State.IN:
        return one
    if one.state != State.OFFERED or one.offer_until is None or one.offer_until <= timezone.now():
        raise NotReady(_("This offer has passed on to somebody who waits. You can ask for a place again."))
    until, one.state, one.offer_until = one.offer_until, State.IN, None
    one.save(update_fields=["state", "offer_until"])
    note(cohort, one, Kind.ACCEPTED, until=until)
    return one


@transaction.atomic
def decline(*, applicant: Application) -> Application:
    """Say no to an offer; the place passes on. What they told is kept, so that they may ask again."""
    cohort, one = _theirs(applicant)
    if one.state == State.DECLINED:
        return one
    if one.state != State.OFFERED:
        raise NotReady(_("No offer stands that you could say no to."))
    note(cohort, one, Kind.DECLINED, until=one.offer_until)
    give_way(cohort, one)
    one.state, one.offer_until, one.rank = State.DECLINED, None, None
    one.save(update_fields=["state", "offer_until", "rank"])
    return one


def give_way(cohort: Cohort, one: Application) -> None:
    """Leave a place that comes free for somebody like the one who had it; the worker offers it on."""
    if cohort.state == OFFERING and one.state in {State.IN, State.OFFERED}:
        Opening.objects.create(cohort=cohort, sector=one.sector, neighbourhood=one.neighbourhood)


@transaction.atomic
def ask_again(*, applicant: Application) -> Application:
    """Come back after an offer was not taken: at the end of the list, like everybody who applies today.

    Raises
    ------
    NotReady
        If they let no offer pass, or the cohort takes nobody any more.
    """
    cohort, one = _theirs(applicant)
    _require_open(cohort)
    if one.state not in {State.LAPSED, State.DECLINED}:
        raise NotReady(_("You are on the list already."))
    one.state, one.rank, one.asked_at = State.WAITING, None, timezone.now()
    one.save(update_fields=["state", "rank", "asked_at"])
    note(cohort, one, Kind.ASKED_AGAIN)
    return one


@transaction.atomic
def withdraw(*, applicant: Application) -> None:
    """Give up the place, the offer or the wait; what they told about themselves is erased."""
    cohort, one = _theirs(applicant)
    _erase(cohort, one, Kind.LEFT)


@transaction.atomic
def take_off(*, applicant: Application, by: Member) -> None:
    """Take somebody off the list for them, as when they ring up; what they told is erased."""
    mine = own(applicant.cohort, by)
    one = Application.objects.get(pk=applicant.pk, cohort=mine)
    _erase(mine, one, Kind.RELEASED)
    audit.write(by=by, place_id=mine.programme.place_id, verb="took off the list", subject=mine, summary=str(one))


ERASED = (
    *("name", "email", "role", "organisation", "sector", "neighbourhood", "issue", "dates", "access_needs"),
    "kept_because",
)


def _erase(cohort: Cohort, one: Application, kind: Kind) -> None:
    if one.state == State.LEFT:
        return
    note(cohort, one, kind)
    give_way(cohort, one)
    for name in ERASED:
        setattr(one, name, "")
    one.state, one.offer_until, one.rank, one.kept = State.LEFT, None, None, Kept.NO
    one.save(update_fields=[*ERASED, "state", "offer_until", "rank", "kept"])


@transaction.atomic
def keep(*, applicant: Application, kept: str, because: str, by: Member) -> Application:
    """Have somebody offered a place in any case, or none for now, or let the rule decide again; with a reason.

    Raises
    ------
    NotReady
        If they do not wait.
    Unsound
        If no reason is given for a decision of the team's own.
    """
    mine = own(applicant.cohort, by)
    one = Application.objects.get(pk=applicant.pk, cohort=mine)
    if one.state != State.WAITING:
        raise NotReady(_("Only somebody who waits can be kept in or held out."))
    if kept and not because.strip():
        raise Unsound(_("Say why: whoever waits may ask."))
    one.kept, one.kept_because = kept, because.strip() if kept else ""
    one.save(update_fields=["kept", "kept_because"])
    kind = {Kept.IN: Kind.KEPT, Kept.OUT: Kind.HELD_OUT}.get(Kept(kept), Kind.FREED)
    note(mine, one, kind)
    audit.write(by=by, place_id=mine.programme.place_id, verb=str(kind), subject=mine, summary=str(one))
    return one
