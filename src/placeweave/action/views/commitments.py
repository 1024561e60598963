"""Pages of commitments: the board, its table, one commitment, and the forms that make and change one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.action import services
from placeweave.action.forms import PromiseEditForm, PromiseForm, UpdateForm
from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as queries
from placeweave.action.queries import purpose as purpose_queries
from placeweave.action.services.commitments import may_speak_for
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.errors import DomainError
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import Organisation
from placeweave.themes.queries import quotes_beneath


@place_view("action.see_action")
def overview(request: PlaceRequest) -> HttpResponse:
    """Show the purpose on top with who stands where, and the commitments beneath."""
    place = request.place
    partners = list(Organisation.objects.filter(place=place, is_partner=True))
    stands = []
    for purpose in purpose_queries.purposes(place):
        version = purpose_queries.current(purpose)
        if version is not None:
            stands.append((purpose, purpose_queries.stand(version, partners=partners, member=request.member)))
    context = {
        "stands": stands,
        "columns": queries.board(place),
        "may_promise": may(request.member, "action.promise"),
        "may_draft": may(request.member, "action.draft_purpose"),
    }
    return render(request, "action/overview.html", context)


@place_view("action.see_action")
def table(request: PlaceRequest) -> HttpResponse:
    """Show every commitment as a row."""
    now = timezone.now()
    rows = [(one, queries.shown_state(one, now=now)) for one in queries.with_grounds(request.place)]
    return render(request, "action/table.html", {"rows": [(one, key, queries.SHOWN[key]) for one, key in rows]})


def _commitment(request: PlaceRequest, pk: int) -> Commitment:
    return get_object_or_404(queries.with_grounds(request.place), pk=pk)


@place_view("action.see_action")
def detail(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one commitment: what it rests on, and what was heard of it."""
    commitment = _commitment(request, pk)
    return _show(request, commitment, UpdateForm())


def _show(request: PlaceRequest, commitment: Commitment, form: UpdateForm, status: int = 200) -> HttpResponse:
    key = queries.shown_state(commitment, now=timezone.now())
    quotes = quotes_beneath(
        request.place,
        request.member,
        themes=[theme.pk for theme in commitment.themes.all()],
        quotes=commitment.quotes.values("pk"),
        most=5,
    )
    context = {
        "commitment": commitment,
        "shown": key,
        "shown_label": queries.SHOWN[key],
        "quotes": quotes,
        "updates": commitment.updates.all(),
        "speaks": may_speak_for(commitment, request.member),
        "is_over": commitment.state not in queries.OPEN,
        "form": form,
    }
    return render(request, "action/commitment.html", context, status=status)


def _asked_for(request: PlaceRequest) -> dict[str, list[str]]:
    """Read off the address what a new commitment was started from: a theme, a need, a quote or a synergy."""
    names = {"theme": "themes", "need": "needs", "quote": "quotes", "synergy": "synergies", "piece": "pieces"}
    return {
        field: [value for value in request.GET.getlist(name) if value.isdigit() and len(value) < 19]
        for name, field in names.items()
    }


@place_view("action.promise")
@acts_once
def new(request: PlaceRequest) -> HttpResponse:
    """Make a promise."""
    member = request.member
    initial = {**_asked_for(request), "person": member.person, "organisation": member.organisation}
    form = PromiseForm(request.POST or None, place=request.place, member=member, initial=initial)
    made = carried_out(form, lambda: services.promise(place=request.place, promise=form.promise(), by=member))
    if made is not None:
        messages.success(request, _("Commitment %(number)s is kept here.") % {"number": made.number})
        return redirect("action:commitment", request.place.slug, made.pk)
    return render(request, "action/promise.html", {"form": form}, status=status_of(form))


@place_view("action.update_commitment")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what was promised."""
    commitment = get_object_or_404(queries.commitments(request.place), pk=pk)
    names = ("what", "promised_to", "detail", "due_on", "person", "organisation", "purpose", "version")
    initial = {name: getattr(commitment, name) for name in names}
    initial |= queries.several_of(commitment)
    form = PromiseEditForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    if carried_out(form, lambda: _edit(request, commitment, form)):
        return redirect("action:commitment", request.place.slug, pk)
    return render(request, "action/promise.html", {"form": form, "commitment": commitment}, status=status_of(form))


def _edit(request: PlaceRequest, commitment: Commitment, form: PromiseEditForm) -> Commitment:
    return services.edit(commitment=commitment, promise=form.promise(), version=form.opened_at, by=request.member)


@place_view("action.update_commitment")
@require_POST
@acts_once
def update(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say how it goes."""
    commitment = _commitment(request, pk)
    form = UpdateForm(request.POST)
    if form.is_valid():
        try:
            services.report(commitment=commitment, by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("action:commitment", request.place.slug, pk)
    return _show(request, commitment, form, status=422)
