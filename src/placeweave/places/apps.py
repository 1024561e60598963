"""places as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The room places."""

    name = "placeweave.places"
    label = "places"
