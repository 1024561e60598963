"""Whether the program and its database answer, for whoever watches over the installation."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from placeweave import __version__


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database can be read, else 503; says nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
