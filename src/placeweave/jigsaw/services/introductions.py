"""Introducing two partners, in a mail that the person sends themselves, and asking a month later what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Introduction, Synergy
from placeweave.jigsaw.models.introduction import ASK_AFTER
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation


@transaction.atomic
def introduce(
    *, synergy: Synergy, one: Organisation, other: Organisation, subject: str, words: str, by: Member
) -> Introduction:
    """Keep that two were introduced and in which words; in 30 days somebody is asked what came of it.

    Raises
    ------
    NotReady
        If the two were introduced because of this suggestion already, or if it was refused or no longer holds.
    """
    require(by, "jigsaw.decide_synergy")
    current = Synergy.objects.select_for_update().get(pk=synergy.pk)
    if {by.place_id, one.place_id, other.place_id} != {current.place_id}:
        raise Refused(_("You have no standing in that place."))
    if one.pk == other.pk:
        raise Unsound(_("An introduction needs two organisations."))
    if current.introductions.exists():
        raise NotReady(_("These two have been introduced already."))
    if current.state in {Synergy.State.REFUSED, Synergy.State.LAPSED}:
        told = {"state": current.get_state_display().lower()}
        raise NotReady(_("Nobody is introduced for this any more: %(state)s.") % told)
    today = timezone.localdate()
    made = Introduction.objects.create(
        place_id=current.place_id,
        synergy=current,
        one=one,
        other=other,
        subject=subject,
        words=words,
        made_by=by,
        made_on=today,
        ask_on=today + ASK_AFTER,
    )
    current.state, current.has_changed = Synergy.State.ACCEPTED, False
    current.decided_by, current.decided_at = by, timezone.now()
    current.save()
    summary = f"{one.name} - {other.name}"
    audit.write(by=by, place_id=by.place_id, verb="introduced", subject=made, summary=summary)
    return made


@transaction.atomic
def say_outcome(*, introduction: Introduction, outcome: str, words: str, by: Member) -> Introduction:
    """Keep what came of an introduction; nothing having come of it is an answer too."""
    require(by, "jigsaw.decide_synergy")
    current = Introduction.objects.select_for_update().get(pk=introduction.pk)
    if by.place_id != current.place_id:
        raise Refused(_("You have no standing in that place."))
    if outcome not in Introduction.Outcome.values:
        raise Unsound(_("They met, they do something together, or nothing came of it."))
    current.outcome, current.outcome_words = outcome, words.strip()[:400]
    current.answered_on = None if outcome == Introduction.Outcome.WAITING else timezone.localdate()
    current.version += 1
    current.save()
    audit.write(by=by, place_id=by.place_id, verb=outcome, subject=current, summary=current.subject)
    return current
