"""Squares to point a phone at."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString


def square(address: str) -> SafeString:
    """Draw an address as a QR code in SVG, dark on white whatever the colours of the page."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", svgclass="square",
        lineclass=None, border=4,
    )  # fmt: skip
    return SafeString(drawn.getvalue().decode())  # drawn by us from an address of ours
