"""places as a Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlacesConfig(AppConfig):
    """The room places."""

    name = "placeweave.places"
    label = "places"

    def ready(self) -> None:
        """Say what can be worked out and brought in; bring the frameworks in; note fresh second steps."""
        from allauth.mfa.signals import authenticator_added

        from placeweave.places import exports, importers, jobs
        from placeweave.places.adapter import note_set_up

        jobs.register()
        post_migrate.connect(_bring_frameworks, sender=self)
        authenticator_added.connect(note_set_up)
        importers.register()
        exports.register()


def _bring_frameworks(**_signal: Any) -> None:
    from placeweave.places import services

    services.load_frameworks()
