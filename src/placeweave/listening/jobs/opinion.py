"""Work out what people share and where they differ: gather the votes once, let the engine look, keep the answer."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _

from placeweave.engines.opinion.disclose import Policy, disclose
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.records import Config, Flags, Statements
from placeweave.engines.opinion.scores import score
from placeweave.engines.opinion.settle import settled
from placeweave.engines.opinion.stability import stability
from placeweave.engines.opinion.tallies import tallies_of
from placeweave.engines.opinion.votes import votes_from_events
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.kit.errors import NotReady
from placeweave.listening import queries, services
from placeweave.listening.jobs.opinion_told import Found, Gathered, Keys, told
from placeweave.listening.models import Conversation, Vote


def gather(place_id: int, parameters: Parameters) -> Gathered:
    """Read the standing votes, and which statements count.

    Raises
    ------
    NotReady
        If nobody has voted.
    """
    conversation = Conversation.objects.get(pk=parameters["conversation"], place_id=place_id)
    rows = Vote.objects.filter(statement__conversation=conversation, is_standing=True)
    cells = rows.values_list("participant_id", "statement_id", "value").iterator(chunk_size=10_000)
    flat = np.fromiter((number for row in cells for number in row), np.int64).reshape(-1, 3)
    if not len(flat):
        raise NotReady(_("Nobody has voted yet."))
    numbered = votes_from_events(*flat.T)
    return Gathered(numbered.votes, _counting(conversation, numbered.statements), numbered.participants,
                    numbered.statements)  # fmt: skip


def _counting(conversation: Conversation, keys: Keys) -> Statements:
    """Say which statements shape the map."""
    let_in = set(queries.let_in(conversation).values_list("pk", flat=True))
    active: Flags = np.array([int(key) in let_in for key in keys], np.bool_)
    return Statements(active, np.zeros_like(active))


def compute(place_id: int, parameters: Parameters, report: Report) -> Finding:
    """Map the votes, test how far that holds, and keep what may be shown: who is in which group is not kept."""
    report(_("Reading the votes"), 0.05)
    gathered = gather(place_id, parameters)
    report(_("Looking for groups"), 0.2)
    config = Config(seed=int(parameters.get("seed", 0)))
    model = fit(gathered.votes, gathered.statements, config)
    report(_("Drawing people anew, to see what holds"), 0.4)
    held = stability(gathered.votes, model, seed=config.seed)
    judged = settled(gathered.votes, model, held)
    conversation = Conversation.objects.select_related("place").get(pk=parameters["conversation"])
    policy = Policy(conversation.place.threshold)
    view = disclose(tallies_of(judged.model), policy, xy=judged.model.xy[judged.model.included])
    found = Found(
        gathered, judged.model, score(judged.model), held, view, judged.stable,
        [*dict.fromkeys([*model.warnings, *judged.reasons])],
    )  # fmt: skip
    report(_("Writing down what was found"), 0.9)
    result = told(found)
    services.note_worked_out(conversation=conversation, votes=int(gathered.votes.value.size))
    return Finding(result=result, n=result["people"] or 0)
