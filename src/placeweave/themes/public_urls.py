"""The one address of themes outside a place: a page shared by link."""

from __future__ import annotations

from django.urls import path

from placeweave.themes.views import public

urlpatterns = [path("heard/<str:key>/", public.told_public, name="told_public")]
