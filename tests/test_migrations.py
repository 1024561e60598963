"""A new installation lays its tables in one step a room; one that stands anywhere earlier goes on from there."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

Step = tuple[str, str]


@pytest.fixture(autouse=True)
def _real_migrations(settings: LazySettings) -> None:
    """Read the migrations, which all other tests do without."""
    settings.MIGRATION_MODULES = {}


def _told(model: ModelState) -> dict[str, Any]:
    """Say all that a table is made of, in whatever order it was said."""
    options = {
        name: sorted(map(repr, value)) if name in {"constraints", "indexes"} else value
        for name, value in model.options.items()
        if value
    }
    return {"fields": {name: field.deconstruct()[1:] for name, field in model.fields.items()}, "options": options}


def _one_by_one() -> list[Step]:
    """List every single step, in an order in which an installation may have taken them."""
    loader = MigrationLoader(None, replace_migrations=False)
    steps: list[Step] = []
    for leaf in sorted(loader.graph.leaf_nodes()):
        steps += [step for step in loader.graph.forwards_plan(leaf) if step not in steps]
    replacing = {step for step, one in loader.disk_migrations.items() if one.replaces}
    return [step for step in steps if step not in replacing]


def _single(one: migrations.Migration) -> list[Step]:
    return [(room, name) for room, name in one.replaces] or [(one.app_label, one.name)]


def test_one_step_a_room_lays_the_same_tables_as_all_steps_one_by_one() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    old = loader.project_state(_one_by_one()).models
    new = MigrationLoader(None).project_state().models
    assert {key: _told(model) for key, model in new.items()} == {key: _told(model) for key, model in old.items()}


def test_a_new_installation_takes_none_of_the_steps_that_are_replaced() -> None:
    loader = MigrationLoader(None)
    replaced = {step for one in loader.disk_migrations.values() for step in _single(one) if one.replaces}
    assert len(replaced) > 20
    assert replaced.isdisjoint(loader.graph.nodes)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97, 1])
def test_an_installation_that_stands_anywhere_takes_each_step_once(
    part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = _one_by_one()
    taken = steps[: round(len(steps) * part)]
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: dict.fromkeys(taken))
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = [one for one, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    times = Counter(taken + [step for one in plan for step in _single(one)])
    assert times == Counter(steps)
