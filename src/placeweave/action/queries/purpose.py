"""Reads of the shared purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from placeweave.action.models import Assent, Purpose, PurposeVersion
from placeweave.places.models import Member, Organisation, Place


@dataclass(frozen=True)
class Stand:
    """Who stands where on one wording, and who has not said."""

    version: PurposeVersion
    groups: Sequence[tuple[str, str, Sequence[Assent]]]
    silent: Sequence[Organisation]
    mine: Assent | None

    @property
    def said(self) -> int:
        """How many have said where they stand."""
        return sum(len(assents) for _gradient, _label, assents in self.groups)


def purposes(place: Place) -> Sequence[Purpose]:
    """Give the purposes of a place with their versions and what was said of each."""
    assents = Prefetch("assents", Assent.objects.select_related("organisation"))
    versions = Prefetch("versions", PurposeVersion.objects.prefetch_related(assents))
    return list(Purpose.objects.filter(place=place).select_related("issue").prefetch_related(versions))


def current(purpose: Purpose) -> PurposeVersion | None:
    """Give the version to speak about: one being agreed, else the one that holds."""
    versions = list(purpose.versions.all())
    return next((one for one in versions if one.state != PurposeVersion.State.PAST), versions[0] if versions else None)


def stand(version: PurposeVersion, *, partners: Sequence[Organisation], member: Member) -> Stand:
    """Arrange who stands where on a version."""
    assents = list(version.assents.all())
    groups = [(str(g.value), str(g.label), [one for one in assents if one.gradient == g]) for g in Assent.Gradient]
    spoken = {one.organisation_id for one in assents}
    own = member.organisation.pk if member.organisation else None
    mine = next(
        (
            one
            for one in assents
            if (own and one.organisation_id == own)
            or (member.pk and not own and one.organisation_id is None and one.member_id == member.pk)
        ),
        None,
    )
    return Stand(version, groups, [one for one in partners if one.pk not in spoken], mine)
