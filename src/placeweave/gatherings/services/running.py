"""What every deed of those who run sessions begins with: they may, and nobody else changes the session meanwhile."""

from __future__ import annotations

from placeweave.gatherings.models import Session
from placeweave.gatherings.services import queue
from placeweave.kit.access import require
from placeweave.places.models import Member
from placeweave.places.services.acting import require_own


def require_team(by: Member, place_id: int) -> None:
    """Refuse everybody who may not run the sessions of a place."""
    require_own(by, place_id)
    require(by, "gatherings.run_sessions")


def locked(session: Session, *, by: Member) -> Session:
    """Lock a session for somebody who may run it."""
    require_team(by, session.place_id)
    return queue.locked(session.pk)
