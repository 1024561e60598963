"""The same organisation? What may be one, what was put together, and what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit import analyses
from placeweave.kit.asking import carried_out, page_of
from placeweave.kit.errors import Unsound
from placeweave.kit.models import Analysis
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.linkage import SameForm, ticked
from placeweave.places.models import Merge, Pairing, Remembered
from placeweave.places.queries.linkage import LISTS, InWords
from placeweave.places.views.answering import ask_first, with_form

A_PAGE = 20


@require_safe
@place_view("places.link_organisations")
def same(request: PlaceRequest) -> HttpResponse:
    """List the pairs that may be one: those to accept in one go, those with a question, and those that are alike."""
    counts = queries.linkage_counts(request.place)
    wanted = request.GET.get("list", "")
    chosen = wanted if wanted in LISTS else next((name for name in LISTS if counts[name]), LISTS[0])
    page = page_of(request, queries.pairings(request.place, chosen), size=A_PAGE, count=counts[chosen])
    analysis = queries.latest_look(request.place)
    context = {
        "analysis": analysis,
        "outdated": _outdated(analysis),
        "lists": _lists(counts),
        "chosen": chosen,
        "page": page,
        "rows": queries.pairings_in_words(page.object_list),
    }
    return render(request, "places/same.html", context)


def _outdated(analysis: Analysis | None) -> dict[str, Any]:
    """Say whether the last look still holds: what was changed since, and whether it would be done otherwise today."""
    if analysis is None or not analysis.is_over:
        return {"changes": 0, "is_so": False}
    changes = queries.changes_since_look(analysis)
    noun = ngettext("change to organisations", "changes to organisations", changes)
    return {"changes": changes, "noun": noun, "is_so": bool(changes) or analyses.is_of_an_older_engine(analysis)}


def _lists(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    labels = [_("Ready to accept"), _("With a question"), _("Alike"), _("Put off")]
    return [(name, label, counts[name]) for name, label in zip(LISTS, labels, strict=True)]


@require_POST
@place_view("places.link_organisations")
@acts_once
def look(request: PlaceRequest) -> HttpResponse:
    """Have the organisations compared."""
    services.look(place=request.place, by=request.member)
    return redirect("places:same", request.place.slug)


@require_POST
@place_view("places.link_organisations")
@acts_once
def accept(request: PlaceRequest) -> HttpResponse:
    """Put together all that was ticked."""
    try:
        done = services.accept_many(
            place_id=request.place.pk, ticked=ticked(request.POST.getlist("pair")), by=request.member
        )
    except Unsound as nothing:
        messages.warning(request, nothing.sentence)
        return redirect("places:same", request.place.slug)
    told = ngettext("%(n)s pair was put together.", "%(n)s pairs were put together.", done.merged) % {"n": done.merged}
    messages.success(request, told)
    if done.left:
        left = ngettext("%(n)s had changed and was left.", "%(n)s had changed and were left.", done.left)
        messages.warning(request, left % {"n": done.left})
    return redirect("places:same", request.place.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.link_organisations")
@acts_once
def pair(request: PlaceRequest, pk: int) -> HttpResponse:
    """Lay two organisations side by side, and ask whether they are one."""
    found = queries.pairing_page(request.place, pk)
    if found is None:
        raise Http404
    form = SameForm(
        request.POST or None, kind=found.pairing.kind, one=found.one, other=found.other, initial=_first(found)
    )
    if not form.is_bound:
        return _shown(request, found, form)
    done = carried_out(form, lambda: (_decide(request, found, form),))
    if done is None:
        return _shown(request, found, form)
    messages.success(request, _("Your decision is kept."))
    [event] = done
    if event:
        return redirect("places:organisation", request.place.slug, event.survivor_id)
    return redirect("places:same", request.place.slug)


def _first(found: InWords) -> dict[str, Any]:
    stands, _gone = services.who_stands(found.one, found.other)
    return {"version": found.pairing.version, "stands": str(stands.pk), "numbers": ""}


def _decide(request: PlaceRequest, found: InWords, form: SameForm) -> Merge | None:
    return services.decide(pairing=found.pairing, version=form.opened_at, answer=form.answer(), by=request.member)


def _shown(request: PlaceRequest, found: InWords, form: SameForm) -> HttpResponse:
    stands_apart = not (found.one.merged_into_id or found.other.merged_into_id)
    is_open = found.pairing.state in {Pairing.State.OPEN, Pairing.State.LATER} and stands_apart
    return with_form(request, "places/same_pair.html", form, found=found, is_open=is_open or bool(form.conflict))


@require_safe
@place_view("places.link_organisations")
def merged(request: PlaceRequest) -> HttpResponse:
    """List what was put together, by rule or by a person, each undoable; and what was decided."""
    page = page_of(request, queries.merges(request.place), size=A_PAGE)
    rows = [(one, queries.spoken(one.reasons)) for one in page]
    context = {"page": page, "rows": rows, "decisions": queries.decisions(request.place)[:200]}
    return render(request, "places/merged.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.link_organisations")
@acts_once
def part(request: PlaceRequest, pk: int) -> HttpResponse:
    """Part two organisations that were put together."""
    found = get_object_or_404(queries.merges(request.place), pk=pk)
    if request.method != "POST":
        context = {"merge": found, "added": services.added_counted(found), "carried": services.carried(found)}
        return render(request, "places/same_part.html", context)
    done = services.part(event=found, by=request.member)
    messages.success(request, _("They are two organisations again, and will not be put together by a rule."))
    if done.added:
        what = ", ".join(f"{noun}: {count}" for noun, count in done.added)
        told = _("What was added since stays with “%(name)s”. Look whose it is: %(what)s.")
        messages.warning(request, told % {"name": done.survivor.name, "what": what})
    return redirect("places:organisation", request.place.slug, done.back.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.link_organisations")
@acts_once
def lift(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let go of a decision."""
    found = get_object_or_404(Remembered, place=request.place, pk=pk, lifted_at=None)
    if request.method == "POST":
        services.lift(decision=found, by=request.member)
        messages.success(request, _("The decision no longer holds. The next look may ask about the two again."))
        return redirect("places:merged", request.place.slug)
    return ask_first(
        request,
        question=_("Let go of the decision about %(two)s?") % {"two": str(found)},
        consequence=_("They will be compared again like any other two. Nothing else changes now."),
        button=_("Let go of it"),
        cancel_url=reverse("places:merged", args=[request.place.slug]),
    )
