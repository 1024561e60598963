"""jigsaw as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JigsawConfig(AppConfig):
    """The room jigsaw."""

    name = "placeweave.jigsaw"
    label = "jigsaw"
