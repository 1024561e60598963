"""What themes offers the rest of the house once everything is loaded: its bead, its analysis, its exports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import ngettext

from placeweave.engines.themes import ENGINE_VERSION
from placeweave.kit import analyses, exports, strand
from placeweave.kit.analyses import Kind
from placeweave.kit.strand import Filling, Step
from placeweave.themes.models import Theme
from placeweave.themes.queries import suggestions as suggested
from placeweave.themes.services import suggestions
from placeweave.themes.taking import CODEBOOK, QUOTES


def _standing() -> models.QuerySet[Theme]:
    return Theme.objects.current().exclude(status=Theme.Status.RETIRED)


def join() -> None:
    """Register everything; called once, when the application is ready."""
    strand.fill(
        Step.THEMES,
        Filling(
            records=_standing,
            changed="changed_at",
            nouns=lambda count: ngettext("theme", "themes", count),
            url_name="themes:board",
        ),
    )
    compute = "placeweave.themes.jobs.compute"
    analyses.register(Kind(suggested.KIND, ENGINE_VERSION, suggested.basis, compute, suggestions.keep))
    exports.register(CODEBOOK)
    exports.register(QUOTES)
