"""People who apply, for tests."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from placeweave.gatherings.jobs import cohorts as jobs
from placeweave.gatherings.models import Application, Cohort, Programme
from placeweave.gatherings.services import applying, choosing, cohorts
from placeweave.kit import links
from placeweave.places.models import Member

PLACES = "Harbour\nBrae\nShore"


def programme(by: Member, title: str = "Leading together") -> Programme:
    facts = cohorts.ProgrammeFacts(title, neighbourhoods=PLACES)
    return cohorts.begin_programme(place=by.place, facts=facts, by=by)


def opened(by: Member, capacity: int = 2, **more: int | None) -> Cohort:
    """A cohort that people can apply for."""
    facts = cohorts.CohortFacts("Spring", host=by, capacity=capacity, **more)  # type: ignore[arg-type]
    made = cohorts.begin_cohort(programme=programme(by), facts=facts, by=by)
    return cohorts.open_to_applications(cohort=made, by=by)


def hoping(cohort: Cohort, by: Member, **least: int) -> Cohort:
    """Hope for at least so many of some sectors."""
    wanted = [cohorts.Wanted("sector", sector, count) for sector, count in least.items()]
    cohort.refresh_from_db()
    return cohorts.hope_for(cohort=cohort, wanted=wanted, version=cohort.version, by=by)


def applied(cohort: Cohort, name: str = "Isla", *, days: int = 0, **more: str) -> Application:
    """Apply, so many days ago."""
    answers = applying.Answers(name=name, email=f"{name.lower()}@example.org", **more)
    made = applying.apply(cohort=cohort, answers=answers, key=links.new_key())
    Application.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(days=days))
    made.refresh_from_db()
    return made


def offered(cohort: Cohort, by: Member) -> None:
    """Have a choice worked out, and send its offers."""
    found = choosing.ask_for_choice(cohort=cohort, by=by)
    found.refresh_from_db()
    assert found.state == "done", found.failure
    choosing.send_offers(cohort=cohort, choice=found.pk, by=by)


def stands(cohort: Cohort) -> dict[str, str]:
    """Where everybody stands, by name."""
    return dict(cohort.applications.exclude(name="").values_list("name", "state"))


def passed(one: Application) -> None:
    """Let the deadline of an offer pass, and the worker come by."""
    Application.objects.filter(pk=one.pk).update(offer_until=timezone.now() - timedelta(minutes=1))
    jobs.settle_due()
