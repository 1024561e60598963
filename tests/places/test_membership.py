"""Invitations, standings and leaving."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import Account, AuditEntry
from placeweave.places import services
from placeweave.places.models import Invitation, Member, Person, Place
from tests import factories
from tests.tries import at_most

pytestmark = pytest.mark.django_db


def invite(convener: Member, **said: object) -> services.Invited:
    wanted = {"email": "nan@example.org", "name": "Nan", "standing": Standing.COMMUNITY, "place": convener.place}
    return services.invite(**{**wanted, **said}, by=convener)


def key_of(invited: services.Invited) -> str:
    return invited.link.rstrip("/").rsplit("/", 1)[-1]


def test_a4_an_invited_person_comes_in_by_the_mailed_link_without_a_password(
    convener: Member,
    client_for: Callable[[Member], Client],
    mailoutbox: list,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client_for(convener).post(
            reverse("places:invite", args=[convener.place.slug]),
            {"name": "Nan", "email": "Nan@Example.org", "standing": "community", "organisation": ""},
        )
    assert mailoutbox[0].to == ["nan@example.org"]
    path = re.search(r"/join/[^/\s]+/", mailoutbox[0].body).group()
    browser = Client()
    assert "Come in" in browser.get(path).content.decode()
    response = browser.post(path, {"name": "Nan Gilchrist"})
    assert response.url == reverse("places:profile", args=[convener.place.slug])
    assert browser.get(response.url).status_code == 200
    member = Member.objects.get(account__email="nan@example.org")
    assert (member.display_name, member.standing) == ("Nan Gilchrist", Standing.COMMUNITY)
    assert not member.account.has_usable_password()


def test_the_convener_is_shown_the_link_once_to_hand_it_over(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    browser = client_for(convener)
    response = browser.post(
        reverse("places:invite", args=[convener.place.slug]),
        {"name": "Nan", "email": "nan@example.org", "standing": "community"},
    )
    assert "/join/" in browser.get(response.url).content.decode()
    assert "/join/" not in browser.get(response.url).content.decode()


def test_only_a_digest_of_the_key_is_kept(convener: Member) -> None:
    invited = invite(convener)
    assert invited.invitation.key_digest == links.digest(key_of(invited))
    assert key_of(invited) not in str(list(Invitation.objects.values()))
    assert not AuditEntry.objects.filter(summary__contains=key_of(invited)).exists()


def test_looking_at_a_link_does_not_use_it_up(convener: Member) -> None:
    invited = invite(convener)
    for _ in range(3):
        assert Client().get(f"/join/{key_of(invited)}/").status_code == 200
    invited.invitation.refresh_from_db()
    assert invited.invitation.is_open


def test_a_link_works_once(convener: Member) -> None:
    key = key_of(invite(convener))
    services.accept_invitation(key=key, name="Nan", account=None)
    with pytest.raises(NotReady, match="has been used"):
        services.accept_invitation(key=key, name="Nan", account=None)
    assert Client().get(f"/join/{key}/").status_code == 410


def test_a_link_runs_out_after_fourteen_days(convener: Member) -> None:
    invited = invite(convener)
    assert invited.invitation.expires_at - timezone.now() > timedelta(days=13, hours=23)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotReady, match="run out"):
        services.accept_invitation(key=key_of(invited), name="Nan", account=None)


def test_a_withdrawn_link_leads_nowhere(convener: Member) -> None:
    invited = invite(convener)
    services.revoke_invitation(invitation=invited.invitation, by=convener)
    with pytest.raises(NotReady, match="withdrawn"):
        services.accept_invitation(key=key_of(invited), name="Nan", account=None)
    assert not Account.objects.filter(email="nan@example.org").exists()


def test_inviting_again_withdraws_the_link_before(convener: Member) -> None:
    first, second = invite(convener), invite(convener)
    with pytest.raises(NotReady, match="withdrawn"):
        services.accept_invitation(key=key_of(first), name="Nan", account=None)
    assert services.accept_invitation(key=key_of(second), name="Nan", account=None)


def test_a_key_that_was_never_given_out_is_not_found(convener: Member) -> None:
    assert Client().get("/join/never-given-out/").status_code == 404


def test_trying_keys_one_after_another_is_slowed_down(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placeweave.kit.doors.GUESSING", at_most(60))
    browser = Client()
    answers = [browser.get(f"/join/guess-{n}/").status_code for n in range(62)]
    assert answers == [404] * 60 + [429] * 2


def test_a_convener_cannot_come_to_hold_somebody_elses_account_by_its_link(
    convener: Member, other_place: Place, client_for: Callable[[Member], Client]
) -> None:
    victim = factories.MemberFactory(place=other_place, standing=Standing.CONVENER)
    key = key_of(invite(convener, email=victim.account.email))
    with pytest.raises(Refused, match="Sign in first"):
        services.accept_invitation(key=key, name="", account=None)
    with pytest.raises(Refused, match="Sign in first"):
        services.accept_invitation(key=key, name="", account=convener.account)
    assert "Sign in to accept" in Client().get(f"/join/{key}/").content.decode()
    assert "somebody else" in client_for(convener).get(f"/join/{key}/").content.decode()
    browser = client_for(victim)
    assert browser.post(f"/join/{key}/", {"name": "Vee"}).status_code == 302
    assert Member.objects.current().filter(place=convener.place, account=victim.account).exists()


def test_joining_a_second_place_ends_sessions_opened_elsewhere_in_that_name(
    convener: Member, other_place: Place, client_for: Callable[[Member], Client]
) -> None:
    known = factories.MemberFactory(place=other_place, standing=Standing.PARTNER)
    lingering, own = client_for(known), client_for(known)
    key = key_of(invite(convener, email=known.account.email))
    own.post(f"/join/{key}/", {"name": "Vee"})
    page = reverse("places:about", args=[convener.place.slug])
    assert own.get(page).status_code == 200
    assert lingering.get(page).status_code == 302


def test_somebody_in_the_directory_becomes_a_member_as_the_person_they_are(convener: Member) -> None:
    person = factories.PersonFactory(place=convener.place, name="Nan Gilchrist", email="nan@example.org")
    member = services.accept_invitation(key=key_of(invite(convener)), name="Nan", account=None)
    assert member.person == person


def test_whoever_left_comes_back_as_the_same_person(convener: Member, member_with: Callable[..., Member]) -> None:
    member = member_with(Standing.PARTNER)
    services.leave(by=member)
    key = key_of(invite(convener, email=member.account.email))
    again = services.accept_invitation(key=key, name="", account=member.account)
    assert (again.pk, again.standing, again.left_at) == (member.pk, Standing.COMMUNITY, None)


def test_a_member_cannot_be_invited_twice(convener: Member) -> None:
    with pytest.raises(NotReady, match="already a member"):
        invite(convener, email=convener.account.email)


@pytest.mark.parametrize("standing", [Standing.VISITOR, "king"])
def test_nobody_is_invited_as_something_that_is_no_standing(convener: Member, standing: str) -> None:
    with pytest.raises(Unsound):
        invite(convener, standing=standing)


@pytest.mark.parametrize("standing", [one for one in Standing if one not in {Standing.CONVENER, Standing.VISITOR}])
def test_only_a_convener_decides_who_belongs(
    member_with: Callable[..., Member], convener: Member, standing: Standing
) -> None:
    other = member_with(standing)
    with pytest.raises(Refused):
        invite(other)
    with pytest.raises(Refused):
        services.remove_member(member=convener, by=other)
    with pytest.raises(Refused):
        services.change_standing(member=other, standing=Standing.CONVENER, by=other)


def test_a_convener_of_one_place_has_no_say_in_another(convener: Member, other_place: Place) -> None:
    elsewhere = factories.MemberFactory(place=other_place)
    with pytest.raises(Refused):
        services.invite(place=other_place, email="x@example.org", name="X", standing="guest", by=convener)
    with pytest.raises(Refused):
        services.remove_member(member=elsewhere, by=convener)


def test_the_last_convener_cannot_leave_be_removed_or_step_down(convener: Member) -> None:
    for deed in (
        lambda: services.leave(by=convener),
        lambda: services.remove_member(member=convener, by=convener),
        lambda: services.change_standing(member=convener, standing=Standing.PARTNER, by=convener),
    ):
        with pytest.raises(NotReady, match="needs a convener"):
            deed()


def test_a_convener_leaves_once_there_is_another(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    other = member_with(Standing.PARTNER)
    services.change_standing(member=other, standing=Standing.CONVENER, by=convener)
    browser = client_for(convener)
    assert "Leave" in browser.get(reverse("places:leave", args=[convener.place.slug])).content.decode()
    browser.post(reverse("places:leave", args=[convener.place.slug]))
    assert browser.get(reverse("places:about", args=[convener.place.slug])).status_code == 404


def test_whoever_left_is_no_longer_listed_or_reachable(member_with: Callable[..., Member]) -> None:
    member = member_with(Standing.PARTNER)
    Person.objects.filter(pk=member.person_id).update(is_listed=True, shows_contact=True)
    services.leave(by=member)
    member.person.refresh_from_db()
    assert (member.person.is_listed, member.person.shows_contact) == (False, False)


def test_sending_the_invitation_form_twice_invites_once(
    convener: Member,
    client_for: Callable[[Member], Client],
    mailoutbox: list,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    browser = client_for(convener)
    sent = {
        "name": "Nan",
        "email": "nan@example.org",
        "standing": "community",
        "once": "7b0e6f8e-8f6f-4c1c-9a58-0c1f6f2b5a11",
    }
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            browser.post(reverse("places:invite", args=[convener.place.slug]), sent)
    assert Invitation.objects.count() == 1
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_does_not_undo_an_invitation(
    convener: Member, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable
) -> None:
    def broken(*_args: object, **_said: object) -> None:
        raise OSError

    monkeypatch.setattr("placeweave.places.services.membership.send_mail", broken)
    with django_capture_on_commit_callbacks() as callbacks:
        invite(convener)
    assert len(callbacks) == 1
    assert Invitation.objects.count() == 1


def test_only_a_steward_or_the_operator_adds_a_place(convener: Member) -> None:
    with pytest.raises(Refused):
        services.add_place(slug="new", name="New", by=convener)
    plain = services.Steward(account=factories.AccountFactory())
    with pytest.raises(Refused):
        services.add_place(slug="new", name="New", by=plain)
    assert services.add_place(slug="new", name="New", by=services.Steward(account=None)).is_public is False


@pytest.mark.parametrize("slug", ["", "With Spaces", "ünï", "-x", "x" * 61])
def test_a_short_name_must_stand_in_an_address(slug: str) -> None:
    with pytest.raises(Unsound):
        services.add_place(slug=slug, name="New", by=services.Steward(account=None))


def test_a_short_name_is_taken_once(place: Place) -> None:
    with pytest.raises(Unsound, match="already a place"):
        services.add_place(slug=place.slug, name="New", by=services.Steward(account=None))


def test_a_steward_adds_a_place_and_its_first_convener_comes_in() -> None:
    browser = Client()
    browser.force_login(factories.AccountFactory(is_steward=True))
    sent = {
        "name": "Inverclach",
        "slug": "inverclach",
        "kind": "town",
        "convener_name": "Ann",
        "convener_email": "ann@example.org",
    }
    page = browser.post(reverse("places:place_add"), sent, follow=True).content.decode()
    path = re.search(r"/join/[^/\s<]+/", page).group()
    first = Client()
    first.post(path, {"name": "Ann"})
    assert first.get("/p/inverclach/members/").status_code == 200
    assert browser.get("/p/inverclach/members/").status_code == 404, "running the machine opens no place"
