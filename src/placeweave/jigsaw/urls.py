"""The addresses of jigsaw, below ``p/<place>/jigsaw/``."""

from __future__ import annotations

from django.urls import path

from placeweave.jigsaw.views import board, flows, introductions, ledger, needs, pieces, proposed, synergies, together

app_name = "jigsaw"
urlpatterns = [
    path("", board.board, name="board"),
    path("pool/", board.pool, name="pool"),
    path("horizon/", board.horizon, name="horizon"),
    path("pieces/", pieces.pieces, name="pieces"),
    path("pieces/new/", pieces.piece_new, name="piece_new"),
    path("pieces/<int:pk>/", pieces.piece, name="piece"),
    path("pieces/<int:pk>/edit/", pieces.piece_edit, name="piece_edit"),
    path("pieces/<int:pk>/for/", pieces.piece_for, name="piece_for"),
    path("pieces/<int:pk>/beyond/", pieces.piece_beyond, name="piece_beyond"),
    path("pieces/<int:pk>/check/", pieces.piece_check, name="piece_check"),
    path("pieces/<int:pk>/gone/", pieces.piece_gone, name="piece_gone"),
    path("common/", together.common, name="common"),
    path("common/<int:pk>/ours/", together.difficulty_ours, name="difficulty_ours"),
    path("programmes/new/", together.programme_new, name="programme_new"),
    path("programmes/<int:pk>/edit/", together.programme_edit, name="programme_edit"),
    path("who/", together.who, name="who"),
    path("help/", ledger.ledger, name="ledger"),
    path("help/<int:pk>/given/", ledger.help_given, name="help_given"),
    path("help/<int:pk>/back/", ledger.help_back, name="help_back"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/<int:pk>/", introductions.outcome, name="introduction_outcome"),
    path("elsewhere/", introductions.elsewhere, name="elsewhere"),
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/proposed/<int:assessment>/<str:heading>/<int:group>/", proposed.take_up, name="proposed_take_up"),
    path("needs/proposed/<int:assessment>/<str:heading>/<int:group>/no/", proposed.refuse, name="proposed_refuse"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/<int:pk>/edit/", needs.need_edit, name="need_edit"),
    path("needs/<int:pk>/answer/", ledger.help_offer, name="need_answer"),
    path("needs/<int:pk>/<slug:state>/", needs.need_settle, name="need_settle"),
    path("synergies/", synergies.synergies, name="synergies"),
    path("synergies/ask/", synergies.synergies_ask, name="synergies_ask"),
    path("synergies/<int:pk>/", synergies.synergy, name="synergy"),
    path("synergies/<int:pk>/decide/", synergies.synergy_decide, name="synergy_decide"),
    path("synergies/<int:pk>/introduce/", introductions.introduce, name="synergy_introduce"),
    path("alone/", synergies.alone, name="alone"),
    path("flows/", flows.flows, name="flows"),
    path("flows/<int:pk>/", flows.flow, name="flow"),
    path("ties/", flows.ties, name="ties"),
    path("ties/new/", flows.tie_new, name="tie_new"),
]
