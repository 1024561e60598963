"""Issues with their question and its history."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value

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


def put_on(issue: Issue) -> dict[str, list[int]]:
    """The keys of all that is on an issue, by the name of the relation; one query for the four of them."""
    found: dict[str, list[int]] = {"facilitators": [], "organisations": [], "neighbourhoods": [], "topics": []}
    rows = [
        model.objects.filter(issue=issue).order_by().values_list(Value(name), key)
        for name, model, key in (
            ("facilitators", Issue.facilitators.through, "member_id"),
            ("organisations", Issue.organisations.through, "organisation_id"),
            ("neighbourhoods", Issue.neighbourhoods.through, "place_id"),
            ("topics", Issue.topics.through, "frameworknode_id"),
        )
    ]
    for name, key in rows[0].union(*rows[1:], all=True):
        found[name].append(key)
    return found
