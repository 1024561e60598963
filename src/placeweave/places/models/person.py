"""People of a place, and those of them who are members of its workspace."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.kit.access import Standing
from placeweave.kit.models import Dated
from placeweave.places.models.organisation import Organisation
from placeweave.places.models.place import Place


class Person(Dated):
    """Somebody in the directory of a place. They edit their own entry, and choose what others see of it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="people")
    about = models.TextField(blank=True, max_length=1000)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    shows_contact = models.BooleanField(default=False, help_text=_("Members of this place may see e-mail and phone."))
    is_listed = models.BooleanField(default=False, help_text=_("May be found by others who work on the same things."))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Reads of members."""

    def current(self) -> MemberQuerySet:
        """Keep those who have not left."""
        return self.filter(left_at=None)


class Member(Dated):
    """One account's standing in one place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    person = models.OneToOneField(Person, models.PROTECT, related_name="member")
    standing = models.CharField(max_length=12, choices=[(s.value, s.label) for s in Standing if s != Standing.VISITOR])
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "account"], condition=Q(left_at=None), name="one_membership_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.place_id}"

    @property
    def display_name(self) -> str:
        """The name others in this place know this member by."""
        return self.person.name

    @property
    def organisation(self) -> Organisation | None:
        """The organisation this member speaks for, if any."""
        return self.person.organisation


class Invitation(Dated):
    """A link that makes whoever follows it a member; only a digest of its key is kept."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="invitations")
    key_digest = models.CharField(max_length=64, unique=True)
    standing = models.CharField(max_length=12, choices=[(s.value, s.label) for s in Standing if s != Standing.VISITOR])
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} to {self.place_id}"

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()
