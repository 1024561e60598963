"""What a row of a table says its piece or need is for: issues of the place, and headings of frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.queries.axes import headings_for_pieces
from placeweave.kit.columns import Target
from placeweave.places.models import FrameworkNode, Issue, Place

TAGS: Final = (
    Target("issues", gettext_lazy("Issues"), ("issue",), max_length=2000),
    Target(
        "topics",
        gettext_lazy("Outcomes and pillars"),
        ("outcomes", "outcome", "pillars", "pillar", "topic", "framework"),
        max_length=4000,
    ),
)
_BETWEEN = re.compile(r"[;|\n]")


class Held(Exception):
    """A row that needs an answer first: which column, why, and what stands there."""

    def __init__(self, field: str, reason: str, value: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value


def spoken(topic: FrameworkNode) -> str:
    """Name a heading so that it can be told from one of another framework when it is read back."""
    return f"{topic.framework.title}: {topic.label}"


class Tags:
    """The issues and headings a place knows, looked up once for a whole file."""

    def __init__(self, place_id: int) -> None:
        place = Place.objects.get(pk=place_id)
        self.issues = {
            title.casefold(): pk for pk, title in Issue.objects.filter(place=place).values_list("pk", "title")
        }
        self.topics = _by_name(headings_for_pieces(place))

    def read(self, issues: str, topics: str) -> dict[str, list[int]]:
        """Give the keys of what two cells name, in order of keys.

        Raises
        ------
        Held
            If one of the names is not known here, or stands in several frameworks.
        """
        unknown = _("No issue of this place is called “%(name)s”.")
        found = {"issues": _keys("issues", issues, self.issues, unknown)}
        unknown = _(
            "“%(name)s” is no heading of a framework used here, or of several. Write it as “Framework: heading”."
        )
        return found | {"topics": _keys("topics", topics, self.topics, unknown)}


def _by_name(nodes: Iterable[FrameworkNode]) -> dict[str, int]:
    """Know a heading by its framework and name, and by its name alone where only one has it."""
    whole: dict[str, int] = {}
    alone: dict[str, set[int]] = {}
    for node in nodes:
        whole.setdefault(spoken(node).casefold(), node.pk)
        alone.setdefault(node.label.casefold(), set()).add(node.pk)
    return {name: next(iter(keys)) for name, keys in alone.items() if len(keys) == 1} | whole


def _keys(field: str, cell: str, known: Mapping[str, int], unknown: str) -> list[int]:
    names = [cell] if " ".join(cell.split()).casefold() in known else _BETWEEN.split(cell)
    keys = set()
    for name in (" ".join(one.split()) for one in names):
        if name and name.casefold() not in known:
            raise Held(field, unknown % {"name": name[:120]}, name[:120])
        if name:
            keys.add(known[name.casefold()])
    return sorted(keys)
