"""Taking up, or refusing, a need that low scores of the place suggest; a machine suggests, a person decides."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Need, ProposedNeed
from placeweave.jigsaw.services.needs import NeedSaid, add_need
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused
from placeweave.places.models import Member, Place
from placeweave.themes.queries import LowScore


@transaction.atomic
def take_up(*, place: Place, low: LowScore, said: NeedSaid, by: Member) -> Need:
    """Write down a need in a person's own words, resting on a low score.

    Raises
    ------
    NotReady
        If somebody decided about this score meanwhile.
    """
    need = add_need(place=place, said=said, by=by)
    _decide(place, low, ProposedNeed.State.TAKEN_UP, by, need=need)
    return need


@transaction.atomic
def refuse_proposed(*, place: Place, low: LowScore, why: str, by: Member) -> ProposedNeed:
    """Say no to what a low score suggests: it stays away, in later waves too."""
    require(by, "jigsaw.decide_synergy")
    if by.place_id != place.pk:
        raise Refused(_("You have no standing in that place."))
    made = _decide(place, low, ProposedNeed.State.REFUSED, by, why=why)
    audit.write(by=by, place_id=place.pk, verb="refused", subject=made, summary=low.title)
    return made


def _decide(
    place: Place, low: LowScore, state: str, by: Member, *, need: Need | None = None, why: str = ""
) -> ProposedNeed:
    assessment, heading, group = low.subject
    try:
        with transaction.atomic():
            return ProposedNeed.objects.create(
                place=place,
                assessment=assessment,
                heading=heading,
                group=group,
                rests_on=low.sentence[:600],
                state=state,
                need=need,
                decided_by=by if by.pk else None,
                why=why.strip()[:400],
            )
    except IntegrityError as decided:
        raise NotReady(_("Somebody has decided about this meanwhile.")) from decided
