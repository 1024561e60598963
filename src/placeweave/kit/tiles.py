"""Pictures of the ground beneath a map, from elsewhere: none, unless an operator names where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse


@dataclass(frozen=True)
class Tiles:
    """Where tiles come from, and the line that their owner asks for."""

    address: str
    attribution: str

    @property
    def origin(self) -> str:
        """The one other address that a page with a map may then load pictures from."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def tiles() -> Tiles | None:
    """Give the tiles that the operator chose.

    Raises
    ------
    ImproperlyConfigured
        If the address is none of one https server, or does not say where column, row and zoom go in it.
    """
    if not settings.MAP_TILES:
        return None
    found = Tiles(settings.MAP_TILES, settings.MAP_TILES_ATTRIBUTION)
    parts = urlsplit(found.address)
    if parts.scheme != "https" or set("{};, ") & set(parts.netloc) or not parts.netloc:
        raise ImproperlyConfigured("PLACEWEAVE_MAP_TILES must begin with https:// and name one server.")
    if not all(part in found.address for part in ("{x}", "{y}", "{z}")):
        raise ImproperlyConfigured("PLACEWEAVE_MAP_TILES must hold {z}, {x} and {y}.")
    return found


def let_in(response: HttpResponse, found: Tiles | None) -> HttpResponse:
    """Let this one page load pictures from the server of the tiles."""
    if found is not None:
        response.headers[HEADER] = build_policy(update={"img-src": found.origin})
    return response
