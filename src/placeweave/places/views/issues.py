"""Issues and the question asked about them, and talking to other places that work on the same."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit import access
from placeweave.kit.asking import carried_out
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.issues import IssueForm, LinkUpForm, OpenIssueForm, QuestionForm
from placeweave.places.models import FrameworkNode, Issue, LinkUp, Place, Question
from placeweave.places.views.answering import ask_first, with_form


@require_safe
@place_view("places.see_place")
def issues(request: PlaceRequest) -> HttpResponse:
    """List issues with the boundaries each crosses; those resting on one sector alone can be picked out."""
    rows = [
        (issue, queries.boundaries_of(issue.organisations.all(), issue.neighbourhoods.all()))
        for issue in queries.issues(request.place)[:200]
    ]
    only = request.GET.get("only") == "one-sector"
    context = {
        "rows": [(issue, crossed) for issue, crossed in rows if crossed.is_one_sector] if only else rows,
        "only": only,
        "may_open": access.may(request.member, "places.open_issue"),
    }
    return render(request, "places/issues.html", context)


@require_safe
@place_view("places.see_place")
def issue(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show an issue: the question, who asked it how, who is on it, and who else works on it."""
    found = queries.issue_page(request.place, pk)
    if found is None:
        raise Http404
    sees_elsewhere = access.may(request.member, "places.see_linkups")
    history = list(found.questions.all())
    context = {
        "issue": found,
        "in_use": next((one for one in history if one.state == Question.State.ADOPTED), None),
        "suggested": [one for one in history if one.state == Question.State.SUGGESTED],
        "history": history,
        "crossed": queries.boundaries_of(found.organisations.all(), found.neighbourhoods.all()),
        "elsewhere": queries.works_on_this_too(found) if sees_elsewhere else [],
        "form": QuestionForm(),
        "may_suggest": access.may(request.member, "places.suggest_question"),
        "may_decide": access.may(request.member, "places.adopt_question"),
        "may_ask": access.may(request.member, "places.ask_linkup"),
    }
    return render(request, "places/issue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.open_issue")
@acts_once
def open_issue(request: PlaceRequest) -> HttpResponse:
    """Bring an issue, with the question its opener would ask."""
    form = OpenIssueForm(request.POST or None)
    made = carried_out(form, lambda: _open(request, form))
    if made is None:
        return with_form(request, "places/issue_open.html", form)
    return redirect("places:issue", request.place.slug, made.pk)


@transaction.atomic
def _open(request: PlaceRequest, form: OpenIssueForm) -> Issue:
    made = services.open_issue(place=request.place, title=form.cleaned_data["title"], by=request.member)
    services.suggest_question(issue=made, wording=form.cleaned_data["wording"], why="", by=request.member)
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.adopt_question")
@acts_once
def edit_issue(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say who is on an issue, where it is felt and what it is about."""
    found = get_object_or_404(Issue, place=request.place, pk=pk)
    first = {"title": found.title, "state": found.state, "version": found.version, **queries.put_on(found)}
    form = IssueForm(request.POST or None, initial=first, place=request.place)
    kept = carried_out(form, lambda: _edit(request, found, form))
    if kept is None:
        return with_form(request, "places/issue_form.html", form, issue=found)
    messages.success(request, _("The changes are kept."))
    return redirect("places:issue", request.place.slug, pk)


def _edit(request: PlaceRequest, found: Issue, form: IssueForm) -> Issue:
    return services.edit_issue(issue=found, version=form.opened_at, by=request.member, **form.written())


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.suggest_question")
@acts_once
def suggest(request: PlaceRequest, pk: int) -> HttpResponse:
    """Suggest another wording."""
    found = get_object_or_404(Issue, place=request.place, pk=pk)
    form = QuestionForm(request.POST or None)
    made = carried_out(form, lambda: services.suggest_question(issue=found, by=request.member, **form.cleaned_data))
    if made is None:
        return with_form(request, "places/question_form.html", form, issue=found)
    messages.success(request, _("Your wording is there for the group to take up."))
    return redirect("places:issue", request.place.slug, pk)


@require_POST
@place_view("places.adopt_question")
@acts_once
def decide(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a wording up, or set it aside; every wording stays readable."""
    found = get_object_or_404(Question.objects.select_related("issue"), issue__place=request.place, pk=pk)
    if request.POST.get("decision") == "adopt":
        services.adopt_question(question=found, by=request.member)
    else:
        services.set_question_aside(question=found, by=request.member)
    return redirect("places:issue", request.place.slug, found.issue_id)


@require_safe
@place_view("places.see_linkups")
def linkups(request: PlaceRequest) -> HttpResponse:
    """Show who else works on the same things, and what was asked of whom."""
    context = {
        "linkups": queries.linkups_of(request.place)[:100],
        "elsewhere": [one for one in queries.elsewhere([request.place.pk]) if one.shared],
        "may_ask": access.may(request.member, "places.ask_linkup"),
    }
    return render(request, "places/linkups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.ask_linkup")
@acts_once
def ask_linkup(request: PlaceRequest, other: int, topic: int) -> HttpResponse:
    """Ask another place to talk."""
    asked = get_object_or_404(Place.objects.workspaces(), in_portfolio=True, pk=other)
    about = get_object_or_404(FrameworkNode, pk=topic)
    form = LinkUpForm(request.POST or None)
    made = carried_out(
        form, lambda: services.ask_linkup(asked=asked, topic=about, by=request.member, **form.cleaned_data)
    )
    if made is None:
        return with_form(request, "places/linkup_form.html", form, asked=asked, topic=about)
    messages.success(request, _("The conveners of %(place)s are asked.") % {"place": asked.name})
    return redirect("places:linkups", request.place.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.ask_linkup")
@acts_once
def answer_linkup(request: PlaceRequest, pk: int) -> HttpResponse:
    """Answer another place that wishes to talk."""
    found = get_object_or_404(LinkUp.objects.select_related("asking"), asked=request.place, pk=pk)
    if request.method == "POST":
        is_welcome = request.POST.get("confirm") == "yes"
        services.answer_linkup(linkup=found, is_welcome=is_welcome, by=request.member)
        return redirect("places:linkups", request.place.slug)
    return ask_first(
        request,
        question=_("Talk with %(place)s?") % {"place": found.asking.name},
        consequence=_("Their conveners will see your name and e-mail address."),
        button=_("Yes, they may write to me"),
        cancel_url=reverse("places:linkups", args=[request.place.slug]),
        tone="",
    )
