"""The addresses of action."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "action"
urlpatterns: list[URLPattern] = []
