"""What those who come to a session get ready with: its purpose, pre-work, materials, and what to practise after it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated


class Preparation(Dated):
    """What a session is for, what to do before it, and the practice task to go home with."""

    session = models.OneToOneField(Session, models.CASCADE, primary_key=True, related_name="preparation")
    purpose = models.TextField(blank=True, max_length=600)
    pre_work = models.TextField(blank=True, max_length=3000)
    practice_task = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.session)


class Material(Dated):
    """Something to read, watch or use, under an address of its own."""

    class Use(models.TextChoices):
        """What it is for."""

        BEFORE = "before", _("To look at beforehand")
        DURING = "during", _("Used in the session")

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials")
    title = models.CharField(max_length=160)
    address = models.URLField(max_length=300)
    use = models.CharField(max_length=8, choices=Use, default=Use.BEFORE)

    class Meta:
        ordering = ["use", "pk"]

    def __str__(self) -> str:
        return self.title
