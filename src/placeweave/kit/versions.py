"""Two people at one record: whoever saves second is shown both versions, and keeps everything they typed.

A record counts its changes in ``version``. The form carries the version it was opened with
(:class:`placeweave.kit.forms.VersionedForm`), the service holds it against the locked row (:func:`require_version`),
and :func:`placeweave.kit.asking.carried_out` brings the form back, ready to be sent over the newer version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placeweave.kit import audit
from placeweave.kit.errors import Conflict
from placeweave.kit.wording import spoken_date

Labels = Mapping[str, str | Promise]
"""The fields that are shown side by side, each with its label, in order."""


def require_version(
    record: models.Model,
    version: int | None,
    *,
    said: Mapping[str, Any],
    labels: Labels,
    verbs: Sequence[str] = ("changed",),
) -> None:
    """Refuse to write over what somebody else changed since this person opened it.

    Parameters
    ----------
    record : Model
        The row as it is kept now, locked.
    version : int or None
        The version this person read; None where nobody read anything, so that nothing can have changed meanwhile.
    said : mapping of field to value
        What this person wrote.
    verbs : sequence of str
        The deeds in the log that change the record.

    Raises
    ------
    Conflict
        If it changed; both versions are in it.
    """
    if version is not None and record.version != version:  # type: ignore[attr-defined]  # what has labels has a version
        raise both(record, said=said, labels=labels, verbs=verbs)


def both(
    record: models.Model, *, said: Mapping[str, Any], labels: Labels, verbs: Sequence[str] = ("changed",)
) -> Conflict:
    """Lay what is kept beside what this person wrote."""
    kept = {name: getattr(record, name) for name in labels}
    return Conflict(
        audit.who_changed(record, title=str(record), verbs=verbs),
        theirs=in_words(kept, labels=labels, of=type(record)),
        yours=in_words(said, labels=labels, of=type(record)),
        version=record.version,  # type: ignore[attr-defined]  # as above
    )


def in_words(values: Mapping[str, Any], *, labels: Labels, of: type[models.Model]) -> dict[str, str]:
    """Say the fields of a record as people compare them: choices by their label, records by their name."""
    return {str(label): _spoken(values[name], of._meta.get_field(name)) for name, label in labels.items()}


def _spoken(value: Any, field: Any) -> str:
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(sorted(_name(one) for one in value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return spoken_date(value)
    return _name(dict(getattr(field, "flatchoices", ())).get(value, "" if value is None else value))


def _name(one: Any) -> str:
    """Call a member by the name others know, and everything else by its own."""
    return str(getattr(one, "display_name", one))
