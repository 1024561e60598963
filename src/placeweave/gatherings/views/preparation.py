"""Pages on which the team says what people get ready with."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placeweave.gatherings import services
from placeweave.gatherings.forms.preparation import MaterialForm, PreparationForm
from placeweave.gatherings.models import Material, Preparation, Session
from placeweave.gatherings.queries import series as queries
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
@acts_once
def prepare(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say what a session is for, and what people do before and after it."""
    session = session_of(request, pk)
    form = PreparationForm(request.POST or None, initial=_as_written(session))
    if carried_out(form, lambda: _prepare(request, session, form)):
        return redirect("gatherings:session", request.place.slug, pk)
    return _page(request, session, form, MaterialForm(), status=status_of(form))


def _as_written(session: Session) -> dict[str, object]:
    kept = queries.preparation(session) or Preparation(version=0)
    return {name: getattr(kept, name) for name in PreparationForm.base_fields}


def _prepare(request: PlaceRequest, session: Session, form: PreparationForm) -> Preparation:
    return services.prepare(session=session, version=form.opened_at, by=request.member, **form.written())


def _page(
    request: PlaceRequest, session: Session, form: PreparationForm, adding: MaterialForm, *, status: int
) -> HttpResponse:
    context = {"session": session, "form": form, "adding": adding, "materials": session.materials.all()}
    return render(request, "gatherings/preparation.html", context, status=status)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def material_add(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put an address beside a session."""
    session = session_of(request, pk)
    adding = MaterialForm(request.POST)
    if carried_out(adding, lambda: services.add_material(session=session, by=request.member, **adding.cleaned_data)):
        return redirect("gatherings:prepare", request.place.slug, pk)
    return _page(request, session, PreparationForm(initial=_as_written(session)), adding, status=status_of(adding))


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def material_away(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take an address off again."""
    material = get_object_or_404(Material.objects.select_related("session"), pk=pk, session__place=request.place)
    services.take_material_away(material=material, by=request.member)
    return redirect("gatherings:prepare", request.place.slug, material.session_id)
