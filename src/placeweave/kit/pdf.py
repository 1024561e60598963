"""Write PDF files that screen readers can read, from a page set in Typst and plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import typst


def write(page: Path, facts: Mapping[str, object]) -> bytes:
    """Lay out a page as PDF/UA-1 (ISO 14289-1): every heading and list is tagged.

    Words in a script that no font of this machine can draw are no reason to give nobody the report: it is then tagged
    all the same, and does not call itself PDF/UA.

    Parameters
    ----------
    page
        A Typst file. It reads the facts with ``json(bytes(sys.inputs.facts))``.
    facts
        Plain data. It is handed over as data and never as markup, so nobody's words can lay out a page.
    """
    source, inputs = page.read_bytes(), {"facts": json.dumps(facts)}
    try:
        return typst.compile(source, sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(source, sys_inputs=inputs)
