"""Pages of what partners have in common: difficulties, programmes, and who else works on something."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import DifficultyForm, ProgrammeForm
from placeweave.jigsaw.models import Difficulty, Programme
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, number_of, page_of, status_of
from placeweave.kit.errors import Unsound
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import Issue
from placeweave.themes import queries as theme_queries


@place_view("jigsaw.see_board")
@acts_once
def common(request: PlaceRequest) -> HttpResponse:
    """Show what is hard for whom, and the programmes that run here; whoever takes part can add what is hard."""
    may_add = may(request.member, "jigsaw.add_need")
    form = DifficultyForm(request.POST or None)
    if may_add and carried_out(form, lambda: _say(request, form)) is not None:
        return redirect("jigsaw:common", request.place.slug)
    own = request.member.organisation if may_add else None
    context = {
        "page": page_of(request, queries.difficulties(request.place)),
        "partners": queries.partners_counted(request.place),
        "programmes": queries.programmes(request.place),
        "own": own,
        "form": form if may_add else None,
        "may_edit": may(request.member, "jigsaw.edit_any"),
    }
    return render(request, "jigsaw/common.html", context, status=status_of(form))


def _say(request: PlaceRequest, form: DifficultyForm) -> Difficulty:
    wording = form.cleaned_data["wording"]
    return services.say_difficulty(place=request.place, wording=wording, by=request.member)


@require_POST
@place_view("jigsaw.add_need")
@acts_once
def difficulty_ours(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that a difficulty is one's own organisation's too, or no longer."""
    found = get_object_or_404(Difficulty, pk=pk, place=request.place)
    if request.member.organisation is None:
        raise Unsound(_("You speak for no organisation here. Ask a convener to say which one is yours."))
    ours = request.POST.get("ours") == "yes"
    services.share_difficulty(difficulty=found, organisation=request.member.organisation, ours=ours, by=request.member)
    return redirect("jigsaw:common", request.place.slug)


@place_view("jigsaw.edit_any")
@acts_once
def programme_new(request: PlaceRequest) -> HttpResponse:
    """Write a programme down."""
    return _programme(request, None)


@place_view("jigsaw.edit_any")
@acts_once
def programme_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change a programme."""
    return _programme(request, get_object_or_404(Programme, pk=pk, place=request.place))


def _programme(request: PlaceRequest, found: Programme | None) -> HttpResponse:
    initial: dict[str, object] = {}
    if found:
        initial = {"name": found.name, "about": found.about, "version": found.version}
        initial |= {"partners": found.partners.all(), "outcomes": found.outcomes.all()}
    form = ProgrammeForm(request.POST or None, place=request.place, initial=initial)
    if carried_out(form, lambda: _keep(request, form, found)):
        messages.success(request, _("The programme is written down."))
        return redirect("jigsaw:common", request.place.slug)
    return render(request, "jigsaw/programme_form.html", {"form": form, "found": found}, status=status_of(form))


def _keep(request: PlaceRequest, form: ProgrammeForm, found: Programme | None) -> Programme:
    said = form.written()
    return services.keep_programme(
        place=request.place,
        name=said["name"],
        about=said["about"],
        partners=list(said["partners"]),
        outcomes=list(said["outcomes"]),
        programme=found,
        version=form.opened_at,
        by=request.member,
    )


@place_view("jigsaw.see_board")
def who(request: PlaceRequest) -> HttpResponse:
    """Show who else works on an issue or a theme: those alone who agreed to be found."""
    issues = Issue.objects.filter(place=request.place)
    themes = theme_queries.theme_options(request.place)
    issue = issues.filter(pk=number_of(request.GET.get("issue")) or 0).first()
    theme = themes.filter(pk=number_of(request.GET.get("theme")) or 0).first()
    context = {
        "issues": issues,
        "themes": themes,
        "issue": issue,
        "theme": theme,
        "people": queries.who_works_on(request.place, issue=issue, theme=theme),
        "decides": may(request.member, "jigsaw.decide_synergy"),
    }
    return render(request, "jigsaw/who.html", context)
