"""The directory of a place, and one's own entry in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit.asking import carried_out, page_of
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.people import ProfileForm
from placeweave.places.views.answering import ask_first, initial_of, with_form


@require_safe
@place_view("places.see_people")
def people(request: PlaceRequest) -> HttpResponse:
    """List everybody in the directory."""
    words = request.GET.get("q", "")[:80]
    return render(
        request, "places/people.html", {"page": page_of(request, queries.people(request.place, words)), "words": words}
    )


FIELDS = ["name", "role", "organisation", "about", "email", "phone", "shows_contact", "is_listed"]


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_own_profile")
@acts_once
def profile(request: PlaceRequest) -> HttpResponse:
    """Let somebody change their own entry."""
    first = initial_of(request.member.person, FIELDS)
    form = ProfileForm(request.POST or None, initial=first, place=request.place)
    person = carried_out(form, lambda: services.edit_own_profile(by=request.member, **form.cleaned_data))
    if person is None:
        return with_form(request, "places/profile.html", form)
    messages.success(request, _("Your entry is kept."))
    return redirect("places:profile", request.place.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.leave_place")
@acts_once
def leave(request: PlaceRequest) -> HttpResponse:
    """Let somebody leave the place."""
    if request.method == "POST":
        services.leave(by=request.member)
        messages.success(request, _("You have left %(place)s.") % {"place": request.place.name})
        return redirect("places:portfolio")
    return ask_first(
        request,
        question=_("Leave %(place)s?") % {"place": request.place.name},
        consequence=_("You can come back only by a new invitation. What you did here stays, with your name."),
        button=_("Leave this place"),
        cancel_url=reverse("places:profile", args=[request.place.slug]),
    )
