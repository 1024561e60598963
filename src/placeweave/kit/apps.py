"""kit as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The application that holds accounts, audit entries, batches, analyses and exports."""

    name = "placeweave.kit"
    label = "kit"
