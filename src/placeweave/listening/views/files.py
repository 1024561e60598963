"""Pages for files: the statements of a Polis export, and taking counts and words away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from placeweave.kit import exports
from placeweave.kit.access import INSIDE
from placeweave.kit.asking import page_of
from placeweave.listening import queries, taking
from placeweave.listening.models import Conversation
from placeweave.places.access import PlaceRequest, place_view


@place_view("listening.see_conversations")
def statements(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the statements of a conversation and how they were answered."""
    found = get_object_or_404(
        Conversation.objects.select_related("batch"), pk=pk, place=request.place, method=Conversation.Method.STATEMENTS
    )
    threshold = None if request.member.standing in INSIDE else request.place.threshold
    page = page_of(request, queries.statements_of(found))
    context = {
        "conversation": found,
        "page": page,
        "tallies": queries.tallies(list(page), threshold=threshold),
        "groups": queries.published_groups(found, threshold=threshold),
        "answered": queries.answered(found),
        "batch": found.batch,
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
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
