"""Places side by side: mine in full, others only by what they chose to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from placeweave.kit.models import Account
from placeweave.places.models import FrameworkNode, Issue, LinkUp, Member, Place, Question


@dataclass(frozen=True)
class Elsewhere:
    """Another place that works on something, in the facts it shows to others and no more."""

    place: Place
    issues: Sequence[str]
    shared: Sequence[FrameworkNode]
    """What both it and the asking place work on."""


def places_of(account: Account) -> QuerySet[Member]:
    """The places somebody belongs to, with their standing, and the question each asks itself."""
    adopted = Question.objects.filter(
        issue__place=OuterRef("place"), issue__state=Issue.State.LIVE, state=Question.State.ADOPTED
    ).order_by("issue_id")
    found = Member.objects.current().filter(account=account).select_related("place", "person__organisation")
    return found.annotate(question=Subquery(adopted.values("wording")[:1])).order_by("place__name", "pk")


def public_places() -> QuerySet[Place]:
    """Places that show themselves to anybody."""
    return Place.objects.workspaces().filter(is_public=True)


def all_places() -> QuerySet[Place]:
    """Every place of the installation with its number of conveners, for its steward; nothing of what is in them."""
    conveners = Count("members", filter=Q(members__standing="convener", members__left_at=None))
    return Place.objects.workspaces().annotate(conveners=conveners)


def _open_issues() -> QuerySet[Issue]:
    """Live issues of the places that chose to show theirs."""
    shown = Issue.objects.filter(state=Issue.State.LIVE, place__in_portfolio=True, place__parent_workspace=None)
    return shown.select_related("place").prefetch_related("topics").order_by("place__name", "place_id", "pk")


def _facts(issues: Iterable[Issue], topics: set[int]) -> list[Elsewhere]:
    """Gather issues by place, those with most in common first."""
    found = []
    for _pk, group in groupby(issues, key=attrgetter("place_id")):
        held = list(group)
        shared = {topic.pk: topic for issue in held for topic in issue.topics.all() if topic.pk in topics}
        in_order = sorted(shared.values(), key=attrgetter("order"))
        found.append(Elsewhere(held[0].place, [issue.title for issue in held], in_order))
    return sorted(found, key=lambda one: (-len(one.shared), one.place.name))


def elsewhere(mine: Iterable[int]) -> list[Elsewhere]:
    """Places that chose to show their issues, other than mine, with what we both work on."""
    own = list(mine)
    live = Issue.objects.filter(place__in=own, state=Issue.State.LIVE).exclude(topics=None)
    topics = set(live.values_list("topics", flat=True))
    return _facts(_open_issues().exclude(place__in=own)[:400], topics)


def works_on_this_too(issue: Issue) -> list[Elsewhere]:
    """Other places that chose to be seen and work on a topic of this issue."""
    topics = {topic.pk for topic in issue.topics.all()}
    if not topics:
        return []
    same = _open_issues().exclude(place=issue.place_id).filter(topics__in=topics).distinct()
    return _facts(same[:400], topics)


def linkups_of(place: Place) -> QuerySet[LinkUp]:
    """What this place asked of others, and others of it."""
    found = LinkUp.objects.filter(Q(asking=place) | Q(asked=place))
    related = ("asking", "asked", "topic", "by__person", "by__account", "answered_by__person", "answered_by__account")
    return found.select_related(*related).order_by("-created_at")
