"""Write what people get ready with: purpose, pre-work, practice task and materials."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Material, Preparation, Session
from placeweave.gatherings.services import running
from placeweave.kit import audit, versions
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member

PREPARATION_LABELS = {
    "purpose": gettext_lazy("What is it for?"),
    "pre_work": gettext_lazy("Pre-work"),
    "practice_task": gettext_lazy("Practice task"),
}
MOST_MATERIALS = 30


@transaction.atomic
def prepare(
    *, session: Session, purpose: str, pre_work: str, practice_task: str, version: int, by: Member
) -> Preparation:
    """Say what a session is for, and what people do before and after it.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; 0 stands for nothing said yet.
    """
    session = running.locked(session, by=by)
    kept, _is_new = Preparation.objects.get_or_create(session=session, defaults={"version": 0})
    said = {"purpose": purpose, "pre_work": pre_work, "practice_task": practice_task}
    versions.require_version(kept, version, said=said, labels=PREPARATION_LABELS, verbs=["prepared"])
    for name, value in said.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    audit.write(by=by, place_id=session.place_id, verb="prepared", subject=kept, summary=session.title)
    return kept


@transaction.atomic
def add_material(*, session: Session, title: str, address: str, use: str, by: Member) -> Material:
    """Put an address beside a session."""
    session = running.locked(session, by=by)
    if session.materials.count() >= MOST_MATERIALS:
        raise Unsound(_("That is more than anybody looks at. Take something out first."))
    made = Material.objects.create(session=session, title=title, address=address, use=use)
    audit.write(by=by, place_id=session.place_id, verb="added material", subject=made, summary=title)
    return made


@transaction.atomic
def take_material_away(*, material: Material, by: Member) -> None:
    """Take an address off again."""
    session = running.locked(material.session, by=by)
    audit.write(by=by, place_id=session.place_id, verb="took material away", subject=material, summary=material.title)
    material.delete()
