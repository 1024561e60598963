"""The demonstration's sign-in links: one per persona, and only ever in demo mode."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from placeweave.kit.models import Account

SALT = "placeweave.demo.door"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONGEST_SECONDS = 60 * 60 * 24 * 7


@dataclass(frozen=True)
class Persona:
    """Somebody of the example place whose eyes one can see it through."""

    part: str
    name: str
    email: str


def personas() -> list[Persona]:
    """List those of the example place's people who have a sign-in link."""
    text = resources.files("placeweave.example").joinpath("people.toml").read_text(encoding="utf-8")
    people = tomllib.loads(text)["person"]
    return [Persona(one["persona"], one["name"], one["email"]) for one in people if "persona" in one]


def address_for(persona: Persona) -> str:
    """Give the path that signs this persona in; it holds for a week, and for this installation alone."""
    return f"/demo/{signing.dumps(persona.email, salt=SALT)}/"


@require_safe
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign a persona in."""
    if not settings.DEMO:
        raise Http404
    try:
        email = signing.loads(key, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature as forged:
        raise Http404 from forged
    account = Account.objects.filter(email=email).first()
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    return redirect("/")


urlpatterns = [path("<str:key>/", enter, name="demo_door")]
