"""Ready-made records for tests; each is the plainest one that is whole."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from placeweave.action.models import Commitment, Purpose, PurposeVersion
from placeweave.gatherings.models import Session
from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.kit.access import Standing
from placeweave.kit.models import Account
from placeweave.listening.models import Contribution, Conversation, Naming, Scope, Series
from placeweave.places.models import Issue, Member, Organisation, Person, Place, Sector
from placeweave.themes.models import Cluster, Coding, Quote, Theme


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"place-{n}")
    name = factory.Sequence(lambda n: f"Place {n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    sector = Sector.THIRD_SECTOR
    is_partner = True


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Person {n}")


class MemberFactory(DjangoModelFactory[Member]):
    class Meta:
        model = Member

    place = factory.SubFactory(PlaceFactory)
    account = factory.SubFactory(AccountFactory)
    person = factory.SubFactory(
        PersonFactory, place=factory.SelfAttribute("..place"), name=factory.SelfAttribute("..account.name")
    )
    standing = Standing.CONVENER


class IssueFactory(DjangoModelFactory[Issue]):
    class Meta:
        model = Issue

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Issue {n}")


class SessionFactory(DjangoModelFactory[Session]):
    """An open workshop a week from now."""

    class Meta:
        model = Session

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Workshop {n}")
    begins_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda made: made.begins_at + timedelta(hours=2))
    capacity = 2
    state = Session.State.OPEN


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Series {n}")
    guiding_question = "What matters here?"


class ConversationFactory(DjangoModelFactory[Conversation]):
    class Meta:
        model = Conversation

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Conversation {n}")


class ContributionFactory(DjangoModelFactory[Contribution]):
    """Words shared with anybody and quoted without a name, unless the test says otherwise."""

    class Meta:
        model = Contribution

    place = factory.SubFactory(PlaceFactory)
    conversation = factory.SubFactory(ConversationFactory, place=factory.SelfAttribute("..place"))
    text = factory.Sequence(lambda n: f"The last bus leaves before the choir ends, said voice {n}.")
    sha256 = factory.LazyAttribute(lambda made: Contribution.digest_of(made.text))
    scope = Scope.PUBLIC
    naming = Naming.ANONYMOUS


class ClusterFactory(DjangoModelFactory[Cluster]):
    class Meta:
        model = Cluster

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Cluster {n}")


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Theme {n}")


class QuoteFactory(DjangoModelFactory[Quote]):
    class Meta:
        model = Quote

    place = factory.SubFactory(PlaceFactory)
    contribution = factory.SubFactory(ContributionFactory, place=factory.SelfAttribute("..place"))
    start = 0
    end = factory.LazyAttribute(lambda made: len(made.contribution.text))


class CodingFactory(DjangoModelFactory[Coding]):
    class Meta:
        model = Coding

    theme = factory.SubFactory(ThemeFactory)
    quote = factory.SubFactory(QuoteFactory, place=factory.SelfAttribute("..theme.place"))


class PieceFactory(DjangoModelFactory[Piece]):
    class Meta:
        model = Piece

    place = factory.SubFactory(PlaceFactory)
    organisation = factory.SubFactory(OrganisationFactory, place=factory.SelfAttribute("..place"))
    title = factory.Sequence(lambda n: f"Piece {n}")
    kind = PieceKind.BUILDING


class NeedFactory(DjangoModelFactory[Need]):
    class Meta:
        model = Need

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Need {n}")
    kind = PieceKind.BUILDING


class PurposeFactory(DjangoModelFactory[Purpose]):
    class Meta:
        model = Purpose

    place = factory.SubFactory(PlaceFactory)
    title = factory.Sequence(lambda n: f"Purpose {n}")


class PurposeVersionFactory(DjangoModelFactory[PurposeVersion]):
    class Meta:
        model = PurposeVersion

    purpose = factory.SubFactory(PurposeFactory)
    number = factory.Sequence(lambda n: n + 1)
    wording = "Nobody here is cut off through the winter."


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    place = factory.SubFactory(PlaceFactory)
    number = factory.Sequence(lambda n: n + 1)
    what = factory.Sequence(lambda n: f"Commitment {n}")
    person = factory.SubFactory(PersonFactory, place=factory.SelfAttribute("..place"))
    promised_to = "the Tuesday group"
