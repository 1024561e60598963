"""Partner organisations: one body, many identifiers, names and sites."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch, Dated
from placeweave.places.models.place import Place


class Sector(models.TextChoices):
    """The part of society an organisation belongs to."""

    LOCAL_GOVERNMENT = "local_government", _("Local government")
    HEALTH = "health", _("Health")
    HSCP = "hscp", _("Health and social care partnership")
    POLICING = "policing", _("Policing")
    FIRE = "fire", _("Fire and rescue")
    JUSTICE = "justice", _("Justice")
    EDUCATION = "education", _("Education")
    ENTERPRISE = "enterprise", _("Enterprise and skills")
    HOUSING = "housing", _("Housing")
    TRANSPORT = "transport", _("Transport")
    ENVIRONMENT = "environment", _("Environment and heritage")
    CULTURE = "culture", _("Culture, sport and leisure")
    THIRD_SECTOR = "third_sector", _("Third sector")
    COMMUNITY = "community", _("Community body or resident group")
    FAITH = "faith", _("Faith")
    BUSINESS = "business", _("Business")
    TRADE_UNION = "trade_union", _("Trade union")
    ELECTED = "elected", _("Elected members")
    NATIONAL = "national", _("National government or agency")
    ACADEMIA = "academia", _("Academia or evaluator")
    FUNDER = "funder", _("Funder")
    RESIDENT = "resident", _("Resident")
    UNKNOWN = "unknown", _("Sector not known")


class CurrentOrganisations(models.Manager["Organisation"]):
    """Those that stand for themselves."""

    def get_queryset(self) -> models.QuerySet[Organisation]:
        """Leave out what was found to be the same as another."""
        return super().get_queryset().filter(merged_into=None)


class Organisation(Dated):
    """A body with a stake in a place.

    One that was found to be the same as another is kept, pointing at it, so that they can be parted again exactly as
    they were; ``objects`` leaves it out, ``ever`` does not.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.UNKNOWN)
    description = models.TextField(blank=True, max_length=2000)
    is_partner = models.BooleanField(default=False, help_text=_("Takes part here, and is not only named in a file."))
    is_statutory = models.BooleanField(default=False)
    is_anchor = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")

    objects = CurrentOrganisations()
    ever = models.Manager["Organisation"]()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["place", "is_partner", "name"])]

    def __str__(self) -> str:
        return self.name


class OrganisationIdentifier(models.Model):
    """One number of an organisation in one register, and where it was learnt."""

    class Status(models.TextChoices):
        """Whether the number may be matched on."""

        CURRENT = "current", _("Current")
        FORMER = "former", _("Former")
        SHARED = "shared", _("Shared")  # another organisation has it too; whose it is waits for a decision
        DISPUTED = "disputed", _("Disputed")  # somebody found it to be wrong: it matches nothing any more

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    source = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CURRENT)
    succeeded_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "value"], name="one_identifier_per_organisation")
        ]
        indexes = [models.Index(fields=["scheme", "value"])]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class OrganisationName(models.Model):
    """Another name an organisation goes or went by."""

    class Kind(models.TextChoices):
        """What sort of name it is."""

        LEGAL = "legal", _("Legal name")
        KNOWN_AS = "known_as", _("Known as")
        FORMER = "former", _("Former name")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.KNOWN_AS)
    source = models.CharField(max_length=120, blank=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """Somewhere an organisation is to be found; private unless said otherwise, for it may be a trustee's home."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sites")
    label = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10, blank=True)
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="sites")
    is_private = models.BooleanField(default=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.label
