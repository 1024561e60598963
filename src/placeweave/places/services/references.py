"""Everything that points at an organisation, whichever room it lies in, found through Django's own registry.

So places knows nothing of the rooms above it, and a relation added to one of them is carried along without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import IntegrityError, models, transaction

from placeweave.places.models import Merge, Organisation, Pairing

Keys = dict[str, list[int]]
_OWN = frozenset({Organisation, Merge, Pairing})
"""What tells of two organisations as two; everything else follows the one they become."""


@dataclass(frozen=True)
class Relation:
    """One field, of one kind of record, that points at an organisation; links of many to many are records too."""

    model: type[models.Model]
    field: str

    @property
    def name(self) -> str:
        """Name it as it is kept."""
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def noun(self) -> str:
        """Say what sort of record it is, as people read it."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def is_suggested(self) -> bool:
        """Tell whether a machine made its rows and would find them again: nothing rests on them."""
        whose = self.model._meta.auto_created or self.model
        return getattr(whose, "is_suggested", False)

    def rows(self, **lookups: object) -> models.QuerySet[models.Model]:
        """Give its rows, whatever a manager leaves out otherwise."""
        return self.model._base_manager.filter(**lookups)

    def keys(self, organisation: int) -> list[int]:
        """Give the keys of the rows that point at an organisation, in order."""
        found: list[int] = list(self.rows(**{self.field: organisation}).order_by("pk").values_list("pk", flat=True))
        return found


@cache
def relations() -> tuple[Relation, ...]:
    """List every relation that leads to an organisation, hidden ones and links of many to many included."""
    found = [
        Relation(field.related_model, field.field.name)
        for field in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ManyToOneRel) and field.related_model not in _OWN
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def relation_named(name: str) -> Relation:
    """Give the relation that was kept under a name."""
    label, field = name.rsplit(".", 1)
    return Relation(apps.get_model(label), field)


def pointing_at(organisation: int) -> Keys:
    """Give the keys of everything that points at an organisation, by relation."""
    return {one.name: keys for one in relations() if (keys := one.keys(organisation))}


def _others(relation: Relation) -> list[str]:
    """Name the other fields by which the same record points at organisations."""
    return [one.field for one in relations() if one.model is relation.model and one.field != relation.field]


def between(one: int, other: int) -> list[str]:
    """Say in the plural what records join the two organisations: ties, flows of money."""
    pairs = ((relation, field) for relation in relations() for field in _others(relation))
    return sorted({relation.noun for relation, field in pairs if _joins(relation, field, one, other)})


def _joins(relation: Relation, field: str, one: int, other: int) -> bool:
    return relation.rows(**{relation.field: one, field: other}).exists()


def point(keys: Mapping[str, Sequence[int]], *, source: int, target: int) -> tuple[Keys, Keys]:
    """Point rows at another organisation; give those that were, and those that could not be.

    A row stays where it is if it joins the two, or if the target has one like it and there can only be one; also if
    somebody has pointed it elsewhere since.
    """
    moved: Keys = {}
    left: Keys = {}
    for name in sorted(keys):
        done = list(_pointed(relation_named(name), keys[name], source=source, target=target))
        if done:
            moved[name] = done
        if rest := [key for key in keys[name] if key not in set(done)]:
            left[name] = rest
    return moved, left


def _pointed(relation: Relation, keys: Sequence[int], *, source: int, target: int) -> Iterator[int]:
    rows = relation.rows(**{relation.field: source, "pk__in": keys})
    for field in _others(relation):
        rows = rows.exclude(**{field: target})
    free: list[int] = list(rows.order_by("pk").values_list("pk", flat=True))
    if _point_at(relation, free, target):
        yield from free
    else:
        yield from (key for key in free if _point_at(relation, [key], target))


def _point_at(relation: Relation, keys: Sequence[int], target: int) -> bool:
    """Try to point rows, all or none; no date of theirs changes, for nobody has touched them."""
    try:
        with transaction.atomic():
            relation.rows(pk__in=keys).update(**{relation.field: target})
    except IntegrityError:
        return False
    return True


def counted(keys: Mapping[str, Sequence[int]]) -> list[tuple[str, int]]:
    """Count kept keys by what sort of record they are, for reading."""
    counts: dict[str, int] = {}
    for name, found in keys.items():
        noun = relation_named(name).noun
        counts[noun] = counts.get(noun, 0) + len(found)
    return sorted(counts.items())
