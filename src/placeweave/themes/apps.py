"""themes as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """The room themes."""

    name = "placeweave.themes"
    label = "themes"

    def ready(self) -> None:
        """Register what this room offers, once every model is loaded."""
        from placeweave.themes import ready

        ready.join()
