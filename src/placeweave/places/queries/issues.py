"""Issues with their question and its history."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from placeweave.places.models import Issue, Member, Place, Question


def _in_use() -> Subquery:
    adopted = Question.objects.filter(issue=OuterRef("pk"), state=Question.State.ADOPTED)
    return Subquery(adopted.values("wording")[:1])


def issues(place: Place) -> QuerySet[Issue]:
    """Issues of a place with the question in use and all that says which boundaries they cross."""
    found = Issue.objects.filter(place=place).annotate(question=_in_use())
    facilitators = Prefetch("facilitators", Member.objects.current().select_related("person"))
    return found.prefetch_related("organisations", "neighbourhoods", "topics", facilitators)


def issue_page(place: Place, pk: int) -> Issue | None:
    """One issue with every wording its question ever had, newest first."""
    history = Question.objects.select_related("author__person__organisation")
    return issues(place).filter(pk=pk).prefetch_related(Prefetch("questions", history)).first()


def question_in_use(place: Place) -> Question | None:
    """The question of the first live issue: what the place asks itself now."""
    found = Question.objects.filter(issue__place=place, issue__state=Issue.State.LIVE, state=Question.State.ADOPTED)
    return found.select_related("issue").order_by("issue_id").first()
