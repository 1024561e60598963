"""The addresses of thread."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "thread"
urlpatterns: list[URLPattern] = []
