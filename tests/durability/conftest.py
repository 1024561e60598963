"""A database that two connections can write to at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.durability import installation


@pytest.fixture
def shared_database(
    transactional_db: None, django_db_blocker: DjangoDbBlocker, settings: LazySettings, tmp_path: Path
) -> Iterator[None]:
    """Let threads meet in one database: the server itself, or a file with a copy of the tests' own tables.

    SQLite keeps the tests' database in memory, where connections get in each other's way as they never do in a file.
    """
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {"default": nothing, "memory": nothing}
    if connections["default"].vendor != "sqlite":
        yield
        return
    with django_db_blocker.unblock():
        in_memory = connections["default"]
        in_memory.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "shared.sqlite3")) as file:
            in_memory.connection.backup(file)
        name, in_memory.settings_dict["NAME"] = in_memory.settings_dict["NAME"], str(tmp_path / "shared.sqlite3")
        del connections["default"]
        try:
            yield
        finally:
            connections["default"].close()
            in_memory.settings_dict["NAME"] = name
            connections["default"] = in_memory


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[installation.Installation]:
    """An installation that does not run yet, prepared once for all that are copied from it."""
    with installation.seeded(tmp_path_factory.mktemp("seeded")) as made:
        yield made
