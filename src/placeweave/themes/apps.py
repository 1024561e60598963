"""themes as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """The room themes."""

    name = "placeweave.themes"
    label = "themes"
