"""The address of jigsaw outside any place: what other programs read, by its key."""

from __future__ import annotations

from django.urls import path

from placeweave.jigsaw.views import live

app_name = "live"
urlpatterns = [path("live/<str:key>/kumu.json", live.kumu, name="kumu")]
