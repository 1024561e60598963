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
        """Bring the frameworks in whenever the tables have been laid."""
        post_migrate.connect(_bring_frameworks, sender=self)


def _bring_frameworks(**_signal: Any) -> None:
    from placeweave.places import services  # noqa: PLC0415

    services.load_frameworks()
