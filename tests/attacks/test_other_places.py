"""Two places in one installation: nothing of one is found, used, changed or told in the other."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from placeweave.gatherings.models import Cohort, Programme, Session, SignUp
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit import exports
from placeweave.kit.models import Account, Batch
from placeweave.listening.models import Contribution, Conversation, Series
from placeweave.places.models import Issue, Member, Organisation, Person, Place
from placeweave.themes.models import Cluster, Coding, Quote, Suggestion, Theme, ThemeEvent, WhatWeHeard
from tests import factories
from tests.attacks.walk import addresses, attempt, field_names, filled, forms_of
from tests.gatherings import signing
from tests.permissions_table import IN_A_PLACE
from tests.test_permissions import ALL, subject

CANARY = "Zanzibarquetzal"
ELSEWHERE = re.compile("django_session|kit_cache")
"""Tables that belong to no place."""


@pytest.fixture(scope="module")
def own(clachan: Place, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """A second place with one of everything, whose convener tries what they can."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _second()
        transaction.set_rollback(True)


def _second() -> Place:
    place = factories.PlaceFactory(slug="mine", name="Mine")
    convener = factories.MemberFactory(place=place, account__email="convener@mine.example")
    organisation = factories.OrganisationFactory(place=place)
    convener.person.organisation = organisation
    convener.person.save()
    factories.IssueFactory(place=place)
    talk = factories.ConversationFactory(place=place, series=factories.SeriesFactory(place=place))
    theme = factories.ThemeFactory(place=place, cluster=factories.ClusterFactory(place=place))
    for _time in range(3):
        said = factories.ContributionFactory(place=place, conversation=talk)
        factories.CodingFactory(theme=theme, quote=factories.QuoteFactory(place=place, contribution=said))
    factories.ThemeFactory(place=place)
    factories.PieceFactory(place=place, organisation=organisation)
    factories.NeedFactory(place=place)
    factories.PurposeVersionFactory(purpose=factories.PurposeFactory(place=place))
    factories.CommitmentFactory(place=place, person=convener.person)
    WhatWeHeard.objects.create(place=place, title="Told").conversations.add(talk)
    programme = Programme.objects.create(place=place, title="Learning")
    cohort = Cohort.objects.create(programme=programme, title="First")
    signing.signed(factories.SessionFactory(place=place, host=convener, cohort=cohort))
    Batch.objects.create(place_id=place.pk, format="contributions", file_name="a.csv", sha256="", state="staged")
    return place


@pytest.fixture
def convener(own: Place, db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(email="convener@mine.example"))
    return client


WITH_NUMBERS = [name for name in IN_A_PLACE if "<int:" in ALL[name]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_places_number_under_ones_own_name_is_not_found(
    method: str, clachan: Place, own: Place, convener: Client
) -> None:
    wrong = []
    for name in WITH_NUMBERS:
        if name == "places:linkup_ask":  # its numbers name a public place and a framework's heading, not a record
            continue
        address = reverse(name, kwargs={**subject(name, clachan), "place": own.slug})
        status = attempt(convener, method, address).status_code
        if status not in {404, 405}:
            wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)


def foreign(model: type[models.Model], place: Place) -> Any:
    """Give the number of a record of that place."""
    rows = model._base_manager.all()
    if model is Cohort:
        return rows.filter(programme__place=place).values_list("pk", flat=True).first()
    if model is Place:
        return rows.filter(parent_workspace=place).values_list("pk", flat=True).first()
    for name in ("place", "place_id"):
        if any(field.name == name for field in model._meta.fields):
            return rows.filter(place_id=place.pk).values_list("pk", flat=True).first()
    return None


def choosers(form: forms.BaseForm) -> dict[str, forms.ModelChoiceField[Any]]:
    return {name: field for name, field in form.fields.items() if isinstance(field, forms.ModelChoiceField)}


def test_no_form_offers_or_takes_what_belongs_to_another_place(clachan: Place, own: Place, convener: Client) -> None:
    seen, wrong = 0, []
    for name, address in own_addresses(own).items():
        for form in forms_of(attempt(convener, "get", address)):
            for field_name, field in choosers(form).items():
                key = foreign(field.queryset.model, clachan)
                if key is None:
                    continue
                seen += 1
                several = isinstance(field, forms.ModelMultipleChoiceField)
                try:
                    field.clean([key] if several else key)
                except forms.ValidationError:
                    pass
                else:
                    wrong.append(f"{name} takes {field_name}")
                with watched() as writes:
                    attempt(convener, "post", address, data={**filled(form), field_name: key})
                if writes.seen and crossings():
                    wrong.append(f"{name} joined {field_name}")
    assert seen > 20
    assert not wrong, "\n".join(wrong)


def own_addresses(place: Place) -> dict[str, str]:
    """Give every address of the second place that it has something for."""
    found = {}
    for name in IN_A_PLACE:
        try:
            found[name] = reverse(name, kwargs={**subject(name, place), "place": place.slug})
        except (IndexError, AttributeError):  # the second place has none of these
            continue
    return found


