"""What gatherings tells the rest of the house when it starts: its bead, and the work that comes round by itself."""

from __future__ import annotations

from django.utils.translation import ngettext

from placeweave.gatherings.queries.sessions import of_cohorts
from placeweave.gatherings.services import choosing
from placeweave.gatherings.services.practice import end_log
from placeweave.kit import analyses, regular, strand
from placeweave.kit.analyses import Kind
from placeweave.kit.regular import Regular
from placeweave.places import services as places


def join() -> None:
    """Register what the worker does; called once, when the application is ready."""
    analyses.register(Kind(choosing.KIND, choosing.ENGINE, choosing.basis, choosing.COMPUTE))
    regular.register(Regular("offers of cohorts", "placeweave.gatherings.jobs.cohorts.settle_due", every=60))
    regular.register(Regular("offers of places", "placeweave.gatherings.services.queue.settle_due", every=60))
    regular.register(Regular("reminders of sessions", "placeweave.gatherings.services.reminding.remind_due", every=60))
    regular.register(Regular("erasing of applications", "placeweave.gatherings.services.applications_kept.erase_due"))
    regular.register(Regular("erasing of sign-ups", "placeweave.gatherings.services.retention.erase_due"))
    regular.register(Regular("letters of gatherings", "placeweave.gatherings.services.letters.post", every=10))


def end_what_goes_with_a_membership() -> None:
    """Take away what somebody kept for themselves when they leave."""
    places.at_the_end(end_log)


def fill_bead() -> None:
    """Count the sessions of cohorts on the strand."""
    strand.fill(
        strand.Step.LEARNING,
        strand.Filling(
            records=of_cohorts,
            changed="created_at",
            nouns=lambda count: ngettext("session of a cohort", "sessions of cohorts", count),
            url_name="gatherings:overview",
        ),
    )
