"""The addresses of kit: health, and the pages every installation has."""

from __future__ import annotations

from django.urls import path

from placeweave.kit import health, source, views

urlpatterns = [
    path("health/", health.health, name="health"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("source/", source.source, name="source"),
    path("source/take/", source.take_source, name="take_source"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/page/", views.sample_page, name="sample_page"),
]
