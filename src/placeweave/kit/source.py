"""The program's own source, offered to everybody who uses it over a network, as its licence asks.

What is handed out is what runs here, changes of this installation included.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placeweave import __version__
from placeweave.kit.doors import too_often
from placeweave.kit.tries import Pace

LEFT_OUT = frozenset({"vendor", "__pycache__"})
KINDS = frozenset({".py", ".html", ".css", ".js", ".svg", ".toml", ".md", ".po", ".txt", ".csv"})


def files() -> list[Path]:
    """List what makes up the program; other people's files in it come from their own projects."""
    found = Path(settings.PACKAGE).rglob("*")
    return sorted(one for one in found if one.suffix in KINDS and one.is_file() and not LEFT_OUT & set(one.parts))


@cache
def archive() -> bytes:
    """Give the source as a zip; it cannot change while the program runs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in files():
            name = one.relative_to(settings.PACKAGE.parent).as_posix()
            packed.writestr(zipfile.ZipInfo(f"placeweave-{__version__}/{name}"), one.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


TAKING = Pace("source", ((20, 60), (200, 3600)))


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Say under which licence the program is, and where its source is."""
    return render(request, "kit/source.html", {"version": __version__})


@require_safe
def take_source(request: HttpRequest) -> HttpResponse:
    """Hand out the source; packing it is work, so not without end."""
    if not TAKING.allows(request):
        return too_often(request)
    response = HttpResponse(archive(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="placeweave-{__version__}.zip"'
    return response
