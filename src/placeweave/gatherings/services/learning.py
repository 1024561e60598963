"""Say what one needs to learn, and open one joint session for all who need the same."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Asking, LearningNeed, Session
from placeweave.gatherings.models.session import MOST_PEOPLE
from placeweave.gatherings.queries import learning as queries
from placeweave.gatherings.services import running, sessions
from placeweave.kit import audit, turns
from placeweave.kit.access import TEAM, require
from placeweave.kit.afterwards import post_afterwards
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation
from placeweave.places.services.acting import require_own

AHEAD = timedelta(weeks=3)
PLACES_EACH = 6


@transaction.atomic
def state_need(*, title: str, about: str, by: Member, organisation: Organisation | None = None) -> LearningNeed:
    """Say what one needs to learn; what is called the same is the same need.

    The team may say it for an organisation that told them; everybody else speaks for their own.
    """
    require(by, "gatherings.state_needs")
    turns.take(by.place_id)  # two who say the same at once have one need
    title = " ".join(title.split())
    need = LearningNeed.objects.filter(place_id=by.place_id, title__iexact=title).first()
    if need is None:
        need = LearningNeed.objects.create(place_id=by.place_id, title=title, about=about)
        audit.write(by=by, place_id=by.place_id, verb="stated a learning need", subject=need, summary=title)
    _ask(need, _speaks_for(by, organisation), by=by)
    return need


@transaction.atomic
def need_too(*, need: LearningNeed, by: Member, organisation: Organisation | None = None) -> LearningNeed:
    """Say that one has the same need; said twice it counts once."""
    require_own(by, need.place_id)
    require(by, "gatherings.state_needs")
    turns.take(need.place_id)
    _ask(_still_there(need), _speaks_for(by, organisation), by=by)
    return need


def _still_there(need: LearningNeed) -> LearningNeed:
    """Read a need again, now that nobody else changes it."""
    kept = LearningNeed.objects.filter(pk=need.pk).first()
    if kept is None:
        raise NotReady(_("Nobody needs this any more, so it is off the list. Say it anew, if you do."))
    return kept


def _speaks_for(by: Member, organisation: Organisation | None) -> Organisation | None:
    if organisation is None or organisation == by.organisation:
        return by.organisation
    if by.standing not in TEAM:
        raise Refused(_("You can say what your own organisation needs. Ask the others to say it themselves."))
    if organisation.place_id != by.place_id:
        raise Unsound(_("That organisation belongs to another place."))
    return organisation


def _ask(need: LearningNeed, organisation: Organisation | None, *, by: Member) -> None:
    same = need.askings.filter(organisation=organisation)
    if not (same if organisation else same.filter(member=by)).exists():
        Asking.objects.create(need=need, organisation=organisation, member=by)


@transaction.atomic
def no_longer(*, need: LearningNeed, by: Member) -> None:
    """Take back what one said oneself; a need that nobody has is gone, unless a session answers it."""
    require_own(by, need.place_id)
    require(by, "gatherings.state_needs")
    turns.take(need.place_id)  # whoever says at this moment that they need it too finds it, or says it anew
    need.askings.filter(member=by).delete()
    if not need.askings.exists() and need.session_id is None:
        audit.write(by=by, place_id=need.place_id, verb="dropped a learning need", subject=need, summary=need.title)
        need.delete()


@transaction.atomic
def open_joint(*, need: LearningNeed, by: Member) -> Session:
    """Draft one session for all who have a need, and tell those who said so.

    Raises
    ------
    NotReady
        If a session answers it already.
    """
    running.require_team(by, need.place_id)
    turns.take(need.place_id)
    kept = _still_there(need)
    if kept.session_id is not None:
        raise NotReady(_("A session is planned for this need already."))
    who = queries.asked_by(kept)
    made = sessions.make(place=by.place, facts=_facts(kept, who, by), by=by)
    kept.session = made
    kept.save(update_fields=["session"])
    audit.write(by=by, place_id=kept.place_id, verb="opened a joint session", subject=kept, summary=kept.title)
    for address in queries.addresses(kept, without=by):  # one that takes no mail keeps it from nobody else
        post_afterwards(partial(_tell, kept.title, address))
    return made


def _facts(need: LearningNeed, who: queries.AskedBy, by: Member) -> sessions.SessionFacts:
    day = timezone.localdate() + AHEAD
    begins_at = timezone.make_aware(datetime.combine(day, time(14)))
    return sessions.SessionFacts(
        title=need.title,
        about=need.about,
        kind=Session.Kind.LEARNING,
        mode=Session.Mode.HYBRID,
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=2),
        capacity=min(PLACES_EACH * max(who.count, 1), MOST_PEOPLE),
        host=by,
    )


def _tell(title: str, address: str) -> None:
    subject = _("A joint session on what you need to learn: %(title)s") % {"title": title}
    text = _(
        "You said that you need to learn this: %(title)s. Others do too, and a session for all of you is being "
        "planned. You will find it under Gatherings, Learning needs, once its day is settled."
    ) % {"title": title}
    send_mail(subject, text, None, [address])
