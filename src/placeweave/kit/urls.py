"""The addresses of kit: health, and the pages every installation has."""

from __future__ import annotations

from django.urls import path

from placeweave.kit import health

urlpatterns = [path("health/", health.health, name="health")]
