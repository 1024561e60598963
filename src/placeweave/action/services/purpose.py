"""Agreeing what the partners are working for: wordings follow each other, and each partner says where they stand."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.action.models import Assent, Purpose, PurposeVersion
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Issue, Member, Place


@transaction.atomic
def begin_purpose(*, place: Place, title: str, wording: str, by: Member, issue: Issue | None = None) -> Purpose:
    """Open a purpose with its first wording, still to be agreed."""
    require(by, "action.draft_purpose")
    if issue is not None and issue.place_id != place.pk:
        raise Unsound(_("That issue belongs to another place."))
    purpose = Purpose.objects.create(place=place, title=title, issue=issue)
    _word(purpose, number=1, wording=wording, why="", by=by)
    audit.write(by=by, place_id=place.pk, verb="began", subject=purpose, summary=title)
    return purpose


@transaction.atomic
def revise(*, purpose: Purpose, wording: str, why: str, by: Member) -> PurposeVersion:
    """Put a new wording beside the one in use; it holds only once it is adopted.

    Raises
    ------
    NotReady
        If another new wording is still being agreed, or nothing was changed.
    """
    require(by, "action.draft_purpose")
    purpose = Purpose.objects.select_for_update().get(pk=purpose.pk)
    newest = purpose.versions.first()
    if newest is not None and newest.state == PurposeVersion.State.DRAFT:
        raise NotReady(
            _("Version %(number)s is still being agreed. Adopt it, or say there what to change.")
            % {"number": newest.number}
        )
    if newest is not None and newest.wording.strip() == wording.strip():
        raise NotReady(_("This is word for word version %(number)s.") % {"number": newest.number})
    version = _word(purpose, number=newest.number + 1 if newest else 1, wording=wording, why=why, by=by)
    audit.write(by=by, place_id=purpose.place_id, verb="reworded", subject=purpose, summary=f"version {version.number}")
    return version


def _word(purpose: Purpose, *, number: int, wording: str, why: str, by: Member) -> PurposeVersion:
    return PurposeVersion.objects.create(
        purpose=purpose, number=number, wording=wording, why=why, author=by, author_name=by.display_name
    )


@transaction.atomic
def adopt(*, version: PurposeVersion, by: Member) -> None:
    """Let a wording hold from now on; the one before stays readable."""
    require(by, "action.adopt_purpose")
    purpose = Purpose.objects.select_for_update().get(pk=version.purpose_id)
    version = purpose.versions.get(pk=version.pk)
    if version.state != PurposeVersion.State.DRAFT:
        raise NotReady(_("Version %(number)s is not waiting to be agreed.") % {"number": version.number})
    purpose.versions.filter(state=PurposeVersion.State.ADOPTED).update(state=PurposeVersion.State.PAST)
    version.state, version.adopted_at = PurposeVersion.State.ADOPTED, timezone.now()
    version.save()
    audit.write(by=by, place_id=purpose.place_id, verb="adopted", subject=purpose, summary=f"version {version.number}")


@transaction.atomic
def say_where_i_stand(*, version: PurposeVersion, gradient: str, concern: str, by: Member) -> Assent:
    """Say where one's organisation stands on a wording, or where one stands oneself; saying it again replaces it.

    Raises
    ------
    Unsound
        If somebody with a concern, or standing aside, gives no words for it: an unspoken concern helps nobody.
    NotReady
        If the wording is a past one.
    """
    require(by, "action.say_where_i_stand")
    version = PurposeVersion.objects.select_for_update().select_related("purpose").get(pk=version.pk)
    if version.state == PurposeVersion.State.PAST:
        raise NotReady(_("This is an earlier version. Say where you stand on the one in use."))
    if gradient != Assent.Gradient.ASSENTS and not concern.strip():
        raise Unsound(_("Please say what the concern is, so that the others can answer it."))
    organisation = by.organisation
    who = {"organisation": organisation} if organisation else {"organisation": None, "member": by}
    assent, _made = Assent.objects.update_or_create(
        version=version,
        **who,
        defaults={
            "member": by,
            "said_by_name": by.display_name,
            "gradient": gradient,
            "concern": concern.strip(),
            "created_at": timezone.now(),
        },
    )
    audit.write(by=by, place_id=version.purpose.place_id, verb="stands", subject=version, summary=gradient)
    return assent
