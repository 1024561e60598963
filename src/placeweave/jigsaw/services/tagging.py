"""Saying what a piece is for, and whether other places of this installation may see it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.services.speaking import may_change_piece
from placeweave.kit import audit, versions
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import FrameworkNode, Issue, Member
from placeweave.themes.models import Theme

LABELS = {
    "themes": gettext_lazy("Themes"),
    "issues": gettext_lazy("Issues"),
    "topics": gettext_lazy("Outcomes and pillars"),
}
CHANGES = ("changed", "said what it is for", "let go", "brought back")


@transaction.atomic
def say_what_for(
    *,
    piece: Piece,
    themes: Sequence[Theme],
    issues: Sequence[Issue],
    topics: Sequence[FrameworkNode],
    version: int,
    by: Member,
) -> Piece:
    """Say which themes, issues, outcomes and pillars a piece can serve.

    Raises
    ------
    Conflict
        If somebody changed the piece since ``version`` was read; both versions are given.
    """
    current = Piece.objects.select_for_update().get(pk=piece.pk)
    if not may_change_piece(current, by):
        raise Refused(_("Only those who hold this piece, or a facilitator, can change it."))
    if {*(one.place_id for one in themes), *(one.place_id for one in issues)} - {current.place_id}:
        raise Unsound(_("A piece can only serve themes and issues of its own place."))
    said = {"themes": themes, "issues": issues, "topics": topics}
    versions.require_version(current, version, said=said, labels=LABELS, verbs=CHANGES)
    current.themes.set(themes)
    current.issues.set(issues)
    current.topics.set(topics)
    current.version += 1
    current.save(update_fields=["version"])
    audit.write(by=by, place_id=current.place_id, verb="said what it is for", subject=current, summary=current.title)
    return current


@transaction.atomic
def share_beyond(*, piece: Piece, shared: bool, by: Member) -> Piece:
    """Let other places of this installation see a piece, or no longer; nothing is shared unless a convener says so.

    Raises
    ------
    NotReady
        If its holder shares it with nobody, or it is gone or nobody's.
    """
    require(by, "jigsaw.share_beyond")
    current = Piece.objects.select_for_update().get(pk=piece.pk)
    if by.place_id != current.place_id:
        raise Refused(_("You have no standing in that place."))
    if shared and (current.kind == PieceKind.IN_BETWEEN or current.is_gone or current.sharability == "no"):
        raise NotReady(_("Only a piece that is there, and that its holder shares, can be shown to other places."))
    if current.is_shared_beyond != shared:
        current.is_shared_beyond = shared
        current.save(update_fields=["is_shared_beyond"])
        verb = "shared beyond" if shared else "no longer shared beyond"
        audit.write(by=by, place_id=current.place_id, verb=verb, subject=current, summary=current.title)
    return current
