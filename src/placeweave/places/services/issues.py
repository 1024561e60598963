"""Wicked issues and their inquiry question, which the people on it author together."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, versions
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import FrameworkNode, Issue, Member, Organisation, Place, Question
from placeweave.places.services.acting import Hand, require_own

LABELS = {
    "title": gettext_lazy("Title"),
    "state": gettext_lazy("Is it being worked on?"),
    "facilitators": gettext_lazy("Facilitators"),
    "organisations": gettext_lazy("Organisations on it"),
    "neighbourhoods": gettext_lazy("Where it is felt"),
    "topics": gettext_lazy("What it is about"),
}


@transaction.atomic
def open_issue(*, place: Place, title: str, by: Hand) -> Issue:
    """Bring an issue to the place that no one organisation can resolve alone."""
    require_own(by, place.pk)
    access.require(by, "places.open_issue")
    if not title.strip():
        raise Unsound(_("An issue needs a title."))
    try:
        with transaction.atomic():
            issue = Issue.objects.create(place=place, title=title.strip())
    except IntegrityError as taken:
        raise Unsound(_("There is already an issue called “%(title)s” here.") % {"title": title.strip()}) from taken
    audit.write(by=by, place_id=place.pk, verb="opened issue", subject=issue, summary=issue.title)
    return issue


@transaction.atomic
def edit_issue(
    *,
    issue: Issue,
    version: int,
    title: str,
    state: str,
    facilitators: Sequence[Member],
    organisations: Sequence[Organisation],
    neighbourhoods: Sequence[Place],
    topics: Sequence[FrameworkNode],
    by: Hand,
) -> Issue:
    """Say who is on an issue, where it is felt and what it is about, and whether it is live or resting.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read.
    """
    require_own(by, issue.place_id)
    access.require(by, "places.adopt_question")
    homes = [one.place_id for one in facilitators] + [one.place_id for one in organisations]
    workspaces = [one.parent_workspace_id for one in neighbourhoods]
    if any(home != issue.place_id for home in (*homes, *workspaces)):
        raise Unsound(_("Somebody or something you chose belongs to another place."))
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    several = {
        "facilitators": facilitators,
        "organisations": organisations,
        "neighbourhoods": neighbourhoods,
        "topics": topics,
    }
    said = {"title": title.strip(), "state": state, **several}
    versions.require_version(locked, version, said=said, labels=LABELS, verbs=["edited issue"])
    locked.title, locked.state = title.strip(), state
    locked.version += 1
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as taken:
        raise Unsound(_("There is already an issue called “%(title)s” here.") % {"title": locked.title}) from taken
    for name, chosen in several.items():
        getattr(locked, name).set(chosen)
    audit.write(by=by, place_id=issue.place_id, verb="edited issue", subject=locked, summary=locked.title)
    return locked


@transaction.atomic
def suggest_question(*, issue: Issue, wording: str, why: str, by: Member) -> Question:
    """Suggest a wording. Anybody taking part may; it changes nothing until the group takes it up."""
    require_own(by, issue.place_id)
    access.require(by, "places.suggest_question")
    Issue.objects.select_for_update().get(pk=issue.pk)
    wording = wording.strip()
    if not wording:
        raise Unsound(_("Write the question you suggest."))
    last = issue.questions.first()
    if last is not None and last.wording == wording and last.state == Question.State.SUGGESTED:
        return last
    number = (issue.questions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    question = Question.objects.create(
        issue=issue, number=number, wording=wording, why=why, author=by, author_name=by.display_name
    )
    audit.write(by=by, place_id=issue.place_id, verb="suggested question", subject=question, summary=issue.title)
    return question


def _decide(question: Question, state: str, by: Hand) -> Question:
    require_own(by, question.issue.place_id)
    access.require(by, "places.adopt_question")
    Issue.objects.select_for_update().get(pk=question.issue_id)
    current = Question.objects.select_related("issue").get(pk=question.pk)
    if current.state == state:
        return current
    if current.state == Question.State.ADOPTED:
        raise NotReady(_("This wording is in use. Take up another one instead."))
    if state == Question.State.ADOPTED:
        Question.objects.filter(issue=current.issue, state=Question.State.ADOPTED).update(state=Question.State.PAST)
    current.state = state
    current.decided_at, current.decided_by_name = timezone.now(), by.display_name
    current.save(update_fields=["state", "decided_at", "decided_by_name"])
    summary = f"{current.issue.title}, {current.number}"
    audit.write(by=by, place_id=current.issue.place_id, verb=f"{state} question", subject=current, summary=summary)
    return current


@transaction.atomic
def adopt_question(*, question: Question, by: Hand) -> Question:
    """Take a wording up as the question in use; the one before stays readable, with its author."""
    return _decide(question, Question.State.ADOPTED, by)


@transaction.atomic
def set_question_aside(*, question: Question, by: Hand) -> Question:
    """Lay a suggestion by; it stays readable, and may be taken up later."""
    return _decide(question, Question.State.SET_ASIDE, by)
