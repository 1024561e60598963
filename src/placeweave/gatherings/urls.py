"""The addresses of gatherings, below ``p/<place>/gatherings/``."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import programmes, sessions

app_name = "gatherings"
urlpatterns = [
    path("", sessions.overview, name="overview"),
    path("new/", sessions.new, name="new"),
    path("<int:pk>/", sessions.detail, name="session"),
    path("<int:pk>/edit/", sessions.edit, name="edit"),
    path("<int:pk>/open/", sessions.open_up, name="open"),
    path("<int:pk>/cancel/", sessions.cancel, name="cancel"),
    path("<int:pk>/held/", sessions.held, name="held"),
    path("<int:pk>/queue/", sessions.queue, name="queue"),
    path("release/<int:pk>/", sessions.release, name="release"),
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<int:pk>/cohorts/new/", programmes.cohort_new, name="cohort_new"),
]
