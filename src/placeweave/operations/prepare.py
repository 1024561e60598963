"""Make an installation ready to start: its folder, its tables, its cache."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections


def prepare() -> None:
    """Bring folder and database to what this version needs; changes nothing where nothing is due."""
    home = Path(settings.HOME)
    for folder in (home, Path(settings.UPLOADS), Path(settings.STATIC_ROOT), home / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    connections.close_all()
