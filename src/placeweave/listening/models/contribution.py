"""What people said, and the consent that travels with it."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch, Dated
from placeweave.listening.models.conversation import Conversation
from placeweave.places.models import Member, Organisation, Place


class VoiceType(models.TextChoices):
    """Whose kind of knowing it is; kinds are never mixed silently."""

    LIVED = "lived_experience", _("Lived experience")
    FRONTLINE = "frontline", _("Frontline practitioner")
    MANAGER = "manager", _("Manager")
    ELECTED = "elected", _("Elected member")
    DATA = "data", _("Data or research")


class Scope(models.IntegerChoices):
    """How far the words may travel; a wider scope is a larger number, the default is the narrowest."""

    NOTES = 1, _("Only the people who hold this conversation")
    PARTNERS = 2, _("Everybody who takes part in this place")
    PUBLIC = 3, _("Anybody")


class Naming(models.TextChoices):
    """How the teller is shown, wherever the words go."""

    ONLY_IN_THEMES = "only_in_themes", _("Not quoted, only counted in themes")
    ANONYMOUS = "anonymous", _("Quoted without a name")
    PSEUDONYM = "pseudonym", _("Quoted under another name")
    NAMED = "named", _("Quoted with the name")


class ConsentText(Dated):
    """The words consent was asked in; each contribution keeps the version it was given under."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="consent_texts")
    version = models.PositiveIntegerField()
    body = models.TextField(max_length=4000)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["place", "version"], name="one_consent_text_per_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reads of contributions."""

    def live(self) -> ContributionQuerySet:
        """Keep those neither paused nor withdrawn by their teller."""
        return self.filter(state=Contribution.State.LIVE)

    def within(self, scope: Scope) -> ContributionQuerySet:
        """Keep those whose words may reach readers at ``scope``: of one alone, :meth:`Contribution.may_reach` tells."""
        live = self.live().filter(scope__gte=scope)
        return live if scope == Scope.NOTES else live.exclude(naming=Naming.ONLY_IN_THEMES)


class ConsentedContributions(models.Manager.from_queryset(ContributionQuerySet)):  # type: ignore[misc]
    """The everyday manager: words that everybody in the place may read, and no others."""

    def get_queryset(self) -> ContributionQuerySet:
        """Start from what consent lets everybody in the place read."""
        found: ContributionQuerySet = super().get_queryset().within(Scope.PARTNERS)
        return found


class Contribution(Dated):
    """The smallest captured thing that somebody said.

    The text is immutable: quotes are offsets into it. It changes once at most, when its teller withdraws it, and then
    to nothing. ``objects`` yields only words everybody in the place may read; ``raw`` is for listening and themes.
    """

    class State(models.TextChoices):
        """Whether it may be used."""

        LIVE = "live", _("In use")
        PAUSED = "paused", _("Paused by its teller")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    place = models.ForeignKey(Place, models.CASCADE, related_name="contributions")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="contributions")
    text = models.TextField(max_length=20000, blank=True, help_text=_("Empty once its teller has withdrawn it."))
    sha256 = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, blank=True)
    voice_type = models.CharField(max_length=20, choices=VoiceType, default=VoiceType.LIVED)
    scope = models.PositiveSmallIntegerField(choices=Scope, default=Scope.NOTES)
    naming = models.CharField(max_length=16, choices=Naming, default=Naming.ONLY_IN_THEMES)
    may_recontact = models.BooleanField(default=False)
    consent_text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)
    teller_name = models.CharField(max_length=120, blank=True)
    pseudonym = models.CharField(max_length=120, blank=True)
    described_as = models.CharField(max_length=120, blank=True, help_text=_("For example: a resident of Shore Road"))
    teller_email = models.EmailField(blank=True)
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    said_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text=_("When the teller was told what came of it."))
    teller_key_digest = models.CharField(max_length=64, blank=True, db_index=True)
    captured_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")
    external_id = models.CharField(max_length=80, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    raw = ContributionQuerySet.as_manager()
    objects = ConsentedContributions()

    class Meta:
        base_manager_name = "raw"
        default_manager_name = "raw"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["place", "state", "scope"]),
            models.Index(fields=["conversation", "state"]),
            models.Index(fields=["place", "-created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_contribution_per_source_id",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | models.Q(text=""), name="withdrawn_words_are_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"

    @staticmethod
    def digest_of(text: str) -> str:
        """Give the digest a text is known by."""
        return hashlib.sha256(text.encode()).hexdigest()

    def is_meant_for(self, scope: Scope) -> bool:
        """Tell whether its teller agreed that the words travel as far as ``scope``, and are quoted there."""
        return self.scope >= scope and (scope == Scope.NOTES or self.naming != Naming.ONLY_IN_THEMES)

    def may_reach(self, scope: Scope) -> bool:
        """Tell whether the words may reach readers at ``scope`` now: they are in use, and meant for them."""
        return self.state == self.State.LIVE and self.is_meant_for(scope)


class RiskFlag(Dated):
    """That somebody was worried about a person: raised, when, by whom, and never what about."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="risk_flags")
    raised_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"raised {self.created_at:%Y-%m-%d}"
