"""What published registers and directories say of the organisations of a place."""

from __future__ import annotations

from django.db import models

from placeweave.kit.models import Batch, Dated
from placeweave.places.models.organisation import Organisation


class RegisterEntry(Dated):
    """One entry of a public register about an organisation, as its latest file has it.

    ``said`` holds the entry field by field, so that the next file can tell what changed. What is in it may be
    somebody's home address: pages show ``facts`` alone.
    """

    class Register(models.TextChoices):
        """Whose register it is."""

        OSCR = "oscr", "OSCR"

    PRIVATE = frozenset({"address", "postcode"})

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="entries")
    register = models.CharField(max_length=20, choices=Register)
    external_id = models.CharField(max_length=120)
    said = models.JSONField(default=dict)
    in_latest_file = models.BooleanField(default=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["register", "external_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "register", "external_id"], name="one_register_entry_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.external_id}"

    @property
    def facts(self) -> dict[str, str | list[str]]:
        """What the entry says that anybody who sees the organisation may see."""
        return {name: value for name, value in self.said.items() if value and name not in self.PRIVATE}
