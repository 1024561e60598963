"""The addresses of themes."""

from __future__ import annotations

from django.urls import include, path

from placeweave.themes import public_urls
from placeweave.themes.views import board, coding, suggested, theme, told

app_name = "themes"

_in_a_place = [
    path("", board.board, name="board"),
    path("as-of/", board.as_of, name="as_of"),
    path("new/", board.new_theme, name="new_theme"),
    path("clusters/", board.clusters, name="clusters"),
    path("clusters/<int:pk>/", board.cluster, name="cluster"),
    path("events/<int:pk>/undo/", board.undo, name="undo"),
    path("<int:pk>/", theme.theme, name="theme"),
    path("<int:pk>/edit/", theme.edit, name="edit"),
    path("<int:pk>/move/", board.move, name="move"),
    path("<int:pk>/merge/", theme.merge, name="merge"),
    path("<int:pk>/split/", theme.split, name="split"),
    path("<int:pk>/dissent/", theme.dissent, name="dissent"),
    path("dissent/<int:pk>/take-back/", theme.take_back_dissent, name="take_back_dissent"),
    path("code/", coding.to_code, name="to_code"),
    path("code/<int:pk>/", coding.code, name="code"),
    path("code/<int:pk>/finish/", coding.finish, name="finish"),
    path("codings/<int:pk>/take-off/", theme.uncode, name="uncode"),
    path("suggested/", suggested.suggested, name="suggested"),
    path("suggested/ask/", suggested.ask, name="ask"),
    path("suggested/take-up/", suggested.accept_many, name="accept_many"),
    path("suggested/<int:pk>/", suggested.suggestion, name="suggestion"),
    path("told/", told.pages, name="told_pages"),
    path("told/make/", told.make, name="told_make"),
    path("told/<int:pk>/", told.told, name="told"),
    path("told/<int:pk>/edit/", told.edit, name="told_edit"),
    path("told/<int:pk>/share/", told.share, name="told_share"),
    path("told/<int:pk>/take-back/", told.take_back, name="told_take_back"),
    path("told/<int:pk>/download/", told.download, name="told_download"),
]
urlpatterns = [path("p/<slug:place>/themes/", include(_in_a_place)), *public_urls.urlpatterns]
