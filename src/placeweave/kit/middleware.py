"""What every request and every answer passes through."""

from __future__ import annotations

import logging
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit.errors import Conflict, DomainError, NotReady, Unsound

logger = logging.getLogger(__name__)
LARGEST_KEY = 2**63 - 1
METHODS = ("GET", "HEAD", "POST")
Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: Handler) -> Handler:
    """Say what the browser may not do, and keep private pages out of shared caches."""
    policy = build_policy()

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return handle


def own_clock(get_response: Handler) -> Handler:
    """Begin each request at the installation's clock: a page of a place sets its own, and leaves it behind nowhere."""

    def handle(request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return get_response(request)

    return handle


def refuse_nul(get_response: Handler) -> Handler:
    """Refuse an address with a NUL in it: SQLite would take it, PostgreSQL would break."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            sentence = _("This address holds a character that cannot be used.")
            return render(request, "400.html", {"sentence": sentence}, status=400)
        return get_response(request)

    return handle


def refuse_other_methods(get_response: Handler) -> Handler:
    """Take what browsers send, and nothing else: no page here has an answer of its own to ``PUT`` or ``DELETE``."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return handle


def _clash(error: IntegrityError | OperationalError) -> NotReady:
    """Say what it means when the database turns a change down: two people did the same thing at one moment.

    Services refuse what they can see beforehand; what only the database sees is rare enough to be worth a line in the
    log, and never worth a page that says something broke.
    """
    logger.warning("Two changes met in the database", exc_info=error)
    if isinstance(error, OperationalError):
        return NotReady(_("Many people are writing at this moment. Nothing was changed: please try again."))
    return NotReady(_("Somebody did the same at the same moment. Nothing was changed: please look again."))


def _names_no_record(request: HttpRequest) -> bool:
    """Tell whether the address itself holds a number larger than any key."""
    parts = request.resolver_match.kwargs.values() if request.resolver_match else ()
    return any(isinstance(part, int) and part > LARGEST_KEY for part in parts)


def _too_large(exception: Exception) -> Unsound:
    """Say of a number no database can hold what SQLite and PostgreSQL each say in their own way."""
    logger.warning("a number too large to keep", exc_info=exception)
    return Unsound(_("A number in what was sent is too large to be one of ours. Nothing was changed."))


class domain_errors:  # noqa: N801 - named as the function-style middleware beside it
    """Turn a refusal of the domain into a page with its sentence, and the status that fits."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a :class:`DomainError` in words, and a clash in the database too; leave anything else to Django."""
        if isinstance(exception, (IntegrityError, OperationalError)):
            exception = _clash(exception)
        elif isinstance(exception, (OverflowError, DataError)):
            if _names_no_record(request):
                return render(request, "404.html", status=404)
            exception = _too_large(exception)
        if not isinstance(exception, DomainError):
            return None
        context = {
            "sentence": exception.sentence,
            "conflict": exception if isinstance(exception, Conflict) else None,
        }
        return render(request, f"{exception.status}.html", context, status=exception.status)
