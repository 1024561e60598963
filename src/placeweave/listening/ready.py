"""What listening offers the rest of the house once everything is loaded: its bead, importers, analysis, exports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import ngettext

from placeweave.engines.opinion import ENGINE_VERSION
from placeweave.kit import analyses, columns, exports, imports, regular, strand
from placeweave.kit.analyses import Kind
from placeweave.kit.regular import Regular
from placeweave.kit.strand import Filling, Step
from placeweave.listening.forms.files import ContributionMappingForm
from placeweave.listening.importers.contributions import ContributionImporter
from placeweave.listening.importers.polis import PolisImporter
from placeweave.listening.models import Contribution
from placeweave.listening.queries import opinion
from placeweave.listening.taking import ASSESSMENTS, STATEMENTS, WORDS


def _heard() -> models.QuerySet[Contribution]:
    return Contribution.raw.exclude(state=Contribution.State.WITHDRAWN)


def join() -> None:
    """Register everything; called once, when the application is ready."""
    strand.fill(
        Step.HEARD,
        Filling(
            records=_heard,
            changed="created_at",
            nouns=lambda count: ngettext("contribution", "contributions", count),
            url_name="listening:conversations",
        ),
    )
    imports.register(ContributionImporter(), columns.question(ContributionMappingForm))
    imports.register(PolisImporter())
    analyses.register(Kind(opinion.KIND, ENGINE_VERSION, opinion.basis, "placeweave.listening.jobs.opinion.compute"))
    exports.register(WORDS)
    exports.register(STATEMENTS)
    exports.register(ASSESSMENTS)
    regular.register(Regular("maps of opinion", "placeweave.listening.services.opinion.refresh_due", every=10))
    regular.register(Regular("statements to read", "placeweave.listening.services.reminding.remind"))
