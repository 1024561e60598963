"""Pages on which people score their place: one's own sheet, and sheets filled in on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.doors import private_link
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.forms.assessment import PaperForm, SheetForm
from placeweave.listening.models import Assessment, Wave
from placeweave.places.access import PlaceRequest, place_view


def _assessment(request: PlaceRequest, pk: int) -> Assessment:
    found = get_object_or_404(Assessment.objects.select_related("neighbourhood"), pk=pk, place=request.place)
    found.place = request.place
    return found


def _asked(request: PlaceRequest, found: Assessment) -> dict[str, Any]:
    return {
        "assessment": found,
        "is_open": found.state == Assessment.State.OPEN,
        "framework": queries.framework_of(found),
        "consent_text": queries.consent_text(request.place.pk) or services.text_in_force(request.place.pk),
    }


@place_view("listening.contribute")
def answer(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a member's own sheet, then lead them to the private links of their reasons.

    The key of those links stands in the form that was sent, and is added after the form was acted upon: so it is
    nowhere in the database, and a form sent twice still leads its sender to them.
    """
    response = _answer(request, pk)
    key = request.POST.get("private_key", "")
    if response.status_code == 302 and key.isascii() and 0 < len(key) <= 64 and "/" not in key:
        return redirect("listening:answered_assessment", request.place.slug, pk, key)
    return response


@acts_once
def _answer(request: PlaceRequest, pk: int) -> HttpResponse:
    found = _assessment(request, pk)
    form = SheetForm(request.POST or None, assessment=found, headings=queries.headings(found.framework_version))
    if carried_out(form, lambda: _count(found, form)):
        messages.success(request, _("Thank you. Your scores are counted."))
        return redirect("listening:assessment", request.place.slug, pk)
    context = {"form": form, **_asked(request, found)}
    return render(request, "listening/assessment_sheet.html", context, status=status_of(form))


def _count(found: Assessment, form: SheetForm) -> Wave:
    return services.take_sheet(assessment=found, sheet=form.sheet(), private_key=form.cleaned_data["private_key"])


@private_link
@place_view("listening.contribute")
def answered(request: PlaceRequest, pk: int, key: str) -> HttpResponse:
    """Show the reasons of one sheet with the private link of each, to whoever holds the sheet's key."""
    found = _assessment(request, pk)
    given = [
        (label, text, request.build_absolute_uri(reverse("thread:mine", args=[part])))
        for label, text, part in queries.given_with(found, key)
    ]
    return render(request, "listening/assessment_answered.html", {"assessment": found, "given": given})


@place_view("listening.capture")
@acts_once
def paper(request: PlaceRequest, pk: int) -> HttpResponse:
    """Type in a sheet filled in on paper, then the next one."""
    found = _assessment(request, pk)
    form = PaperForm(request.POST or None, assessment=found, headings=queries.headings(found.framework_version))
    done = min(number_of(request.GET.get("done")) or 0, 9_999)
    if carried_out(form, lambda: services.enter_paper(assessment=found, sheet=form.sheet(), by=request.member)):
        messages.success(request, _("That sheet is kept. Here is an empty one for the next."))
        return redirect(f"{reverse('listening:paper_sheet', args=[request.place.slug, pk])}?done={done + 1}")
    context = {"form": form, "done": done, "is_paper": True, **_asked(request, found)}
    return render(request, "listening/assessment_sheet.html", context, status=status_of(form))
