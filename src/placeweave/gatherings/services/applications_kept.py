"""Erasing what applicants told about themselves some time after their cohort is closed, so that only counts stay."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from placeweave.gatherings.models import Application

NEEDS = ("access_needs",)
DETAILS = ("name", "email", "role", "organisation", "issue", "kept_because", *NEEDS)


def erase_due() -> int:
    """Erase needs, and later names, addresses and issues; give how many were emptied. Safe to run at any time.

    Where somebody stood, their part of society and their neighbourhood stay: the counts are made of them.
    """
    now = timezone.now()
    needed = Application.objects.filter(cohort__closed_at__lt=now - timedelta(days=settings.NEEDS_KEPT_DAYS))
    needed.exclude(access_needs="").update(**dict.fromkeys(NEEDS, ""))
    known = Application.objects.filter(cohort__closed_at__lt=now - timedelta(days=settings.SIGN_UPS_KEPT_DAYS))
    return known.exclude(email="").update(**dict.fromkeys(DETAILS, ""))