def _place_of(model: type[models.Model]) -> str | None:
    names = {field.name for field in model._meta.concrete_fields}
    return "place_id" if names & {"place", "place_id"} else None


@dataclass
class Writes:
    """Sees whether a request wrote anything of a place: what wrote nothing joined nothing, and need not be searched."""

    seen: bool = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Stand between Django and the database."""
        self.seen |= bool(re.match(r"\s*(?:INSERT|UPDATE|DELETE|WITH)\b", sql)) and not ELSEWHERE.search(sql)
        return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[Writes]:
    """Watch what is written."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes


def crossings() -> list[str]:
    """Find every record that points at a record of another place."""
    found = []
    for model in apps.get_models():
        own = _place_of(model)
        if own is None:
            continue
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            far = field.related_model
            if not isinstance(far, type) or far is Place or _place_of(far) is None:
                continue
            rows = model._base_manager.exclude(**{f"{field.name}__isnull": True})
            joined = rows.exclude(**{f"{field.name}__place_id": models.F("place_id")})
            found += [f"{model._meta.label} {key} -> {field.name}" for key in joined.values_list("pk", flat=True)]
    return sorted(found)


def test_nothing_of_the_example_place_points_elsewhere(clachan: Place, own: Place, db: None) -> None:
    assert crossings() == []


def keys_of(place: Place) -> dict[str, list[Any]]:
    """Guess, from the name of a field, which record of the other place somebody could slip into it."""
    quote = Quote.objects.filter(place=place)[0]
    said = Contribution.raw.filter(place=place, state="live")[0]
    theme = Theme.objects.filter(place=place)[0]
    known: dict[str, Any] = {
        "theme": theme.pk,
        "themes": theme.pk,
        "target": theme.pk,
        "into": theme.pk,
        "order": theme.pk,
        "cluster": Cluster.objects.filter(place=place)[0].pk,
        "quote": quote.pk,
        "quotes": quote.pk,
        "coding": Coding.objects.filter(theme__place=place)[0].pk,
        "codings": Coding.objects.filter(theme__place=place)[0].pk,
        "item": f"{theme.pk}-{quote.contribution_id}-{quote.start}-{quote.end}",
        "items": f"{theme.pk}-{quote.contribution_id}-{quote.start}-{quote.end}",
        "words": f"{theme.pk}-{quote.contribution_id}-{quote.start}-{quote.end}",
        "contribution": said.pk,
        "conversation": Conversation.objects.filter(place=place)[0].pk,
        "conversations": Conversation.objects.filter(place=place)[0].pk,
        "series": Series.objects.filter(place=place)[0].pk,
        "issue": Issue.objects.filter(place=place)[0].pk,
        "organisation": Organisation.objects.filter(place=place)[0].pk,
        "together_with": Organisation.objects.filter(place=place)[0].pk,
        "invited": Organisation.objects.filter(place=place)[0].pk,
        "person": Person.objects.filter(place=place)[0].pk,
        "host": Member.objects.filter(place=place)[0].pk,
        "piece": Piece.objects.filter(place=place)[0].pk,
        "pieces": Piece.objects.filter(place=place)[0].pk,
        "need": Need.objects.filter(place=place)[0].pk,
        "needs": Need.objects.filter(place=place)[0].pk,
        "synergies": Synergy.objects.filter(place=place)[0].pk,
        "suggestion": Suggestion.objects.filter(place=place)[0].pk,
        "suggestions": Suggestion.objects.filter(place=place)[0].pk,
        "cohort": Cohort.objects.filter(programme__place=place)[0].pk,
        "programme": Programme.objects.filter(place=place)[0].pk,
        "session": Session.objects.filter(place=place)[0].pk,
        "sign_up": SignUp.objects.filter(session__place=place)[0].pk,
        "event": ThemeEvent.objects.filter(theme__place=place)[0].pk,
    }
    plain = {"title": "New", "why": "Because", "start": 0, "end": 3, "version": 1, "audience": "link", "level": "mid"}
    return {name: [known.get(name, plain.get(name, 1))] for name in {*field_names(), *known}}


def test_numbers_slipped_into_any_field_join_nothing_across_places(
    clachan: Place, own: Place, convener: Client
) -> None:
    slipped = keys_of(clachan)
    before, words = (
        crossings(),
        list(Contribution.raw.filter(place=clachan).values_list("pk", "text", "scope", "state")),
    )
    themes = list(Theme.objects.filter(place=clachan).order_by("pk").values_list("pk", "title", "version"))
    wrong, written = [], 0
    for name, address in own_addresses(own).items():
        with transaction.atomic():
            with watched() as writes:
                answer = convener.post(address, slipped)
            if answer.status_code >= 500:
                wrong.append(f"{name} broke: {answer.status_code}")
            if not writes.seen:
                continue
            written += 1
            wrong += [f"{name} joined {one}" for one in crossings() if one not in before]
            if list(Theme.objects.filter(place=clachan).order_by("pk").values_list("pk", "title", "version")) != themes:
                wrong.append(f"{name} changed a theme of another place")
            if list(Contribution.raw.filter(place=clachan).values_list("pk", "text", "scope", "state")) != words:
                wrong.append(f"{name} changed words of another place")
            transaction.set_rollback(True)
    assert written > 5
    assert not wrong, "\n".join(wrong)


