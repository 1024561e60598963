"""The records of kit."""

from __future__ import annotations

from placeweave.kit.models.account import Account
from placeweave.kit.models.analysis import Analysis
from placeweave.kit.models.audit import AuditEntry
from placeweave.kit.models.base import Dated
from placeweave.kit.models.batch import Batch, BatchChange, BatchQuestion, BatchRow, ColumnMapping, Outcome
from placeweave.kit.models.export import Export, Holding
from placeweave.kit.models.once import Submission, Turn, WorkerPulse

__all__ = [
    "Account",
    "Analysis",
    "AuditEntry",
    "Batch",
    "BatchChange",
    "BatchQuestion",
    "BatchRow",
    "ColumnMapping",
    "Dated",
    "Export",
    "Holding",
    "Outcome",
    "Submission",
    "Turn",
    "WorkerPulse",
]
