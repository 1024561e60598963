"""What can be done in themes, by the name of the deed."""

from __future__ import annotations

from placeweave.themes.services import clusters, codings, lineage, suggestions, themes, told, undoing, withdrawal
from placeweave.themes.services.codings import code, finish, uncode
from placeweave.themes.services.lineage import merge, split
from placeweave.themes.services.themes import dissent, edit, find_or_make, make, move, rename, set_status
from placeweave.themes.services.undoing import undo
from placeweave.themes.services.withdrawal import forget

__all__ = [
    "clusters",
    "code",
    "codings",
    "dissent",
    "edit",
    "find_or_make",
    "finish",
    "forget",
    "lineage",
    "make",
    "merge",
    "move",
    "rename",
    "set_status",
    "split",
    "suggestions",
    "themes",
    "told",
    "uncode",
    "undo",
    "undoing",
    "withdrawal",
]
