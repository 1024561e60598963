"""Post mail once what it tells is kept: a mail server that is down undoes nothing, and breaks no page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException

from django.db import transaction

logger = logging.getLogger(__name__)


def post_afterwards(deed: Callable[[], object]) -> None:
    """Post mail after the transaction; of one that is not taken, the log says why and not to whom."""

    def posted() -> None:  # Django names what failed by its qualified name, which a partial has not
        try:
            deed()
        except (OSError, SMTPException) as failure:
            logger.warning("a mail was not taken by the mail server: %s", type(failure).__name__)

    transaction.on_commit(posted, robust=True)
