"""Erasing what people told about themselves some time after a session, so that only counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from placeweave.gatherings.models import Session, SignUp

NEEDS = ("access_needs", "dietary")
DETAILS = ("name", "email", "role", "organisation", *NEEDS)


def _over_since(moment: datetime) -> Q:
    """Keep those whose session was over, or called off, by then."""
    called_off = Q(session__state=Session.State.CANCELLED, session__changed_at__lt=moment)
    return Q(session__ends_at__lt=moment) | called_off


def erase_due() -> int:
    """Erase needs, and later names and addresses; give how many sign-ups were emptied. Safe to run at any time.

    Where somebody stood, the size of their party and their part of society stay: the counts are made of them.
    """
    now = timezone.now()
    needed = SignUp.objects.filter(_over_since(now - timedelta(days=settings.NEEDS_KEPT_DAYS)))
    needed.exclude(access_needs="", dietary="").update(**dict.fromkeys(NEEDS, ""))
    known = SignUp.objects.filter(_over_since(now - timedelta(days=settings.SIGN_UPS_KEPT_DAYS)), erased_at=None)
    return known.update(**dict.fromkeys(DETAILS, ""), erased_at=now)
