"""Note that somebody was worried about a person: that it was raised, when and by whom, and nothing else."""

from __future__ import annotations

from django.db import transaction

from placeweave.kit import access, audit
from placeweave.listening.models import RiskFlag
from placeweave.places.models import Member


@transaction.atomic
def raise_risk(*, by: Member) -> RiskFlag:
    """Keep that this member turned to the duty contacts; this is no case record and takes no detail."""
    access.require(by, "listening.raise_risk")
    flag = RiskFlag.objects.create(place_id=by.place_id, raised_by=by if by.pk else None)
    audit.write(by=by, place_id=by.place_id, verb="raised that someone may be at risk", subject=flag)
    return flag
