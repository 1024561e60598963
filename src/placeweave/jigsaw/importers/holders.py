"""Organisations that offer services, found by their numbers and names or made; nothing is merged by a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from placeweave.engines.linkage import canonical
from placeweave.formats.hsds import Holder
from placeweave.kit.models import Batch
from placeweave.places.models import Organisation, OrganisationIdentifier
from placeweave.places.services import identifiers

Number = tuple[str, str]


class Holders:
    """Who offers the services of one directory.

    The id a directory gave an organisation finds it again, whatever its name here by now; a number of a public register
    finds one only if the names agree.
    """

    def __init__(self, place_id: int, directory: str) -> None:
        self.place_id, self.directory = place_id, directory
        self.known: dict[Number, list[Organisation]] = defaultdict(list)
        self.names: dict[int, set[str]] = {}
        found = Organisation.objects.filter(place=place_id).prefetch_related("identifiers", "names").order_by("pk")
        for organisation in found:
            names = (organisation.name, *(one.name for one in organisation.names.all()))
            self.names[organisation.pk] = {canonical(name) for name in names}
            for number in organisation.identifiers.all():
                self.known[number.scheme, number.value].append(organisation)

    def find(self, holder: Holder) -> Organisation | None:
        """Give the organisation of a holder, if it is here already."""
        if holder.id and (ours := self.known[self._own(holder)]):
            return ours[0]
        for number in self._public(holder):
            for organisation in self.known[number]:
                if canonical(holder.name) in self.names[organisation.pk]:
                    return organisation
        return None

    def find_or_make(self, holder: Holder, batch: Batch) -> Organisation:
        """Give the organisation of a holder; a new one takes no part here until a person says so."""
        organisation = self.find(holder)
        if organisation is None:
            organisation = Organisation.objects.create(
                place_id=self.place_id, name=holder.name, description=holder.description, batch=batch
            )
            self.names[organisation.pk] = {canonical(holder.name)}
        self._number(organisation, holder, batch)
        return organisation

    def _number(self, organisation: Organisation, holder: Holder, batch: Batch) -> None:
        status = OrganisationIdentifier.Status
        for scheme, value in dict.fromkeys((self._own(holder), *self._public(holder))):
            here = self.known[scheme, value]
            if organisation in here:
                continue
            OrganisationIdentifier.objects.create(
                organisation=organisation, scheme=scheme, value=value, source=self.directory, batch=batch,
                status=status.DISPUTED if here else status.CURRENT,
            )  # fmt: skip
            here.append(organisation)

    def _own(self, holder: Holder) -> Number:
        return (f"{self.directory}:organisation", holder.id or canonical(holder.name)[:80])

    def _public(self, holder: Holder) -> Iterator[Number]:
        for scheme, written in holder.numbers:
            reading = identifiers.read(scheme, written) if scheme.upper() in identifiers.SCHEMES else None
            if reading and reading.is_sound:
                yield reading.scheme, reading.value
