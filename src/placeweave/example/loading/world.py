"""What the loaders share: the files, the day things happened, and everything made so far by its key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from placeweave.action.models import Commitment
from placeweave.jigsaw.models import Need, Piece
from placeweave.kit.models import AuditEntry
from placeweave.listening.models import Contribution, Conversation
from placeweave.places.models import Issue, Member, Organisation, Person, Place
from placeweave.themes.models import Quote, Theme

Record = Mapping[str, Any]
HOUR = time(14, 10)
ROOMS = ("places", "listening", "themes", "jigsaw", "action")


def read(name: str) -> dict[str, Any]:
    """Read one content file."""
    return tomllib.loads(resources.files("placeweave.example").joinpath(name).read_text(encoding="utf-8"))


@dataclass
class World:
    """The example place while it is being loaded."""

    today: date = field(default_factory=timezone.localdate)
    neighbourhoods: dict[str, Place] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    _place: Place | None = None

    @property
    def place(self) -> Place:
        """The place itself, once it is there."""
        if self._place is None:
            raise LookupError("the place comes first")
        return self._place

    @place.setter
    def place(self, made: Place) -> None:
        self._place = made

    @property
    def convener(self) -> Member:
        """Whoever convenes the place, and did what the files name nobody for."""
        return next(member for member in self.members.values() if member.standing == "convener")

    def member(self, key: str | None) -> Member:
        """Give the member a file names, or the convener."""
        return self.members.get(key or "") or self.convener

    def day(self, offset: int) -> date:
        """Turn an offset in days into a date."""
        return self.today + timedelta(days=offset)

    def moment(self, offset: int) -> datetime:
        """Turn an offset in days into the early afternoon of that day."""
        return timezone.make_aware(datetime.combine(self.day(offset), HOUR))

    def some_day(self, record: Record, name: str) -> date | None:
        """Give the date of an optional offset."""
        return self.day(record[name]) if name in record else None

    @contextmanager
    def on(self, offset: int) -> Iterator[None]:
        """Do something as if on an earlier day: what is written meanwhile is dated back to it."""
        started = timezone.now()
        yield
        back = self.moment(offset)
        for model, name in _moments():
            model._base_manager.filter(**{f"{name}__gte": started}).update(**{name: back})


def _moments() -> list[tuple[type[models.Model], str]]:
    found: list[type[models.Model]] = [AuditEntry]
    for room in ROOMS:
        found += apps.get_app_config(room).get_models()
    return [
        (model, field.name)
        for model in found
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and field.name != "expires_at"
    ]
