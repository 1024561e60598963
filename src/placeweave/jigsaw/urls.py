"""The addresses of jigsaw."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "jigsaw"
urlpatterns: list[URLPattern] = []
