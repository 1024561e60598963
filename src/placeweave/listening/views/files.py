"""Pages for files: the statements of a Polis export, and taking counts and words away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from placeweave.kit import access, exports
from placeweave.kit.access import INSIDE
from placeweave.kit.asking import page_of
from placeweave.listening import queries, taking
from placeweave.listening.codes import doorway
from placeweave.listening.models import Conversation
from placeweave.listening.views.held import in_statements
from placeweave.places.access import PlaceRequest, place_view


@place_view("listening.see_conversations")
def statements(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the statements of a conversation and how they were answered; of one held here, its door as well."""
    found = in_statements(request, pk)
    threshold = None if request.member.standing in INSIDE else request.place.threshold
    voting = getattr(found, "voting", None)
    holds = access.may(request.member, "listening.hold_voting")
    rows = queries.statements_of(found)
    rows = rows if holds else queries.read_by_all(rows)
    page = page_of(request, rows.prefetch_related("translations") if voting else rows)
    tallies = queries.tallies(list(page), threshold=threshold)
    numbers = queries.numbers(found.pk) if voting else {}
    context = {
        "conversation": found,
        "page": page,
        "tallies": [(numbers.get(one.statement.pk), one) for one in tallies],
        "groups": queries.published_groups(found, threshold=threshold) if found.batch else {},
        "answered": queries.answered(found),
        "batch": found.batch,
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
        "voting": voting,
        "doorway": doorway(voting) if voting else None,
        "holds": holds,
        "here_tab": "statements",
    }
    return render(request, "listening/statements.html", context)


@require_POST
@place_view("listening.take_statements")
def take_statements(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the statements of one conversation as a file, and log that it left."""
    found = get_object_or_404(Conversation, pk=pk, place=request.place, method=Conversation.Method.STATEMENTS)
    exported = taking.statements_file([found], threshold=request.place.threshold)
    exports.log(exported, format="statements", place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)


@require_POST
@place_view("listening.take_words")
def take_words(request: PlaceRequest) -> HttpResponse:
    """Give what this reader may read as a file, and log that it left and whose words it holds."""
    return exports.as_download(exports.take(format="contributions", place_id=request.place.pk, by=request.member))
