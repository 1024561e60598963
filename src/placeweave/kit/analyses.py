"""Background analyses: ask, gather, fingerprint, compute, keep, and know when the answer is out of date.

A room registers a :class:`Kind`. Its engine is a pure function, so the same numbers come from the command line.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from placeweave.kit import audit, pace
from placeweave.kit.audit import Doer
from placeweave.kit.errors import DomainError
from placeweave.kit.models import Analysis

Report = Callable[[str, float], None]
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """What an engine found: ``result`` must be JSON; ``n`` is the number of items it rests on."""

    result: Mapping[str, Any]
    n: int


@dataclass(frozen=True)
class Kind:
    """One kind of analysis.

    Attributes
    ----------
    name, engine : str
        Its name in addresses, and the engine's name with version: a new version makes older answers out of date.
    basis : callable (place_id, parameters) -> sequence of JSON values
        What the answer depends on, cheaply: usually (key, digest) pairs. Its digest is the fingerprint.
    compute : str
        Dotted path of a function (place_id, parameters, report) -> Finding, which gathers the rows once and runs the
        engine; ``report(step, share)`` tells how far it is. A path, so that only the worker ever loads an engine.
    keep : callable (analysis) -> None
        Writes what follows from the finding (suggestions, say), in the transaction that stores it.
    """

    name: str
    engine: str
    basis: Callable[[int, Parameters], Sequence[Any]]
    compute: str
    keep: Callable[[Analysis], None] = lambda _analysis: None


Compute = Callable[[int, Parameters, Report], Finding]

_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of analysis known; called once, when its room's application is ready."""
    _kinds[kind.name] = kind


def fingerprint(kind: Kind, place_id: int, parameters: Parameters) -> str:
    """Digest what the answer depends on: data, parameters and engine."""
    basis = [kind.name, kind.engine, dict(parameters), list(kind.basis(place_id, parameters))]
    return hashlib.sha256(json.dumps(basis, sort_keys=True, default=str).encode()).hexdigest()


def is_out_of_date(analysis: Analysis) -> bool:
    """Tell whether the data or the engine changed since this answer was computed."""
    kind = _kinds[analysis.kind]
    return analysis.fingerprint != fingerprint(kind, analysis.place_id, analysis.parameters)


def is_of_an_older_engine(analysis: Analysis) -> bool:
    """Tell whether the engine changed since this answer was computed; far cheaper than reading what it rests on."""
    return analysis.engine != _kinds[analysis.kind].engine


_ANSWERLESS = frozenset({Analysis.State.FAILED, Analysis.State.FORGOTTEN})


def latest(place_id: int, kind: str, topic: str = "") -> Analysis | None:
    """Give the newest run of a kind about something in a place, whatever became of it."""
    return Analysis.objects.filter(place_id=place_id, kind=kind, topic=topic).first()


def latest_run(place_id: int, kind: str) -> Analysis | None:
    """Give the newest run without its result, which is large where a place is."""
    return Analysis.objects.filter(place_id=place_id, kind=kind, topic="").defer("result").first()


@transaction.atomic
def ask_for(*, place_id: int, kind: str, parameters: Parameters, by: Doer | None, topic: str = "") -> Analysis:
    """Queue an analysis, unless the newest of its kind and topic already answers this, or is about to.

    An older answer to the same question is not taken up again: what people decided since rests on the newer one.
    ``by`` is nobody where the house itself asks, since new data came in.
    """
    found = _kinds[kind]
    mark = fingerprint(found, place_id, parameters)
    newest = latest(place_id, kind, topic)
    if newest is not None and newest.fingerprint == mark and newest.state not in _ANSWERLESS:
        return newest
    analysis = Analysis.objects.create(
        place_id=place_id,
        kind=kind,
        topic=topic,
        parameters=dict(parameters),
        fingerprint=mark,
        engine=found.engine,
        seed=int(parameters.get("seed", 0)),
        asked_by=by.account if by else None,
    )
    if by is not None:
        audit.write(by=by, place_id=place_id, verb="asked for", subject=analysis, summary=kind)
    run_analysis.enqueue(analysis.pk)  # in this transaction: what is asked for is queued, whatever dies when
    return analysis


def _reporter(pk: int) -> Report:
    def write(step: str, share: float) -> None:
        Analysis.objects.filter(pk=pk).update(step=step[:120], progress=min(max(share, 0.0), 1.0))

    return pace.twice_a_second(write)


@task()
def run_analysis(pk: int) -> None:
    """Do the work of one queued analysis. Safe to run twice: a finished one is left as it is."""
    analysis = Analysis.objects.get(pk=pk)
    if analysis.is_over:
        return
    kind = _kinds[analysis.kind]
    started = time.perf_counter()
    mark = fingerprint(kind, analysis.place_id, analysis.parameters)
    open_states = [Analysis.State.QUEUED, Analysis.State.RUNNING]
    if not Analysis.objects.filter(pk=pk, state__in=open_states).update(
        state=Analysis.State.RUNNING, started_at=timezone.now(), fingerprint=mark, progress=0.0
    ):
        return  # forgotten since it was looked at
    try:
        compute: Compute = import_string(kind.compute)
        finding = compute(analysis.place_id, analysis.parameters, _reporter(pk))
        _keep(pk, kind, finding, time.perf_counter() - started)
    except DomainError as refusal:
        _fail(pk, refusal.sentence)
    except Exception:
        _fail(
            pk, _("Something went wrong in the computation. Nothing was changed; the operator's log has the details.")
        )
        raise


@transaction.atomic
def _keep(pk: int, kind: Kind, finding: Finding, seconds: float) -> None:
    analysis = Analysis.objects.select_for_update().get(pk=pk)
    if analysis.is_over:  # withdrawn or finished by another worker meanwhile
        return
    analysis.state = Analysis.State.DONE
    analysis.result, analysis.n, analysis.seconds = dict(finding.result), finding.n, seconds
    analysis.progress, analysis.step, analysis.finished_at = 1.0, "", timezone.now()
    analysis.save()
    kind.keep(analysis)


def give_up(pk: int) -> None:
    """Say of a run whose worker died again and again that it did not finish."""
    if not Analysis.objects.get(pk=pk).is_over:
        _fail(pk, _("This was started three times and stopped each time before it was done. Nothing was changed."))


def _fail(pk: int, sentence: str) -> None:
    Analysis.objects.filter(pk=pk).update(
        state=Analysis.State.FAILED, failure=sentence[:400], finished_at=timezone.now(), progress=0.0, step=""
    )


def forget(*, place_id: int, kinds: Sequence[str]) -> None:
    """Drop the stored results of these kinds: words they rest on were withdrawn. Runs under way are not kept."""
    Analysis.objects.filter(place_id=place_id, kind__in=kinds).exclude(state=Analysis.State.FAILED).update(
        state=Analysis.State.FORGOTTEN, result=None
    )
