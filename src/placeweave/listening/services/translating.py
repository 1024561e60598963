"""Give a statement in another language, by a person's hand; the original stays what it is, and is shown beside it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import Conflict, Unsound
from placeweave.listening.models import Statement, Translation
from placeweave.places.models import Member


@transaction.atomic
def translate(*, statement: Statement, language: str, text: str, version: int = 0, by: Member) -> Translation | None:
    """Keep a statement in another language, or take its translation away where the text is empty.

    ``version`` is of the translation that was being changed; 0 stands for none.

    Raises
    ------
    Conflict
        If somebody else wrote this translation meanwhile.
    Unsound
        If the language is the statement's own.
    """
    access.require(by, "listening.hold_voting")
    kept = Statement.objects.select_for_update().get(pk=statement.pk, conversation__place_id=by.place_id)
    if language == kept.language:
        raise Unsound(_("The statement is in this language already."))
    said = " ".join(text.split())
    found = Translation.objects.filter(statement=kept, language=language).first()
    if (found.version if found else 0) != version:
        theirs = found.text if found else ""
        raise Conflict(
            _("Somebody wrote this translation while you were writing."),
            theirs={_("Translation"): theirs},
            yours={_("Translation"): said},
            version=found.version if found else 0,
        )
    audit.write(by=by, place_id=by.place_id, verb="translated", subject=kept, summary=language)
    if not said:
        if found:
            found.delete()
        return None
    made, _is_new = Translation.objects.update_or_create(
        statement=kept, language=language, defaults={"text": said, "by": by, "version": version + 1}
    )
    return made
