"""kit as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    """The application that holds accounts, audit entries, batches, analyses and exports."""

    name = "placeweave.kit"
    label = "kit"

    def ready(self) -> None:
        """Let every room say who may do what in it."""
        autodiscover_modules("rules")
