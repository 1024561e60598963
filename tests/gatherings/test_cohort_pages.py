"""The pages of programmes and cohorts: what each reader sees, and what somebody without an account can do."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from placeweave.gatherings.jobs import cohorts as jobs
from placeweave.gatherings.models import ApplicantLink, Application, Cohort, Programme
from placeweave.gatherings.services import applying, letters
from placeweave.kit.access import Standing
from placeweave.kit.models import Submission
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.applying import applied, hoping, offered, opened, stands

ClientFor = Callable[[Member], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(convener: Member) -> Cohort:
    return opened(convener, capacity=1)


def text(client: Client, name: str, *args: Any) -> str:
    page = client.get(reverse(name, args=args)).content.decode()
    return re.sub(r"\s+", " ", strip_tags(page.partition("<main")[2]))


def filled(name: str = "Isla", **more: str) -> dict[str, str]:
    said = {"name": name, "email": f"{name.lower()}@example.org", "issue": "Nobody answers.", "dates": "all"}
    return {**said, "agreed": "on", "once": str(uuid.uuid4()), **more}


def apply(cohort: Cohort, name: str = "Isla", **more: str) -> str:
    answer = Client().post(reverse("apply:page", args=[cohort.code]), filled(name, **more))
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_no_choice_is_asked_for_while_there_is_nothing_to_choose(
    cohort: Cohort, convener: Member, client_for: ClientFor
) -> None:
    told = text(client_for(convener), "gatherings:cohort_choice", convener.place.slug, cohort.pk)
    assert "There is nothing to choose now" in told
    assert "Work out whom to offer a place" not in told


def test_a26_somebody_applies_waits_is_drawn_and_reads_why(
    cohort: Cohort, convener: Member, client_for: ClientFor
) -> None:
    first, second = (apply(cohort, name, neighbourhood="Brae", sector="fire") for name in ("Isla", "Rory"))
    assert "The team has not sent its offers yet" in Client().get(first).content.decode()
    team, slug = client_for(convener), convener.place.slug
    choice = reverse("gatherings:cohort_choice", args=[slug, cohort.pk])
    assert "Work out whom to offer a place" in team.get(choice).content.decode()
    assert team.post(reverse("gatherings:cohort_choose", args=[slug, cohort.pk])).status_code == 302
    asked = re.search(r'name="choice" value="(\d+)"', team.get(choice).content.decode())
    assert asked is not None
    offers = reverse("gatherings:cohort_offers", args=[slug, cohort.pk])
    assert team.post(offers, {"choice": asked[1]}).status_code == 302
    assert "A place is kept for you until" in Client().get(first).content.decode()
    waits = Client().get(second).content.decode()
    assert "as number 1 on the list" in waits
    assert "Everybody chosen had waited longer." in waits
    assert Client().post(f"{first}decline/").status_code == 302
    jobs.settle_due()
    assert Client().post(f"{second}accept/").status_code == 302
    story = Client().get(second).content.decode()
    assert "You have a place." in story
    assert "offer to somebody else was let pass or refused" in story
    assert "Isla" not in story
    log = text(team, "gatherings:cohort_log", slug, cohort.pk)
    assert "said no to the offer" in log
    assert "Rory" not in log


def test_offers_are_sent_for_the_choice_on_the_screen_alone(
    cohort: Cohort, convener: Member, client_for: ClientFor, other_place: Place
) -> None:
    applied(cohort)
    stranger = factories.MemberFactory(place=other_place)
    theirs = opened(stranger)
    applied(theirs, "Una")
    team, slug = client_for(convener), convener.place.slug
    client_for(stranger).post(reverse("gatherings:cohort_choose", args=[other_place.slug, theirs.pk]))
    foreign = Client()
    page = client_for(stranger).get(reverse("gatherings:cohort_choice", args=[other_place.slug, theirs.pk]))
    key = re.search(r'name="choice" value="(\d+)"', page.content.decode())
    assert key is not None
    offers = reverse("gatherings:cohort_offers", args=[slug, cohort.pk])
    for choice in (key[1], "", "x", "99999999999999999999"):
        assert team.post(offers, {"choice": choice}).status_code == 409
    assert foreign.post(offers).status_code in {302, 404}
    assert set(stands(cohort).values()) == {"waiting"}


def test_another_places_cohort_people_and_programme_are_not_found(
    cohort: Cohort, other_place: Place, client_for: ClientFor
) -> None:
    one, stranger = applied(cohort), client_for(factories.MemberFactory(place=other_place))
    pages = [
        *((f"cohort{page}", cohort.pk) for page in ("", "_edit", "_mix", "_grow", "_close", "_applicants", "_log")),
        *((name, one.pk) for name in ("applicant_keep", "applicant_off")),
        *((f"programme{page}", cohort.programme_id) for page in ("", "_edit", "_close")),
    ]
    for name, pk in pages:
        address = reverse(f"gatherings:{name}", args=[other_place.slug, pk])
        assert (name, stranger.get(address).status_code) == (name, 404)
        assert (name, stranger.post(address, {"title": "x"}).status_code in {404, 405}) == (name, True)


def test_another_places_records_in_a_form_are_no_choice(
    cohort: Cohort, convener: Member, client_for: ClientFor
) -> None:
    stranger = factories.MemberFactory(standing=Standing.CONVENER)
    theirs = opened(stranger)
    team, slug = client_for(convener), convener.place.slug
    close = reverse("gatherings:cohort_close", args=[slug, cohort.pk])
    assert team.post(close, {"carry_to": str(theirs.pk)}).status_code == 422
    edit = reverse("gatherings:cohort_edit", args=[slug, cohort.pk])
    form = {"title": "S", "capacity": "3", "offer_hours": "48", "host": str(stranger.pk), "version": "2"}
    assert team.post(edit, form).status_code == 422
    assert team.post(edit, form | {"host": ""}).status_code == 302


def test_needs_are_read_by_whoever_leads_alone_and_applicants_by_the_team(
    cohort: Cohort, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    applied(cohort, access_needs="A hearing loop", issue="Cold flats")
    slug = convener.place.slug
    assert "A hearing loop" in text(client_for(convener), "gatherings:cohort_applicants", slug, cohort.pk)
    other = text(client_for(member_with(Standing.FACILITATOR)), "gatherings:cohort_applicants", slug, cohort.pk)
    assert "Cold flats" in other
    assert "hearing loop" not in other
    for standing in (Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR):
        reader = client_for(member_with(standing))
        page = text(reader, "gatherings:cohort", slug, cohort.pk)
        assert "Spring" in page
        assert "waiting:" not in page
        assert "Isla" not in page + text(reader, "gatherings:programme", slug, cohort.programme_id)


def test_a7_the_page_names_who_is_missing_before_offers_go_out(
    cohort: Cohort, convener: Member, client_for: ClientFor
) -> None:
    hoping(cohort, convener, policing=1)
    applied(cohort, sector="health")
    page = text(client_for(convener), "gatherings:cohort_applicants", convener.place.slug, cohort.pk)
    assert "Nobody has applied from: Policing." in page


def test_a_form_sent_twice_is_one_application_whose_key_is_written_nowhere(cohort: Cohort) -> None:
    page, form = reverse("apply:page", args=[cohort.code]), filled()
    places = {Client().post(page, form).headers["Location"] for _time in range(2)}
    key = places.pop().rstrip("/").rsplit("/", 1)[1]
    assert not places
    assert Application.objects.count() == ApplicantLink.objects.count() == 1
    assert not Submission.objects.filter(location__contains=key).exists()
    assert not ApplicantLink.objects.filter(key_digest__contains=key).exists()


def test_what_is_wrong_with_an_application_is_said_and_nothing_is_kept(cohort: Cohort) -> None:
    page = reverse("apply:page", args=[cohort.code])
    for wrong in ({"email": "x"}, {"name": ""}, {"issue": ""}, {"agreed": ""}, {"dates": "never"}, {"sector": "x"}):
        assert Client().post(page, filled() | wrong).status_code == 422
    assert Client().post(page, filled(neighbourhood="The moon")).status_code == 422
    assert not Application.objects.exists()


def test_the_public_page_tells_nobody_how_many_applied_and_is_not_there_before_it_is_opened(
    cohort: Cohort, convener: Member
) -> None:
    empty = text(Client(), "apply:page", cohort.code)
    applied(cohort, "Una")
    assert text(Client(), "apply:page", cohort.code) == empty
    Cohort.objects.update(state="planning")
    assert Client().get(reverse("apply:page", args=[cohort.code])).status_code == 404


def test_letters_lead_to_ones_own_page_and_taking_back_erases(cohort: Cohort, convener: Member) -> None:
    apply(cohort, "Isla")
    offered(cohort, convener)
    letters.post()
    assert [one.subject.partition(":")[0] for one in mail.outbox] == [
        "Your application has come in",
        "A place is kept for you",
    ]
    pages = [re.search(r"/apply/mine/\S+", str(one.body))[0] for one in mail.outbox]  # type: ignore[index]
    assert len(set(pages)) == 2
    assert Client().get(f"{pages[0]}leave/").status_code == 200
    assert Client().post(f"{pages[0]}leave/").status_code == 302
    assert "erased" in Client().get(pages[1]).content.decode()
    assert letters.post() == 0


def test_a_digest_read_in_the_database_opens_no_page(cohort: Cohort) -> None:
    digest = applied(cohort).links.get().key_digest
    assert Client().get(reverse("apply:mine", args=[digest])).status_code == 404


def test_a_programme_and_its_cohort_are_run_from_beginning_to_end_in_the_browser(
    convener: Member, client_for: ClientFor
) -> None:
    team, slug = client_for(convener), convener.place.slug
    form = {"title": "P", "neighbourhoods": "Brae\n\nHarbour\nBrae"}
    assert team.post(reverse("gatherings:programme_new", args=[slug]), form).status_code == 302
    programme = Programme.objects.get()
    assert programme.neighbourhood_names == ["Brae", "Harbour"]
    said = {"title": "Spring", "capacity": "2", "offer_hours": "168"}
    assert team.post(reverse("gatherings:cohort_new", args=[slug, programme.pk]), said).status_code == 302
    cohort = programme.cohorts.get()

    def send(page: str, **more: str) -> int:
        return int(team.post(reverse(f"gatherings:{page}", args=[slug, cohort.pk]), more).status_code)

    mix = team.get(reverse("gatherings:cohort_mix", args=[slug, cohort.pk])).content.decode()
    assert "Brae, at least" in mix
    assert send("cohort_mix", sector_1_least="1", neighbourhood_0_most="1", version="1") == 302
    assert list(cohort.targets.values_list("value", "least", "most")) == [("health", 1, None), ("Brae", 0, 1)]
    assert send("cohort_mix", sector_1_least="2", version="1") == 409
    assert send("cohort_open") == 302
    cohort.refresh_from_db()
    one = applied(cohort, "Isla")
    assert team.post(reverse("gatherings:applicant_keep", args=[slug, one.pk]), {"kept": "in"}).status_code == 422
    keep = {"kept": "in", "because": "The only one."}
    assert team.post(reverse("gatherings:applicant_keep", args=[slug, one.pk]), keep).status_code == 302
    offered(cohort, convener)
    applying.accept(applicant=one)
    assert send("cohort_begin") == 302
    assert team.post(reverse("gatherings:programme_close", args=[slug, programme.pk])).status_code == 409
    assert send("cohort_close", carry_to="") == 302
    assert team.post(reverse("gatherings:programme_close", args=[slug, programme.pk])).status_code == 302
    assert "was closed on" in text(team, "gatherings:programme", slug, programme.pk)


def test_a_cohort_stays_within_its_queries_however_many_apply(
    cohort: Cohort, convener: Member, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    hoping(cohort, convener, health=1)
    for number in range(6):
        applied(cohort, f"Isla{number}", days=number)
    offered(cohort, convener)
    team, slug = client_for(convener), convener.place.slug
    for name in ("cohort", "cohort_applicants", "cohort_choice", "cohort_log"):
        with django_assert_max_num_queries(12):
            assert team.get(reverse(f"gatherings:{name}", args=[slug, cohort.pk])).status_code == 200
