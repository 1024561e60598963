"""The ledger of mutual help: answering an ask, saying that help came, and thanks."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Help, Need
from placeweave.jigsaw.services.speaking import may_change_need, require_own_body
from placeweave.kit import audit
from placeweave.kit.access import may, require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation


@transaction.atomic
def offer_help(*, need: Need, giver: Organisation, words: str, by: Member) -> Help:
    """Answer an ask for one's own organisation.

    Raises
    ------
    NotReady
        If the ask is settled, or this partner has answered it already.
    """
    require(by, "jigsaw.add_need")
    if {by.place_id, giver.place_id} != {need.place_id}:
        raise Refused(_("You have no standing in that place."))
    require_own_body(giver, by)
    if need.state != Need.State.OPEN:
        raise NotReady(_("This is not asked for any more."))
    if need.asked_by_id == giver.pk:
        raise Unsound(_("Those who ask cannot answer themselves."))
    receiver, name = need.asked_by, "" if need.asked_by else need.asked_for
    try:
        with transaction.atomic():
            made = Help.objects.create(
                place_id=need.place_id,
                need=need,
                giver=giver,
                receiver=receiver,
                received_by=name,
                words=words.strip()[:400],
                added_by=by,
            )
    except IntegrityError as twice:
        raise NotReady(_("%(name)s has answered this already.") % {"name": giver.name}) from twice
    audit.write(by=by, place_id=by.place_id, verb="offered", subject=made, summary=need.title)
    return made


@transaction.atomic
def say_given(*, help_: Help, thanks: str, by: Member) -> Help:
    """Say that help came, with thanks if one likes: a word of those who received it, or of the team."""
    current = Help.objects.select_for_update().get(pk=help_.pk)
    if by.place_id != current.place_id or not _received(current, by):
        raise Refused(_("Those who received the help, or a facilitator, say that it came."))
    if current.state == Help.State.WITHDRAWN:
        raise NotReady(_("This offer was taken back."))
    today = timezone.localdate()
    current.state, current.given_on = Help.State.GIVEN, current.given_on or today
    if thanks.strip():
        current.thanks, current.thanked_on = thanks.strip()[:400], today
    current.save()
    audit.write(by=by, place_id=by.place_id, verb="given", subject=current, summary=current.words[:80])
    return current


def _received(current: Help, by: Member) -> bool:
    if may(by, "jigsaw.edit_any"):
        return True
    own = by.organisation is not None and current.receiver_id == by.organisation.pk
    return own or (current.need is not None and may_change_need(current.need, by))


@transaction.atomic
def take_back_help(*, help_: Help, by: Member) -> Help:
    """Take an offer back that has not been given yet; those who made it, or a facilitator."""
    current = Help.objects.select_for_update().get(pk=help_.pk)
    require(by, "jigsaw.add_need")
    if by.place_id != current.place_id:
        raise Refused(_("You have no standing in that place."))
    require_own_body(current.giver, by)
    if current.state != Help.State.OFFERED:
        raise NotReady(_("Only an offer that still stands can be taken back."))
    current.state = Help.State.WITHDRAWN
    current.save(update_fields=["state"])
    audit.write(by=by, place_id=by.place_id, verb="taken back", subject=current, summary=current.words[:80])
    return current
