"""The forms of handing over and parking."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from placeweave.gatherings import services
from placeweave.gatherings.forms.fields import MemberField
from placeweave.gatherings.queries import sessions as queries
from placeweave.gatherings.services.hand_over import HAND_OVER_LABELS
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Place


class HandOverForm(VersionedForm):
    """What somebody must know who runs this session; the last two are written when it is over."""

    stand_in = MemberField(
        Member.objects.none(),
        label=HAND_OVER_LABELS["stand_in"],
        required=False,
        empty_label=_("Nobody: its host runs it"),
        help_text=_("They then see what its host sees, also what people need to take part."),
    )
    way_in = Words(label=HAND_OVER_LABELS["way_in"], max_length=1500, lines=3, required=False)
    contacts = Words(label=HAND_OVER_LABELS["contacts"], max_length=1500, lines=3, required=False)
    word = Words(label=HAND_OVER_LABELS["word"], max_length=1500, lines=3, required=False)
    happened = Words(
        label=HAND_OVER_LABELS["happened"],
        max_length=3000,
        lines=4,
        required=False,
        help_text=_("Afterwards, in a few sentences. What people said word for word belongs into the harvest."),
    )
    promised = Words(
        label=HAND_OVER_LABELS["promised"],
        max_length=1500,
        lines=3,
        required=False,
        help_text=_("Afterwards. Whoever runs the next session of the cohort reads it."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("stand_in", queries.hosts(place))

    def facts(self) -> services.HandOverFacts:
        """Give what the form says."""
        return services.HandOverFacts(**self.written())


class ParkForm(HouseForm):
    """Something to set aside."""

    words = Words(label=_("What is parked?"), max_length=400, help_text=_("The matter, not who brought it up."))


class SettleForm(HouseForm):
    """What came of something that was parked."""

    outcome = Words(label=_("What came of it?"), max_length=600, lines=2)
