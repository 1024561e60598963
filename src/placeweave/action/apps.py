"""action as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ActionConfig(AppConfig):
    """The room action."""

    name = "placeweave.action"
    label = "action"