def _rows(model: type[models.Model], place: Place) -> models.QuerySet[Any]:
    rows = model._base_manager.filter(place_id=place.pk)
    return rows.exclude(state=Contribution.State.WITHDRAWN) if model is Contribution else rows


def mark(place: Place) -> None:
    """Put a word into every free text of a place that stands nowhere else."""
    for model in apps.get_models():
        if _place_of(model) is None or model._meta.app_label not in {
            "gatherings",
            "listening",
            "themes",
            "jigsaw",
            "action",
            "places",
        }:
            continue
        held = {name for one in model._meta.constraints for name in getattr(one, "fields", ())}
        for field in model._meta.concrete_fields:
            told = isinstance(field, models.TextField) or field.name in {"title", "name", "what", "promised_to"}
            if told and field.name not in held and not field.unique:
                _rows(model, place).update(**{field.name: CANARY})
    Place.objects.filter(pk=place.pk).update(name=CANARY, description=CANARY)


def test_no_page_search_or_file_of_one_place_holds_a_word_of_the_other(
    clachan: Place, own: Place, convener: Client
) -> None:
    Place.objects.filter(pk=clachan.pk).update(is_public=False, in_portfolio=False)
    mark(clachan)
    wrong = [
        name
        for name, address in {**addresses(clachan), **own_addresses(own)}.items()
        if CANARY in attempt(convener, "get", address).content.decode(errors="replace")
    ]
    query = attempt(convener, "get", reverse("thread:search", args=[own.slug]), data={"q": CANARY})
    assert query.content.decode().count(CANARY) <= 3, "only the question itself is shown again"
    member = Member.objects.get(account__email="convener@mine.example")
    for one in exports.available(member):
        exported = exports.take(format=one.format, place_id=own.pk, by=member)
        if CANARY in text_of(exported.content):
            wrong.append(f"the export {one.format}")
    assert not wrong, "\n".join(wrong)


def test_the_page_that_says_not_found_does_not_name_the_place(clachan: Place, own: Place, convener: Client) -> None:
    Place.objects.filter(pk=clachan.pk).update(is_public=False, name=CANARY)
    answer = attempt(convener, "get", reverse("thread:home", args=[clachan.slug]))
    assert (answer.status_code, CANARY in answer.content.decode()) == (404, False)
    nowhere = attempt(convener, "get", reverse("thread:home", args=["nowhere"]))
    pages = [re.sub(rf"{clachan.slug}|nowhere|\w{{64}}", "", one.content.decode()) for one in (answer, nowhere)]
    assert pages[0] == pages[1], "a place one may not know of and no place at all look the same"


def text_of(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_the_public_see_nothing_of_a_place_that_is_not(clachan: Place, own: Place, db: None) -> None:
    Place.objects.filter(pk=clachan.pk).update(is_public=False, in_portfolio=False)
    mark(clachan)
    stranger = Client(raise_request_exception=False)
    for name, address in addresses(clachan).items():
        assert CANARY not in attempt(stranger, "get", address, follow=True).content.decode(errors="replace"), name


def test_a_key_to_one_thing_opens_no_other(clachan: Place, own: Place, db: None) -> None:
    """The key of a told page is no invitation, no teller's key and no sign-in, and the other way round."""
    from placeweave.listening import services as listening

    member = Member.objects.get(account__email="convener@mine.example")
    said = Contribution.raw.filter(place=own)[0]
    keys = {
        "thread:mine": listening.teller_link(contribution=said, by=member),
        "themes:told_public": WhatWeHeard.objects.filter(place=clachan).exclude(key="")[0].key,
    }
    stranger = Client(raise_request_exception=False)
    for route in ("thread:mine", "themes:told_public", "places:join", "demo_door"):
        for whose, key in keys.items():
            status = attempt(stranger, "get", reverse(route, args=[key])).status_code
            assert (status == 200) == (route == whose) or (route == "places:join" and status in {404, 409}), route


def test_a_tellers_link_shows_their_words_alone(clachan: Place, own: Place, db: None) -> None:
    from placeweave.listening import services as listening

    member = Member.objects.get(account__email="convener@mine.example")
    said = Contribution.raw.filter(place=own)[0]
    mark(clachan)
    key = listening.teller_link(contribution=said, by=member)
    page = attempt(Client(), "get", reverse("thread:mine", args=[key])).content.decode()
    assert said.text in page.replace("&#x27;", "'")
    assert CANARY not in page
    others = Contribution.raw.filter(place=own).exclude(pk=said.pk).values_list("text", flat=True)
    assert not [one for one in others if one in page]


def test_nobody_makes_a_link_for_words_of_another_place(clachan: Place, own: Place, convener: Client) -> None:
    said = Contribution.raw.filter(place=clachan, state="live")[0]
    answer = attempt(convener, "post", reverse("listening:teller_link", args=[own.slug, said.pk]))
    assert answer.status_code == 404
