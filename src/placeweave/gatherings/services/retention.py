"""Erasing what people told about themselves some time after a session, so that only counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from placeweave.gatherings.models import Attendee, Bond, Session, SignUp

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
    no_needs = _over_since(now - timedelta(days=settings.NEEDS_KEPT_DAYS))
    no_names = _over_since(now - timedelta(days=settings.SIGN_UPS_KEPT_DAYS))
    needed = SignUp.objects.filter(no_needs)
    needed.exclude(access_needs="", dietary="").update(**dict.fromkeys(NEEDS, ""))
    Attendee.objects.filter(no_needs).exclude(needs=[]).update(needs=[])
    Attendee.objects.filter(no_names).exclude(name="", organisation="").update(name="", organisation="")
    Bond.objects.filter(no_names).delete()
    known = SignUp.objects.filter(no_names, erased_at=None)
    return known.update(**dict.fromkeys(DETAILS, ""), erased_at=now)
