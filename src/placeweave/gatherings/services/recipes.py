"""Begin a session from a recipe, and keep a run sheet as a recipe of one's own."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.gatherings.models import OwnRecipe, Preparation, Session
from placeweave.gatherings.recipes import Recipe
from placeweave.gatherings.services import run_sheet, running, sessions
from placeweave.gatherings.services.sessions import SessionFacts
from placeweave.kit import audit
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member, Place


@transaction.atomic
def start(*, place: Place, recipe: Recipe, facts: SessionFacts, by: Member) -> Session:
    """Make a session with the run sheet and purpose of a recipe, as long as the recipe takes, and open it at once.

    Raises
    ------
    NotReady
        If it would have begun already.
    """
    sessions.require_near(facts.begins_at)
    ends_at = facts.begins_at.astimezone(UTC) + timedelta(minutes=recipe.minutes)
    session = sessions.make(place=place, facts=replace(facts, kind=recipe.kind, ends_at=ends_at), by=by)
    run_sheet.lay(session=session, steps=recipe.steps, by=by)
    Preparation.objects.create(session=session, purpose=recipe.purpose)
    return sessions.open_up(session=session, by=by)


@transaction.atomic
def keep_recipe(*, session: Session, title: str, about: str, by: Member) -> OwnRecipe:
    """Keep the run sheet of a session as a recipe of the place; what is changed in either later leaves the other alone.

    Raises
    ------
    Unsound
        If the run sheet is empty, or the place has a recipe of that name.
    """
    session = running.locked(session, by=by)
    steps = [asdict(step.facts()) for step in session.steps.all()]
    if not steps:
        raise Unsound(_("There is nothing in this run sheet yet that could be kept."))
    if OwnRecipe.objects.filter(place=session.place_id, title=title).exists():
        raise Unsound(_("This place has a recipe called “%(title)s” already.") % {"title": title})
    purpose = Preparation.objects.filter(session=session).values_list("purpose", flat=True).first() or ""
    made = OwnRecipe.objects.create(
        place_id=session.place_id, title=title, about=about, purpose=purpose, kind=session.kind, steps=steps
    )
    audit.write(by=by, place_id=session.place_id, verb="kept a recipe", subject=made, summary=title)
    return made


@transaction.atomic
def drop_recipe(*, recipe: OwnRecipe, by: Member) -> None:
    """Take a recipe of the place off the shelf; sessions begun from it stay as they are."""
    running.require_team(by, recipe.place_id)
    audit.write(by=by, place_id=recipe.place_id, verb="dropped a recipe", subject=recipe, summary=recipe.title)
    recipe.delete()
