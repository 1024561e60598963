"""What the pages of places have in common: acting on a form, and asking first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placeweave.kit.asking import status_of
from placeweave.kit.errors import Conflict, NotReady, Unsound

T = TypeVar("T")


def carried_out(form: forms.Form, deed: Callable[[], T]) -> T | None:
    """Do what a form asks, if it is in order; a refusal is written into the form, so that nothing typed is lost."""
    if not form.is_valid():
        return None
    try:
        return deed()
    except Conflict:
        raise
    except (NotReady, Unsound) as refusal:
        form.add_error(None, refusal.sentence)
        return None


def with_form(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """Show a page with a form; one with errors says so in its status too."""
    return render(request, template, {"form": form, **context}, status=status_of(form))


def ask_first(request: HttpRequest, **words: str) -> HttpResponse:
    """Ask before something is taken away: ``question``, ``consequence``, ``button``, ``cancel_url``."""
    return render(request, "places/confirm.html", {"tone": "refused", **words})


def initial_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    """Read a form's first values off a record."""
    return {name: getattr(record, name) for name in names}
