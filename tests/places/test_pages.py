"""Every page of places: who reaches it, how much it asks of the database, and what it does with bad input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placeweave.kit import audit
from placeweave.kit.access import Standing
from placeweave.kit.models import Analysis, Batch, BatchRow, Export, Outcome
from placeweave.places import queries, services
from placeweave.places.models import DutyContact, Member, Place, Sector, Site
from tests import factories

pytestmark = pytest.mark.django_db

LIMIT = 12


@pytest.fixture
def crowded(convener: Member) -> dict[str, list[object]]:
    """A place with many of everything, and the addresses of its pages."""
    place = convener.place
    topics = list(queries.topics()[:3])
    areas = [factories.PlaceFactory(parent_workspace=place) for _ in range(4)]
    sectors = [sector for sector in Sector if sector != Sector.UNKNOWN]
    bodies = [factories.OrganisationFactory(place=place, sector=sectors[n % 20]) for n in range(70)]
    Site.objects.bulk_create(
        Site(organisation=one, label="Hall", neighbourhood=areas[0], is_private=False) for one in bodies
    )
    for body in bodies[:60]:
        person = factories.PersonFactory(place=place, organisation=body, is_listed=True)
        factories.MemberFactory(place=place, person=person, standing=Standing.PARTNER)
    issue = factories.IssueFactory(place=place)
    issue.topics.set(topics)
    issue.organisations.set(bodies[:20])
    issue.neighbourhoods.set(areas)
    for n in range(20):
        services.suggest_question(issue=issue, wording=f"What, {n}?", why="", by=convener)
    for _ in range(5):
        other = factories.PlaceFactory(in_portfolio=True, is_public=True)
        factories.IssueFactory(place=other).topics.set(topics)
        services.ask_linkup(asked=other, topic=topics[0], note="", by=convener)
    for n in range(60):
        services.invite(place=place, email=f"n{n}@example.org", name=f"N {n}", standing="guest", by=convener)
        audit.write(by=convener, place_id=place.pk, verb="looked", subject=place)
        Export.objects.create(place_id=place.pk, format="x", file_name="x.csv", sha256="", by=convener.account)
        Batch.objects.create(place_id=place.pk, format="x", file_name="x.csv", sha256="", by=convener.account)
    batch = Batch.objects.create(
        place_id=place.pk, format="x", file_name="x.csv", sha256="", state=Batch.State.STAGED, totals={"rows": 60}
    )
    BatchRow.objects.bulk_create(BatchRow(batch=batch, row=n, outcome=Outcome.CREATED) for n in range(60))
    analysis = Analysis.objects.create(place_id=place.pk, kind="x")
    DutyContact.objects.create(place=place, title="T", how="H")
    member = factories.MemberFactory(place=place, standing=Standing.PARTNER)
    return {
        "portfolio": [],
        "about": [place.slug],
        "settings": [place.slug],
        "duty_contacts": [place.slug],
        "people": [place.slug],
        "profile": [place.slug],
        "leave": [place.slug],
        "members": [place.slug],
        "invite": [place.slug],
        "standing": [place.slug, member.pk],
        "remove": [place.slug, member.pk],
        "organisations": [place.slug],
        "organisation_add": [place.slug],
        "organisation": [place.slug, bodies[0].pk],
        "organisation_edit": [place.slug, bodies[0].pk],
        "number_add": [place.slug, bodies[0].pk],
        "name_add": [place.slug, bodies[0].pk],
        "site_add": [place.slug, bodies[0].pk],
        "issues": [place.slug],
        "issue_open": [place.slug],
        "issue": [place.slug, issue.pk],
        "issue_edit": [place.slug, issue.pk],
        "suggest": [place.slug, issue.pk],
        "linkups": [place.slug],
        "imports": [place.slug],
        "upload": [place.slug],
        "import": [place.slug, batch.pk],
        "work": [place.slug, analysis.pk],
        "log": [place.slug],
        "exports": [place.slug],
        "frameworks": [],
        "framework": ["place-assessment", "2022"],
    }


def test_every_page_answers_within_twelve_queries(
    crowded: dict[str, list[object]], convener: Member, client_for: Callable[[Member], Client]
) -> None:
    browser = client_for(convener)
    browser.get("/")
    costs = {}
    for name, parts in crowded.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = browser.get(reverse(f"places:{name}", args=parts))
        assert response.status_code == 200, name
        costs[name] = len(asked)
    assert {name: cost for name, cost in costs.items() if cost > LIMIT} == {}


def test_nobody_sees_a_page_of_another_place(
    crowded: dict[str, list[object]], other_place: Place, client_for: Callable[[Member], Client]
) -> None:
    browser = client_for(factories.MemberFactory(place=other_place))
    for name, parts in crowded.items():
        if parts and name != "framework":
            assert browser.get(reverse(f"places:{name}", args=parts)).status_code == 404, name


def test_a_thing_of_another_place_is_not_found_under_mine(
    crowded: dict[str, list[object]], other_place: Place, client_for: Callable[[Member], Client]
) -> None:
    browser = client_for(factories.MemberFactory(place=other_place))
    for name, parts in crowded.items():
        if len(parts) == 2 and name != "framework":
            address = reverse(f"places:{name}", args=[other_place.slug, parts[1]])
            assert browser.get(address).status_code == 404, name
            assert browser.post(address).status_code in {404, 405}, name


def test_a_stranger_is_led_to_sign_in(crowded: dict[str, list[object]]) -> None:
    for name, parts in crowded.items():
        if parts and name != "framework":
            response = Client().get(reverse(f"places:{name}", args=parts))
            assert response.status_code == 302, name
            assert response.url.startswith(reverse("account_login")), name


def test_a_visitor_to_a_public_place_sees_organisations_and_no_people(
    crowded: dict[str, list[object]], convener: Member
) -> None:
    Place.objects.filter(pk=convener.place_id).update(is_public=True)
    person = convener.place.people.filter(is_listed=True).first()
    page = Client().get(reverse("places:about", args=[convener.place.slug])).content.decode()
    assert convener.place.organisations.first().name in page
    assert person.name not in page
    assert Client().get(reverse("places:people", args=[convener.place.slug])).status_code == 302


@pytest.mark.parametrize("pk", ["99999999999999999999", "0"])
def test_a_number_too_large_for_the_database_is_not_found(
    convener: Member, client_for: Callable[[Member], Client], pk: str
) -> None:
    browser = client_for(convener)
    for page in ("organisations", "issues", "imports", "work"):
        assert browser.get(f"/p/{convener.place.slug}/{page}/{pk}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=-1", "page=x", "page=99999", "q=" + "y" * 500, "sector=nowhere", "q=%F0%9F%8C%BE"]
)
def test_odd_questions_get_a_page(convener: Member, client_for: Callable[[Member], Client], query: str) -> None:
    browser = client_for(convener)
    for page in ("organisations", "people", "log", "imports", "exports", "issues"):
        assert browser.get(f"/p/{convener.place.slug}/{page}/?{query}").status_code == 200


def test_a_nul_in_a_question_is_refused(convener: Member, client_for: Callable[[Member], Client]) -> None:
    assert client_for(convener).get(f"/p/{convener.place.slug}/people/?q=%00").status_code == 400


def test_settings_are_kept_and_logged(convener: Member, client_for: Callable[[Member], Client]) -> None:
    sent = {"name": "Clachan", "kind": "town", "description": "", "is_public": "on", "threshold": "10", "version": "1"}
    client_for(convener).post(reverse("places:settings", args=[convener.place.slug]), sent)
    place = Place.objects.get(pk=convener.place_id)
    assert (place.name, place.is_public, place.in_portfolio, place.threshold) == ("Clachan", True, False, 10)


@pytest.mark.parametrize("threshold", ["2", "11", "many"])
def test_the_threshold_stays_between_three_and_ten(
    convener: Member, client_for: Callable[[Member], Client], threshold: str
) -> None:
    sent = {"name": "Clachan", "kind": "town", "threshold": threshold}
    response = client_for(convener).post(reverse("places:settings", args=[convener.place.slug]), sent)
    assert response.status_code == 422
    assert Place.objects.get(pk=convener.place_id).threshold == 5


def test_duty_contacts_are_set_in_order_and_an_emptied_row_goes(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    DutyContact.objects.create(place=convener.place, title="Old", how="gone")
    sent = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "1", "version": "1"}
    rows = [("", ""), ("Emergency", "999"), ("Duty desk", "customs house")]
    for n, (title, how) in enumerate(rows):
        sent |= {f"form-{n}-title": title, f"form-{n}-how": how}
    address = reverse("places:duty_contacts", args=[convener.place.slug])
    client_for(convener).post(address, sent)
    assert [one.title for one in convener.place.duty_contacts.all()] == ["Emergency", "Duty desk"]
    half = client_for(convener).post(address, sent | {"form-1-how": ""})
    assert half.status_code == 422
    assert "Fill in both" in half.content.decode()
