"""Consent: every scope, naming, standing and state, in the query and nowhere else."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit import links
from placeweave.kit.access import INSIDE, Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.listening import queries, services
from placeweave.listening.models import Contribution, Naming, Scope
from placeweave.places.access import visitor
from placeweave.places.models import Member, Place
from tests.factories import ContributionFactory, ConversationFactory, MemberFactory

State = Contribution.State
EVERY = list(itertools.product(Scope, Naming, State))


def everything(place: Place) -> list[Contribution]:
    held = ConversationFactory(place=place)
    made = []
    for number, (scope, naming, state) in enumerate(EVERY):
        text = "" if state == State.WITHDRAWN else f"words {number}"
        made.append(
            ContributionFactory(place=place, conversation=held, scope=scope, naming=naming, state=state, text=text)
        )
    return made


def expected(one: Contribution, standing: str) -> bool:
    """The rule as a person would say it, apart from the code that keeps it."""
    if one.state != State.LIVE:
        return False
    if standing in {Standing.CONVENER, Standing.FACILITATOR}:
        return True
    if one.naming == Naming.ONLY_IN_THEMES:
        return False
    return one.scope == Scope.PUBLIC or (one.scope == Scope.PARTNERS and standing in INSIDE)


@pytest.mark.parametrize("standing", list(Standing))
def test_i6_each_standing_reads_what_consent_allows_and_no_more(standing: Standing, place: Place) -> None:
    member = visitor(place) if standing == Standing.VISITOR else MemberFactory(place=place, standing=standing)
    made = everything(place)
    readable = set(queries.readable_by(member).values_list("pk", flat=True))
    for one in made:
        allowed = expected(one, standing)
        assert (one.pk in readable) is allowed
        assert queries.is_readable(one, member) is allowed
        said = queries.words(one, member)
        assert said.is_withheld is not allowed
        assert said.words == (one.text if allowed else "")
        if not allowed:
            assert (said.named_as, said.source_label, said.source_url, said.said_on) == ("", "", "", None)


def test_i15_partners_and_residents_read_the_same(place: Place) -> None:
    everything(place)
    one, other = (MemberFactory(place=place, standing=s) for s in (Standing.PARTNER, Standing.COMMUNITY))
    assert set(queries.readable_by(one)) == set(queries.readable_by(other))


def test_the_everyday_manager_yields_what_everybody_inside_may_read(place: Place) -> None:
    everything(place)
    partner = MemberFactory(place=place, standing=Standing.PARTNER)
    assert set(Contribution.objects.all()) == set(queries.readable_by(partner))


def test_nobody_reads_the_words_of_another_place(place: Place, other_place: Place) -> None:
    ContributionFactory(place=other_place)
    assert not queries.readable_by(MemberFactory(place=place)).exists()


@pytest.mark.parametrize(
    ("naming", "inside", "outside"),
    [
        (Naming.NAMED, "Morag", "Morag"),
        (Naming.PSEUDONYM, "Skua", "Skua"),
        (Naming.ANONYMOUS, "a resident of Shore Road", "someone who took part"),
    ],
)
def test_a_teller_is_named_as_they_chose(naming: Naming, inside: str, outside: str, place: Place) -> None:
    one = ContributionFactory(place=place, naming=naming, teller_name="Morag", pseudonym="Skua",
                              described_as="a resident of Shore Road")  # fmt: skip
    assert queries.words(one, MemberFactory(place=place, standing=Standing.PARTNER)).named_as == inside
    stranger = queries.words(one, visitor(place))
    assert stranger.named_as == outside
    assert stranger.source_url == stranger.source_label == "", "strangers are not told where it was said"


def narrowed(kept: Contribution, scope: Scope, naming: Naming, by: Member) -> Contribution:
    """Narrow the consent as it stands now."""
    seen = services.standing(kept)
    return services.narrow(contribution=kept, scope=scope, naming=naming, seen=seen, by=by)


@pytest.fixture
def kept(place: Place) -> Contribution:
    return ContributionFactory(
        place=place, text="XPLANTEDX", scope=Scope.PARTNERS, naming=Naming.PSEUDONYM, pseudonym="Skua",
        teller_name="Morag", described_as="the baker", teller_email="m@example.org", extra={"note": "XPLANTEDX"},
    )  # fmt: skip


def test_b21_the_team_narrows_consent_and_never_widens_it(kept: Contribution, convener: Member) -> None:
    with pytest.raises(Refused, match="private link"):
        narrowed(kept, Scope.PUBLIC, Naming.PSEUDONYM, convener)
    with pytest.raises(Refused):
        narrowed(kept, Scope.PARTNERS, Naming.NAMED, convener)
    narrowed(kept, Scope.NOTES, Naming.ANONYMOUS, convener)
    kept.refresh_from_db()
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ANONYMOUS)


def test_two_people_narrowing_at_once_learn_of_each_other(kept: Contribution, convener: Member) -> None:
    seen = services.standing(kept)
    services.narrow(contribution=kept, scope=Scope.PARTNERS, naming=Naming.ANONYMOUS, seen=seen, by=convener)
    with pytest.raises(Conflict):
        services.narrow(contribution=kept, scope=Scope.NOTES, naming=Naming.ANONYMOUS, seen=seen, by=convener)


def test_a_choice_the_teller_makes_meanwhile_is_shown_to_the_team_and_not_written_over(
    kept: Contribution, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    seen = services.standing(kept)
    services.reconsent(contribution=kept, scope=Scope.NOTES, naming=Naming.ANONYMOUS, may_recontact=False)
    browser, address = client_for(convener), reverse("listening:narrow", args=[kept.place.slug, kept.pk])
    sent = {"scope": str(Scope.PARTNERS.value), "naming": Naming.ANONYMOUS, "version": seen}
    told = browser.post(address, sent)
    assert told.status_code == 409
    assert told.context["form"].conflict.version == f"{Scope.NOTES.value}-anonymous"
    assert [value for value, _label in told.context["form"].fields["scope"].choices] == [Scope.NOTES.value]
    kept.refresh_from_db()
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ANONYMOUS)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_i9_others_change_no_consent_and_give_no_link(standing: Standing, kept: Contribution, place: Place) -> None:
    someone = MemberFactory(place=place, standing=standing)
    with pytest.raises(Refused):
        narrowed(kept, Scope.NOTES, Naming.ANONYMOUS, someone)
    with pytest.raises(Refused):
        services.teller_link(contribution=kept, by=someone)


def test_b21_the_teller_widens_by_their_link(kept: Contribution, convener: Member) -> None:
    key = services.teller_link(contribution=kept, by=convener)
    found = queries.by_teller_key(key)
    assert found == kept
    services.reconsent(contribution=found, scope=Scope.PUBLIC, naming=Naming.NAMED, may_recontact=True)
    kept.refresh_from_db()
    assert (kept.scope, kept.naming, kept.may_recontact) == (Scope.PUBLIC, Naming.NAMED, True)
    assert kept.consent_text is not None


def test_only_a_digest_of_the_key_is_kept_and_a_new_link_ends_the_old(kept: Contribution, convener: Member) -> None:
    old = services.teller_link(contribution=kept, by=convener)
    new = services.teller_link(contribution=kept, by=convener)
    kept.refresh_from_db()
    assert kept.teller_key_digest == links.digest(new)
    assert queries.by_teller_key(old) is None
    assert queries.by_teller_key("") is None


def test_previews_show_each_circle_what_it_would_see(kept: Contribution) -> None:
    seen = {one.scope: one.said for one in queries.previews(kept, scope=Scope.PARTNERS, naming=Naming.ANONYMOUS)}
    assert seen[Scope.PARTNERS] is not None
    assert seen[Scope.PARTNERS].named_as == "the baker"
    assert seen[Scope.PUBLIC] is None
    hidden = queries.previews(kept, scope=Scope.PUBLIC, naming=Naming.ONLY_IN_THEMES)
    assert [one.said is None for one in hidden] == [False, True, True]
    kept.refresh_from_db()
    assert kept.naming == Naming.PSEUDONYM, "a preview changes nothing"


def test_b21_pausing_takes_words_out_of_use_and_resuming_brings_them_back(kept: Contribution, convener: Member) -> None:
    services.pause(contribution=kept)
    services.pause(contribution=kept)
    assert not queries.readable_by(convener).exists()
    services.resume(contribution=kept)
    assert queries.readable_by(convener).get().scope == Scope.PARTNERS


def test_i2_withdrawing_leaves_no_trace_of_the_words_or_the_teller(kept: Contribution, convener: Member) -> None:
    key = services.teller_link(contribution=kept, by=convener)
    services.withdraw(contribution=kept)
    services.withdraw(contribution=kept)
    row = Contribution.raw.filter(pk=kept.pk).values().get()
    assert not any("XPLANTEDX" in str(value) or "Morag" in str(value) or "Skua" in str(value) for value in row.values())
    assert (row["text"], row["sha256"], row["extra"], row["described_as"], row["teller_email"]) == ("", "", {}, "", "")
    found = queries.by_teller_key(key)
    assert found is not None
    assert found.state == State.WITHDRAWN
    assert queries.words(found, convener).note == "Withdrawn by the person who said it."
    assert not AuditEntry.objects.filter(summary__contains="XPLANTEDX").exists()


@pytest.mark.parametrize("verb", ["pause", "resume"])
def test_nothing_brings_withdrawn_words_back(verb: str, kept: Contribution, convener: Member) -> None:
    services.withdraw(contribution=kept)
    with pytest.raises(NotReady, match="withdrawn"):
        getattr(services, verb)(contribution=kept)
    with pytest.raises(NotReady):
        services.reconsent(contribution=kept, scope=Scope.PUBLIC, naming=Naming.ANONYMOUS, may_recontact=False)
    with pytest.raises(NotReady):
        narrowed(kept, Scope.NOTES, Naming.ONLY_IN_THEMES, convener)
    with pytest.raises(NotReady):
        services.teller_link(contribution=kept, by=convener)


def test_b25_a_story_is_kept_with_the_consent_text_it_was_given_under(convener: Member) -> None:
    held = ConversationFactory(place=convener.place)
    first = services.capture(conversation=held, words=services.Words("one"), by=convener)
    services.write_consent_text(body="New words.", by=convener)
    second = services.capture(conversation=held, words=services.Words("two"), by=convener)
    assert [one.consent_text.version for one in (first, second)] == [1, 2]
    assert (first.scope, first.naming) == (Scope.NOTES, Naming.ONLY_IN_THEMES)


@pytest.mark.parametrize(
    "words",
    [
        services.Words("   "),
        services.Words("x" * 20_001),
        services.Words("a", consent=services.Consent(Scope.PUBLIC, Naming.NAMED)),
        services.Words("a", consent=services.Consent(Scope.PUBLIC, Naming.PSEUDONYM)),
    ],
)
def test_words_that_cannot_be_kept_are_refused_whole(words: services.Words, convener: Member) -> None:
    held = ConversationFactory(place=convener.place)
    with pytest.raises(Unsound):
        services.capture_many(conversation=held, many=[services.Words("fine"), words], by=convener)
    assert not Contribution.raw.exists()


def test_guests_and_evaluators_do_not_contribute(place: Place) -> None:
    held = ConversationFactory(place=place)
    for standing in (Standing.EVALUATOR, Standing.GUEST):
        with pytest.raises(Refused):
            services.capture(
                conversation=held, words=services.Words("x"), by=MemberFactory(place=place, standing=standing)
            )


def test_statements_hold_no_contributions(convener: Member) -> None:
    held = ConversationFactory(place=convener.place, method="statements")
    with pytest.raises(NotReady):
        services.capture(conversation=held, words=services.Words("x"), by=convener)


def test_nobody_is_told_on_a_day_to_come(convener: Member) -> None:
    import datetime as dt

    held = ContributionFactory(place=convener.place).conversation
    with pytest.raises(Unsound):
        services.mark_told(conversation=held, on=dt.date(2100, 1, 1), by=convener)
    assert queries.owed_an_answer(convener.place_id)[0].untold == 1
