"""What the pages of places have in common: showing a form, and asking first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placeweave.kit.asking import status_of
from placeweave.kit.forms import HouseForm


def with_form(request: HttpRequest, template: str, form: HouseForm, **context: Any) -> HttpResponse:
    """Show a page with a form; one with errors says so in its status too."""
    return render(request, template, {"form": form, **context}, status=status_of(form))


def ask_first(request: HttpRequest, **words: str) -> HttpResponse:
    """Ask before something is taken away: ``question``, ``consequence``, ``button``, ``cancel_url``."""
    return render(request, "places/confirm.html", {"tone": "refused", **words})


def initial_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    """Read a form's first values off a record."""
    return {name: getattr(record, name) for name in names}
