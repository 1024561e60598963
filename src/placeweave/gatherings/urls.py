"""The addresses of gatherings, below ``p/<place>/gatherings/``."""

from __future__ import annotations

from django.urls import include, path

from placeweave.gatherings.views import hand_over, listing, preparation, recipes, run_sheet, sessions

app_name = "gatherings"
urlpatterns = [
    path("", include("placeweave.gatherings.cohort_urls")),
    path("", sessions.overview, name="overview"),
    path("new/", sessions.new, name="new"),
    path("<int:pk>/", sessions.detail, name="session"),
    path("<int:pk>/edit/", sessions.edit, name="edit"),
    path("<int:pk>/open/", sessions.open_up, name="open"),
    path("<int:pk>/cancel/", sessions.cancel, name="cancel"),
    path("<int:pk>/held/", sessions.held, name="held"),
    path("<int:pk>/queue/", sessions.queue, name="queue"),
    path("<int:pk>/run-sheet/", run_sheet.run_sheet, name="run_sheet"),
    path("<int:pk>/run-sheet/add/", run_sheet.step_new, name="step_new"),
    path("<int:pk>/run-sheet/lay/", run_sheet.lay, name="run_sheet_lay"),
    path("<int:pk>/run-sheet/keep/", run_sheet.keep, name="recipe_keep"),
    path("step/<int:pk>/edit/", run_sheet.step_edit, name="step_edit"),
    path("step/<int:pk>/move/", run_sheet.step_move, name="step_move"),
    path("step/<int:pk>/break/", run_sheet.step_break, name="step_break"),
    path("step/<int:pk>/take-out/", run_sheet.step_take_out, name="step_take_out"),
    path("recipes/", recipes.shelf, name="recipes"),
    path("recipes/<slug:recipe>/", recipes.start, name="recipe"),
    path("recipes/<int:pk>/drop/", recipes.drop, name="recipe_drop"),
    path("<int:pk>/prepare/", preparation.prepare, name="prepare"),
    path("<int:pk>/materials/add/", preparation.material_add, name="material_add"),
    path("material/<int:pk>/away/", preparation.material_away, name="material_away"),
    path("<int:pk>/public/", listing.listing, name="listing"),
    path("calendar/", listing.own_calendar, name="calendar"),
    path("<int:pk>/hand-over/", hand_over.hand_over, name="hand_over"),
    path("<int:pk>/hand-over/write/", hand_over.hand_over_edit, name="hand_over_edit"),
    path("<int:pk>/parking/", hand_over.parking, name="parking"),
    path("parked/<int:pk>/settle/", hand_over.settle, name="parked_settle"),
    path("release/<int:pk>/", sessions.release, name="release"),
]
