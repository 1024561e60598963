"""The address of a voting's door, as words and as a square to point a phone at."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from placeweave.listening.models import Voting


@dataclass(frozen=True)
class Doorway:
    """How people come to a voting."""

    url: str
    shown: str
    """The address without what nobody types."""
    square: SafeString
    """A QR code as SVG, dark on white whatever the colours of the page."""


def doorway(voting: Voting) -> Doorway:
    """Give the way in to a voting, to print and to show."""
    url = settings.PUBLIC_URL + reverse("voting:door", args=[voting.code])
    return Doorway(url, url.partition("://")[2].rstrip("/"), _square(url))


def _square(text: str) -> SafeString:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", svgclass="square",
        lineclass=None, border=3,
    )  # fmt: skip
    return SafeString(drawn.getvalue().decode())  # drawn by us from an address of ours
