"""The shared purpose: its versions, and where each partner stands on each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models import Issue, Member, Organisation, Place


class Purpose(Dated):
    """What the partners of a place agree to be working for."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="purposes")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="purposes")
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class PurposeVersion(Dated):
    """One wording of a purpose; earlier ones stay readable."""

    class State(models.TextChoices):
        """Whether it holds."""

        DRAFT = "draft", _("Being agreed")
        ADOPTED = "adopted", _("Agreed")
        PAST = "past", _("Earlier version")

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    wording = models.TextField(max_length=2000)
    why = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=120, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "number"], name="one_purpose_version_per_number"),
            models.UniqueConstraint(fields=["purpose"], condition=Q(state="adopted"), name="one_purpose_version_holds"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Assent(Dated):
    """Where somebody stands on one version: their organisation where they speak for one, else themselves."""

    class Gradient(models.TextChoices):
        """Gradients of agreement."""

        ASSENTS = "assents", _("Assents")
        WITH_CONCERN = "with_concern", _("Assents, with a concern")
        STANDS_ASIDE = "stands_aside", _("Stands aside")

    version = models.ForeignKey(PurposeVersion, models.CASCADE, related_name="assents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    said_by_name = models.CharField(max_length=120)
    gradient = models.CharField(max_length=14, choices=Gradient)
    concern = models.TextField(blank=True, max_length=1000)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_assent_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["version", "member"], condition=Q(organisation=None), name="one_assent_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said_by_name}: {self.gradient}"
