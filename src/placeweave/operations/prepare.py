"""Make an installation ready to start: its folder, its tables, its cache."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Bring folder and database to what this version needs; changes nothing where nothing is due."""
    home = Path(settings.HOME)
    for folder in (home, Path(settings.UPLOADS), Path(settings.STATIC_ROOT), home / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    if migrations_due():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def migrations_due() -> int:
    """Count the changes of tables that this version brings and the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
