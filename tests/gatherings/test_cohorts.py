"""Cohorts: who is offered a place, who is next, what the mix does, and what stays as it was at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from placeweave.engines.grouping import cohort as engine
from placeweave.gatherings import wording
from placeweave.gatherings.jobs import cohorts as jobs
from placeweave.gatherings.models import Application, Cohort, CohortEvent
from placeweave.gatherings.queries import applying as own
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services import applications_kept, applying, choosing, closing, cohorts, letters
from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member
from tests import factories
from tests.gatherings.applying import applied, hoping, offered, opened, passed, programme, stands

pytestmark = pytest.mark.django_db
Kind = CohortEvent.Kind


@pytest.fixture
def cohort(convener: Member) -> Cohort:
    return opened(convener)


def test_the_room_names_the_engine_by_its_own_name() -> None:
    assert choosing.ENGINE == engine.ENGINE


def test_a7_a_missing_sector_is_named_before_any_offer_goes_out(convener: Member) -> None:
    cohort = opened(convener, capacity=3)
    hoping(cohort, convener, health=1, policing=2)
    applied(cohort, "Isla", sector="health", neighbourhood="Brae")
    mix = queries.mix(cohort)
    assert mix.missing == ["Policing"]
    assert [(one.label, one.least, one.waiting, one.lacks) for one in mix.sectors] == [
        ("Health", 1, 1, 0),
        ("Policing", 2, 0, 2),
    ]
    assert [(one.label, one.waiting) for one in mix.neighbourhoods] == [("Brae", 1)]
    assert cohort.state == Cohort.State.OPEN


def test_a7_the_mix_comes_before_the_wait_and_what_is_missed_is_said_in_words(cohort: Cohort, convener: Member) -> None:
    hoping(cohort, convener, fire=1, policing=1)
    for days, (name, sector) in enumerate([("Una", "fire"), ("Rory", "health"), ("Isla", "health")], start=1):
        applied(cohort, name, days=days, sector=sector)
    found = choosing.ask_for_choice(cohort=cohort, by=convener)
    found.refresh_from_db()
    told = found.result or {}
    assert set(Application.objects.filter(pk__in=told["members"]).values_list("name", flat=True)) == {"Isla", "Una"}
    assert [wording.shortfall(one) for one in told["shortfalls"]] == [
        "Policing: 0 of at least 1 wanted. Nobody from there has applied."
    ]
    (waits,) = told["waiting"]
    assert "1 person was chosen who applied later. The mix that is hoped for asked for them:" in wording.waits(waits)


def test_at_most_so_many_of_one_organisation_are_offered_a_place(convener: Member) -> None:
    cohort = opened(convener, capacity=2, most_of_one=1)
    for days, (name, body) in enumerate([("Una", "Choir"), ("Rory", "Council"), ("Isla", "Council")], start=1):
        applied(cohort, name, days=days, organisation=body)
    offered(cohort, convener)
    assert stands(cohort) == {"Isla": "offered", "Una": "offered", "Rory": "waiting"}


def test_what_is_kept_of_a_choice_names_no_organisation(convener: Member) -> None:
    cohort = opened(convener, capacity=3, most_of_one=1)
    hoping(cohort, convener, fire=1)
    una, ronan = (applied(cohort, name, days=9, organisation="Una and Ronan") for name in ("Una", "Ronan"))
    for one in (una, ronan):
        applying.keep(applicant=one, kept="in", because="They asked first", by=convener)
    applied(cohort, "Isla", days=5, organisation="Una and Ronan")
    applied(cohort, "Gil", days=1, sector="fire")
    offered(cohort, convener)
    found = choosing.latest(cohort)
    assert found is not None
    assert found.result is not None
    told = [wording.shortfall(one) for one in found.result["shortfalls"]]
    assert any(one.startswith("One organisation: 2, though at most 1 were wanted.") for one in told), told
    kept = [str(found.result), *(str(one.facts) for one in CohortEvent.objects.filter(cohort=cohort))]
    assert not [one for one in kept if "Ronan" in one], "it would outlive those who came from there"


def test_whom_the_team_keeps_in_or_holds_out_stands_above_the_rule_and_needs_a_reason(
    cohort: Cohort, convener: Member
) -> None:
    first, _second, last = (applied(cohort, name, days=days) for name, days in (("Una", 9), ("Rory", 5), ("Isla", 1)))
    with pytest.raises(Unsound, match="Say why"):
        applying.keep(applicant=last, kept="in", because=" ", by=convener)
    applying.keep(applicant=last, kept="in", because="The only one from Brae.", by=convener)
    applying.keep(applicant=first, kept="out", because="Cannot come to any date.", by=convener)
    offered(cohort, convener)
    assert stands(cohort) == {"Una": "waiting", "Rory": "offered", "Isla": "offered"}
    assert "Brae" not in str(list(CohortEvent.objects.values("facts"))), "the log holds no words about anybody"


def test_more_cannot_be_kept_in_than_there_are_places(cohort: Cohort, convener: Member) -> None:
    for name in ("Una", "Rory", "Isla"):
        applying.keep(applicant=applied(cohort, name), kept="in", because="Needed.", by=convener)
    found = choosing.ask_for_choice(cohort=cohort, by=convener)
    found.refresh_from_db()
    assert (found.state, "than there are places free" in found.failure) == ("failed", True)


def test_a_choice_made_before_somebody_applied_is_not_sent(cohort: Cohort, convener: Member) -> None:
    applied(cohort, "Una")
    found = choosing.ask_for_choice(cohort=cohort, by=convener)
    applied(cohort, "Rory")
    with pytest.raises(NotReady, match="worked out anew"):
        choosing.send_offers(cohort=cohort, choice=found.pk, by=convener)
    assert stands(cohort) == {"Una": "waiting", "Rory": "waiting"}


def test_a26_an_offer_that_expires_goes_to_somebody_of_the_same_sector_and_the_log_says_so(
    cohort: Cohort, convener: Member
) -> None:
    hoping(cohort, convener, fire=1)
    people = [("Una", "fire", 9), ("Rory", "health", 8), ("Isla", "health", 7), ("Nan", "fire", 1)]
    una, _rory, isla, nan = (applied(cohort, name, days=days, sector=sector) for name, sector, days in people)
    offered(cohort, convener)
    assert stands(cohort) == {"Una": "offered", "Rory": "offered", "Isla": "waiting", "Nan": "waiting"}
    passed(una)
    assert stands(cohort) == {"Una": "lapsed", "Rory": "offered", "Isla": "waiting", "Nan": "offered"}
    assert list(cohort.events.filter(kind__in=["lapsed", "offered"]).values_list("kind", "application__name"))[-2:] == [
        ("lapsed", "Una"),
        ("offered", "Nan"),
    ]
    drawn = CohortEvent.objects.get(application=nan, kind="offered")
    assert (drawn.rule, drawn.facts, drawn.free) == ("mix_then_wait", {"like": "fire"}, 1)
    why = own.why(isla)
    assert (why.earlier, why.later, why.passed) == (2, 1, 1)


def test_a_declined_offer_is_drawn_on_once_however_often_the_worker_comes(cohort: Cohort, convener: Member) -> None:
    people = [applied(cohort, name, days=days) for days, name in enumerate(("Isla", "Rory", "Una", "Nan"), start=1)]
    offered(cohort, convener)
    applying.decline(applicant=people[3])
    assert queries.free(cohort) == 1
    for _time in range(3):
        jobs.settle_due()
    assert stands(cohort) == {"Nan": "declined", "Una": "offered", "Rory": "offered", "Isla": "waiting"}
    again = applying.ask_again(applicant=people[3])
    assert [one.name for one in cohort.applications.waiting()] == ["Isla", again.name], "at the end of the list"


def test_places_added_and_whoever_applies_late_are_met_by_the_worker(cohort: Cohort, convener: Member) -> None:
    applied(cohort, "Una")
    offered(cohort, convener)
    applied(cohort, "Rory")
    jobs.settle_due()
    assert stands(cohort) == {"Una": "offered", "Rory": "offered"}
    applied(cohort, "Isla")
    jobs.settle_due()
    assert stands(cohort)["Isla"] == "waiting"
    cohort.refresh_from_db()
    facts = cohorts.CohortFacts("Spring", host=convener, capacity=3)
    cohorts.edit_cohort(cohort=cohort, facts=facts, version=cohort.version, by=convener)
    jobs.settle_due()
    assert stands(cohort)["Isla"] == "offered"


def test_an_offer_that_has_passed_cannot_be_taken(cohort: Cohort, convener: Member) -> None:
    una = applied(cohort, "Una")
    offered(cohort, convener)
    passed(una)
    with pytest.raises(NotReady, match="passed on"):
        applying.accept(applicant=una)
    assert stands(cohort) == {"Una": "lapsed"}


def test_whoever_leaves_is_erased_and_the_place_keeps_only_what_it_was_like(cohort: Cohort, convener: Member) -> None:
    una = applied(cohort, "Una", sector="fire", organisation="Brigade", issue="Smoke", neighbourhood="Brae")
    offered(cohort, convener)
    applying.accept(applicant=una)
    applying.withdraw(applicant=una)
    una.refresh_from_db()
    assert {getattr(una, name) for name in applying.ERASED} == {""}
    assert list(cohort.openings.values_list("sector", "neighbourhood")) == [("fire", "Brae")]


def test_the_log_of_a_cohort_only_grows(cohort: Cohort) -> None:
    applied(cohort)
    event = CohortEvent.objects.get(kind="applied")
    event.kind = Kind.LEFT
    with pytest.raises(ValueError, match="only grows"):
        event.save()


def test_the_same_form_sent_twice_is_one_application(cohort: Cohort) -> None:
    key, answers = links.new_key(), applying.Answers("Isla", "isla@example.org")
    first, second = (applying.apply(cohort=cohort, answers=answers, key=key) for _time in range(2))
    assert first == second
    assert Application.objects.count() == 1


def test_a26_a_further_cohort_takes_those_who_wait_with_their_time_and_the_same_mix(
    cohort: Cohort, convener: Member
) -> None:
    hoping(cohort, convener, fire=1)
    isla, una = (applied(cohort, name, days=days, sector="fire") for name, days in (("Isla", 2), ("Una", 40)))
    rory = applied(cohort, "Rory", days=30)
    offered(cohort, convener)
    assert stands(cohort) == {"Una": "offered", "Rory": "offered", "Isla": "waiting"}
    further = closing.grow(cohort=cohort, facts=cohorts.CohortFacts("Summer", capacity=5), by=convener)
    assert stands(further) == {"Isla": "waiting"}
    assert list(further.targets.values_list("value", "least")) == [("fire", 1)]
    since = isla.asked_at
    isla.refresh_from_db()
    assert (isla.asked_at, isla.cohort, further.grown_from) == (since, further, cohort)
    offered(further, convener)
    assert stands(further) == {"Isla": "offered"}
    assert [one.kind for one in own.why(isla).events] == ["applied", "ranked", "carried", "offered"]
    assert {una.pk, rory.pk} == set(cohort.applications.values_list("pk", flat=True))


def test_where_somebody_stands_is_read_under_the_lock_of_the_cohort_they_were_carried_to(
    cohort: Cohort, convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = cohorts.begin_cohort(programme=cohort.programme, facts=cohorts.CohortFacts("Autumn"), by=convener)
    one = applied(cohort)
    mine = Application.objects.filter(pk=one.pk)
    mine.update(state="offered", offer_until=timezone.now() + timedelta(days=1))

    def locked(pk: int) -> Cohort:
        """Wait for a cohort while others carry the applicant over, and then take the offer back."""
        mine.update(cohort=other) if pk == cohort.pk else mine.update(state="lapsed", offer_until=None)
        return Cohort.objects.get(pk=pk)

    monkeypatch.setattr(applying, "locked", locked)
    with pytest.raises(NotReady, match="passed on"):
        applying.accept(applicant=one)


def test_everybody_hears_of_the_end_and_those_who_wait_are_carried_over_or_told(
    cohort: Cohort, convener: Member
) -> None:
    for days, name in enumerate(("Isla", "Rory", "Una"), start=1):
        applied(cohort, name, days=days)
    offered(cohort, convener)
    applying.accept(applicant=cohort.applications.get(name="Una"))
    other = cohorts.begin_cohort(programme=cohort.programme, facts=cohorts.CohortFacts("Autumn"), by=convener)
    letters.post()
    mail.outbox.clear()
    closing.close(cohort=cohort, carry_to=other, by=convener)
    letters.post()
    assert {(one.to[0], one.subject.partition(":")[0]) for one in mail.outbox} == {
        ("una@example.org", "This cohort is closed"),
        ("rory@example.org", "You wait for a further cohort"),
        ("isla@example.org", "You wait for a further cohort"),
    }
    closing.close(cohort=other, carry_to=None, by=convener)
    assert stands(other) == {"Rory": "ended", "Isla": "ended"}
    for deed in (
        lambda: cohorts.open_to_applications(cohort=cohort, by=convener),
        lambda: closing.close(cohort=cohort, carry_to=None, by=convener),
        lambda: applying.take_off(applicant=cohort.applications.get(name="Una"), by=convener),
    ):
        with pytest.raises(NotReady, match="closed"):
            deed()
    closing.close_programme(programme=cohort.programme, by=convener)
    with pytest.raises(NotReady, match="closed"):
        cohorts.begin_cohort(programme=cohort.programme, facts=cohorts.CohortFacts("More"), by=convener)


def test_a_programme_is_closed_after_its_cohorts(cohort: Cohort, convener: Member) -> None:
    with pytest.raises(NotReady, match="Close Spring first"):
        closing.close_programme(programme=cohort.programme, by=convener)


def test_a_cohort_begins_once_no_offer_stands(cohort: Cohort, convener: Member) -> None:
    una = applied(cohort, "Una")
    offered(cohort, convener)
    with pytest.raises(NotReady, match="still stand"):
        cohorts.begin(cohort=cohort, by=convener)
    applying.accept(applicant=una)
    cohorts.begin(cohort=cohort, by=convener)
    with pytest.raises(NotReady, match="closed"):
        applied(cohort, "Rory")


def test_two_people_who_change_a_cohort_or_its_mix_both_keep_what_they_wrote(cohort: Cohort, convener: Member) -> None:
    hoping(cohort, convener, fire=1)
    with pytest.raises(Conflict):
        cohorts.hope_for(cohort=cohort, wanted=[], version=1, by=convener)
    with pytest.raises(Conflict):
        cohorts.edit_cohort(cohort=cohort, facts=cohorts.CohortFacts("Mine"), version=1, by=convener)
    assert list(cohort.targets.values_list("value", flat=True)) == ["fire"]


def test_what_cannot_be_had_is_refused_in_words(cohort: Cohort, convener: Member) -> None:
    with pytest.raises(Unsound, match="there are 2 places"):
        hoping(cohort, convener, fire=2, health=1)
    with pytest.raises(Unsound, match="Choose the neighbourhood"):
        applied(cohort, neighbourhood="The moon")
    with pytest.raises(NotReady, match="nobody to choose"):
        choosing.ask_for_choice(cohort=cohort, by=convener)


def test_only_the_team_of_the_place_runs_a_cohort(cohort: Cohort, convener: Member, member_with: object) -> None:
    one = applied(cohort)
    stranger = factories.MemberFactory(standing=Standing.CONVENER)
    partner = factories.MemberFactory(place=convener.place, standing=Standing.PARTNER)
    for by in (stranger, partner):
        for deed in (
            lambda by=by: hoping(cohort, by, fire=1),
            lambda by=by: choosing.ask_for_choice(cohort=cohort, by=by),
            lambda by=by: applying.keep(applicant=one, kept="out", because="x", by=by),
            lambda by=by: applying.take_off(applicant=one, by=by),
            lambda by=by: closing.grow(cohort=cohort, facts=cohorts.CohortFacts("B"), by=by),
            lambda by=by: closing.close(cohort=cohort, carry_to=None, by=by),
        ):
            with pytest.raises(Refused):
                deed()


def test_a_cohort_of_another_place_is_no_refuge_for_those_who_wait(cohort: Cohort, convener: Member) -> None:
    stranger = factories.MemberFactory(standing=Standing.CONVENER)
    theirs = cohorts.begin_cohort(programme=programme(stranger), facts=cohorts.CohortFacts("C"), by=stranger)
    with pytest.raises(Unsound, match="same programme"):
        closing.close(cohort=cohort, carry_to=theirs, by=convener)


def test_some_time_after_a_cohort_is_closed_only_counts_stay(cohort: Cohort, convener: Member) -> None:
    una = applied(cohort, "Una", sector="fire", issue="Smoke", access_needs="A loop")
    closing.close(cohort=cohort, carry_to=None, by=convener)
    assert applications_kept.erase_due() == 0
    for days, left in ((15, ("Una", "Smoke", "")), (91, ("", "", ""))):
        Cohort.objects.update(closed_at=timezone.now() - timedelta(days=days))
        applications_kept.erase_due()
        una.refresh_from_db()
        assert (una.name, una.issue, una.access_needs) == left
    assert (una.sector, una.state) == ("fire", "ended")


Deeds = st.lists(
    st.tuples(st.sampled_from(("apply", "take", "refuse", "miss", "leave", "return", "work")), st.integers(0, 8)),
    min_size=8,
    max_size=16,
)


class AnyOrder(TestCase):
    @settings(max_examples=5)
    @given(deeds=Deeds)
    def test_whatever_people_do_no_place_is_given_twice_and_none_stays_empty_while_somebody_waits(
        self, deeds: list[tuple[str, int]]
    ) -> None:
        by = factories.MemberFactory(standing=Standing.CONVENER)
        cohort = opened(by, capacity=2)
        hoping(cohort, by, fire=1)
        applied(cohort, "Una", days=1, sector="health")
        offered(cohort, by)
        for deed, which in deeds:
            _do(cohort, deed, which)
            assert cohort.applications.holding().count() <= cohort.capacity
        jobs.settle_due()
        assert not (queries.free(cohort) and cohort.applications.waiting().exists())
        assert cohort.openings.filter(filled_at=None).count() <= queries.free(cohort)


def _do(cohort: Cohort, deed: str, which: int) -> None:
    people = list(cohort.applications.order_by("pk"))
    one = people[which % len(people)]
    if deed == "apply":
        applied(cohort, f"Isla{len(people)}", sector=("fire", "health", "")[which % 3])
    elif deed == "work":
        jobs.settle_due()
    elif deed == "leave":
        applying.withdraw(applicant=one)
    elif deed == "return" and one.state in {"lapsed", "declined"}:
        applying.ask_again(applicant=one)
    elif one.state == "offered" and deed == "take":
        applying.accept(applicant=one)
    elif one.state == "offered" and deed == "refuse":
        applying.decline(applicant=one)
    elif one.state == "offered":
        passed(one)
