"""Frameworks and their headings."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from placeweave.places.models import Crosswalk, Framework, FrameworkNode

TOPICS = "place-assessment"
"""The framework whose headings say what an issue is about, in every place alike, so that places can find each other."""


def frameworks() -> QuerySet[Framework]:
    """Every framework, retired ones too, with the number of its headings."""
    return Framework.objects.annotate(headings=Count("nodes"))


def headings(framework: Framework) -> QuerySet[FrameworkNode]:
    """The headings of a framework in its own order."""
    return framework.nodes.select_related("parent")


def crosswalks(framework: Framework) -> QuerySet[Crosswalk]:
    """What the headings of this framework stand for in others, and the other way round."""
    touching = Crosswalk.objects.filter(source__framework=framework) | Crosswalk.objects.filter(
        target__framework=framework
    )
    return touching.select_related("source__framework", "target__framework").order_by("source__order")


def topics() -> QuerySet[FrameworkNode]:
    """The headings an issue can be about."""
    return FrameworkNode.objects.filter(framework__slug=TOPICS, framework__valid_to=None)
