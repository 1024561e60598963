"""Pages of the shared purpose: its wordings, who stands where, and the forms to say so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placeweave.action import services
from placeweave.action.forms import PurposeForm, RevisionForm, StandForm
from placeweave.action.models import Purpose, PurposeVersion
from placeweave.action.queries import purpose as queries
from placeweave.kit.access import may
from placeweave.kit.errors import DomainError
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import Organisation


def _purpose(request: PlaceRequest, pk: int) -> Purpose:
    return get_object_or_404(Purpose, place=request.place, pk=pk)


def _version(request: PlaceRequest, pk: int, number: int) -> PurposeVersion:
    return get_object_or_404(PurposeVersion, purpose__place=request.place, purpose_id=pk, number=number)


@place_view("action.see_action")
def detail(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show a purpose with all its wordings and who stands where on each."""
    return _show(request, _purpose(request, pk), StandForm())


def _show(request: PlaceRequest, purpose: Purpose, form: StandForm, status: int = 200) -> HttpResponse:
    found = next(one for one in queries.purposes(request.place) if one.pk == purpose.pk)
    partners = list(Organisation.objects.filter(place=request.place, is_partner=True))
    stands = [queries.stand(version, partners=partners, member=request.member) for version in found.versions.all()]
    current = queries.current(found)
    context = {
        "purpose": found,
        "stands": stands,
        "current": current,
        "is_draft": bool(current and current.state == PurposeVersion.State.DRAFT),
        "may_stand": may(request.member, "action.say_where_i_stand"),
        "may_adopt": may(request.member, "action.adopt_purpose"),
        "form": form,
    }
    return render(request, "action/purpose.html", context, status=status)


@place_view("action.draft_purpose")
@acts_once
def new(request: PlaceRequest) -> HttpResponse:
    """Begin a purpose."""
    form = PurposeForm(request.POST or None, place=request.place)
    if request.method == "POST" and form.is_valid():
        made = services.begin_purpose(place=request.place, by=request.member, **form.cleaned_data)
        return redirect("action:purpose", request.place.slug, made.pk)
    return render(request, "action/purpose_new.html", {"form": form}, status=422 if form.errors else 200)


@place_view("action.draft_purpose")
@acts_once
def revise(request: PlaceRequest, pk: int) -> HttpResponse:
    """Suggest a new wording."""
    purpose = _purpose(request, pk)
    newest = purpose.versions.first()
    form = RevisionForm(request.POST or None, initial={"wording": newest.wording if newest else ""})
    if request.method == "POST" and form.is_valid():
        try:
            services.revise(purpose=purpose, by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("action:purpose", request.place.slug, pk)
    context = {"form": form, "purpose": purpose, "newest": newest}
    return render(request, "action/purpose_revise.html", context, status=422 if form.errors else 200)


@place_view("action.say_where_i_stand")
@require_POST
@acts_once
def stand(request: PlaceRequest, pk: int, number: int) -> HttpResponse:
    """Say where one stands."""
    version = _version(request, pk, number)
    form = StandForm(request.POST)
    if form.is_valid():
        try:
            services.say_where_i_stand(version=version, by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("action:purpose", request.place.slug, pk)
    return _show(request, _purpose(request, pk), form, status=422)


@place_view("action.adopt_purpose")
@require_POST
@acts_once
def adopt(request: PlaceRequest, pk: int, number: int) -> HttpResponse:
    """Let a wording hold."""
    services.adopt(version=_version(request, pk, number), by=request.member)
    return redirect("action:purpose", request.place.slug, pk)
