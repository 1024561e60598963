"""Which conversation holds what was said at a session."""

from __future__ import annotations

from django.db import models

from placeweave.gatherings.models import Session
from placeweave.kit.models import Dated
from placeweave.listening.models.conversation import Conversation


class Harvest(Dated):
    """The one conversation into which every table and every online group of a session brings what was said there."""

    session = models.OneToOneField(Session, models.CASCADE, primary_key=True, related_name="harvest")
    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="harvest")

    def __str__(self) -> str:
        return str(self.conversation)
