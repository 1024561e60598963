"""Many hands at one cohort in the same moment: no place is given twice, no offer passed on twice, nobody lost."""

from __future__ import annotations

import pytest
from django.utils import timezone

from placeweave.gatherings.jobs import cohorts as jobs
from placeweave.gatherings.models import Application, Cohort, CohortEvent
from placeweave.gatherings.services import applying, choosing, closing, cohorts
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Analysis
from placeweave.places.models import Member
from tests import factories
from tests.durability.test_two_at_once import raised, together
from tests.gatherings.applying import applied, opened, stands

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


@pytest.fixture
def by(shared_database: None) -> Member:
    return factories.MemberFactory(standing=Standing.CONVENER)


@pytest.fixture
def cohort(by: Member) -> Cohort:
    """A cohort of one place, for which three people applied."""
    made = opened(by, capacity=1)
    for days, name in enumerate(("Isla", "Rory", "Una"), start=1):
        applied(made, name, days=days)
    return made


def chosen(cohort: Cohort, by: Member) -> Analysis:
    """A choice that the worker has made."""
    found = choosing.ask_for_choice(cohort=cohort, by=by)
    parameters = {"cohort": cohort.pk, "seed": cohort.pk}
    answer = jobs.compute(by.place_id, parameters, lambda _step, _share: None)
    Analysis.objects.filter(pk=found.pk).update(state="done", result=answer.result, n=answer.n)
    return found


def test_of_two_who_send_the_offers_at_once_one_does(cohort: Cohort, by: Member) -> None:
    found = chosen(cohort, by)
    done = together(*[lambda: choosing.send_offers(cohort=cohort, choice=found.pk, by=by)] * 2)
    assert raised(done, NotReady) == 1
    assert stands(cohort) == {"Una": "offered", "Rory": "waiting", "Isla": "waiting"}
    assert CohortEvent.objects.filter(kind="chosen").count() == 1


def test_several_workers_pass_an_offer_on_once(cohort: Cohort, by: Member) -> None:
    choosing.send_offers(cohort=cohort, choice=chosen(cohort, by).pk, by=by)
    Application.objects.filter(name="Una").update(offer_until=timezone.now())
    assert raised(together(*[jobs.settle_due] * 4), NotReady) == 0
    assert stands(cohort) == {"Una": "lapsed", "Rory": "offered", "Isla": "waiting"}
    assert CohortEvent.objects.filter(kind="lapsed").count() == 1


def test_an_offer_taken_while_the_worker_passes_it_on_ends_in_one_of_the_two(cohort: Cohort, by: Member) -> None:
    choosing.send_offers(cohort=cohort, choice=chosen(cohort, by).pk, by=by)
    una = Application.objects.get(name="Una")
    Application.objects.filter(pk=una.pk).update(offer_until=timezone.now())
    together(lambda: applying.accept(applicant=una), jobs.settle_due, lambda: applying.withdraw(applicant=una))
    jobs.settle_due()
    assert cohort.applications.holding().count() == 1
    assert stands(cohort) == {"Rory": "offered", "Isla": "waiting"}


def test_whoever_declines_while_they_are_carried_over_is_found_where_they_are(cohort: Cohort, by: Member) -> None:
    other = cohorts.begin_cohort(programme=cohort.programme, facts=cohorts.CohortFacts("B"), by=by)
    isla = Application.objects.get(name="Isla")
    done = together(
        lambda: closing.close(cohort=cohort, carry_to=other, by=by), lambda: applying.withdraw(applicant=isla)
    )
    assert raised(done, NotReady) == 0
    isla.refresh_from_db()
    assert isla.state == "left"
    assert stands(other) == {"Una": "waiting", "Rory": "waiting"}
