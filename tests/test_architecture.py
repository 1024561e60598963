"""The house leans one way: every relation between records points at a room below, or stays in its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

from placeweave.settings import PACKAGE

# From the ground up; siblings share a floor and never meet.
FLOORS = [
    {"auth", "contenttypes", "sessions"},
    {"kit"},
    {"places"},
    {"gatherings"},
    {"listening"},
    {"themes"},
    {"systems", "jigsaw"},
    {"action"},
    {"evaluation"},
    {"outreach"},
    {"thread"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
OURS = [one for one in apps.get_models() if one.__module__.startswith("placeweave.")]


def relations() -> list[tuple[str, str, str]]:
    found = []
    for model in OURS:
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            assert isinstance(field, Field)
            if field.related_model is not None:
                target = field.related_model._meta
                found.append((f"{model._meta.label}.{field.name}", model._meta.app_label, target.app_label))
    return found


def test_there_are_relations_to_check() -> None:
    assert len(relations()) > 100


@pytest.mark.parametrize(("name", "source", "target"), relations(), ids=str)
def test_a_relation_points_down(name: str, source: str, target: str) -> None:
    if source != target:
        assert FLOOR_OF[target] < FLOOR_OF[source], f"{name} points up from {source} to {target}"


def sources() -> list[Path]:
    return [one for one in PACKAGE.rglob("*.py") if "migrations" not in one.parts]


def test_only_listening_and_themes_read_raw_words() -> None:
    allowed = {"listening", "themes"}
    for source in sources():
        room = source.relative_to(PACKAGE).parts[0]
        if room not in allowed:
            assert not re.search(r"Contribution\.raw\b|contributions\(manager=", source.read_text(encoding="utf-8")), (
                f"{source.relative_to(PACKAGE)} reads words without asking for consent"
            )


def test_two_people_at_one_record_are_met_in_one_place() -> None:
    met = {str(one.relative_to(PACKAGE)) for one in sources() if "except Conflict" in one.read_text(encoding="utf-8")}
    assert met == {"kit/asking.py"}, "a view that meets a conflict in its own way may lose what somebody typed"


def test_no_module_grows_past_four_hundred_lines() -> None:
    long = {
        str(one.relative_to(PACKAGE)): count
        for one in sources()
        if (count := len(one.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(one.relative_to(PACKAGE))
        for one in sources()
        if one.read_text(encoding="utf-8").strip() and not one.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert not silent
