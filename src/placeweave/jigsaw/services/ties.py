"""Reporting what one partner is to another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Tie
from placeweave.jigsaw.services.speaking import require_own_body
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member, Organisation


@transaction.atomic
def report_tie(
    *, source: Organisation, target: Organisation, level: int, by: Member, kind: str = "", note: str = ""
) -> Tie:
    """Keep how one organisation sees its work with another; saying it again on the same day replaces it.

    What the other side says is kept apart: two ratings that differ are something to talk about, never an average.
    """
    require(by, "jigsaw.report_tie")
    if {source.place_id, target.place_id} != {by.place_id}:
        raise Unsound(_("Both organisations must belong to this place."))
    if source.pk == target.pk:
        raise Unsound(_("A tie needs two organisations."))
    if not 0 <= level <= 5:
        raise Unsound(_("A tie is rated from 0 to 5."))
    require_own_body(source, by)
    tie, _made = Tie.objects.update_or_create(
        survey=None,
        source=source,
        target=target,
        kind=kind,
        reported_on=timezone.localdate(),
        defaults={"place_id": by.place_id, "level": level, "note": note, "reported_by": by},
    )
    audit.write(by=by, place_id=by.place_id, verb="reported", subject=tie, summary=f"{source.name} - {target.name}")
    return tie
