"""The addresses of themes."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "themes"
urlpatterns: list[URLPattern] = []
