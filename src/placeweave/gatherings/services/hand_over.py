"""Write the hand-over of a session, name who stands in, and park what came up until it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import HandOver, Parked, Session
from placeweave.gatherings.services import running
from placeweave.kit import audit, versions
from placeweave.kit.access import TEAM
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

HAND_OVER_LABELS = {
    "stand_in": gettext_lazy("Who stands in?"),
    "way_in": gettext_lazy("Keys, and how to get in"),
    "contacts": gettext_lazy("Whom to ring"),
    "word": gettext_lazy("A word to whoever runs it"),
    "happened": gettext_lazy("What happened"),
    "promised": gettext_lazy("What was promised to those who came"),
}


@dataclass(frozen=True)
class HandOverFacts:
    """What is handed over."""

    stand_in: Member | None = None
    way_in: str = ""
    contacts: str = ""
    word: str = ""
    happened: str = ""
    promised: str = ""


@transaction.atomic
def hand_over(*, session: Session, facts: HandOverFacts, version: int, by: Member) -> HandOver:
    """Say what somebody must know who runs the session; whoever stands in sees what its host sees.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; 0 stands for nothing said yet.
    Unsound
        If somebody is to stand in who does not run sessions here.
    """
    session = running.locked(session, by=by)
    _require_able(facts.stand_in, session)
    kept, _is_new = HandOver.objects.get_or_create(session=session, defaults={"version": 0})
    versions.require_version(kept, version, said=vars(facts), labels=HAND_OVER_LABELS, verbs=["handed over"])
    for name, value in vars(facts).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    to = facts.stand_in.display_name if facts.stand_in else ""
    summary = f"{session.title}: {to}" if to else session.title
    audit.write(by=by, place_id=session.place_id, verb="handed over", subject=kept, summary=summary)
    return kept


def _require_able(stand_in: Member | None, session: Session) -> None:
    if stand_in is None:
        return
    is_gone = stand_in.left_at is not None or stand_in.place_id != session.place_id
    if is_gone or stand_in.standing not in TEAM:
        raise Unsound(_("Whoever stands in is a convener or facilitator of this place. Give them that standing first."))


@transaction.atomic
def park(*, session: Session, words: str, by: Member) -> Parked:
    """Set something aside that came up, so that it is not lost."""
    session = running.locked(session, by=by)
    made = Parked.objects.create(session=session, words=words, parked_by=by)
    audit.write(by=by, place_id=session.place_id, verb="parked", subject=made, summary=session.title)
    return made


@transaction.atomic
def settle_parked(*, parked: Parked, outcome: str, by: Member) -> Parked:
    """Say what came of something that was parked; it is carried on no further.

    Raises
    ------
    NotReady
        If somebody settled it already.
    """
    session = running.locked(parked.session, by=by)
    kept = Parked.objects.get(pk=parked.pk)
    if kept.settled_at is not None:
        raise NotReady(_("Somebody has settled this meanwhile: %(outcome)s") % {"outcome": kept.outcome})
    kept.outcome, kept.settled_at, kept.settled_by = outcome, timezone.now(), by
    kept.save(update_fields=["outcome", "settled_at", "settled_by"])
    audit.write(by=by, place_id=session.place_id, verb="settled", subject=kept, summary=session.title)
    return kept
