"""Make a short list of statements in which every large enough group that agrees on something finds it."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from placeweave.engines.opinion.order import ordered
from placeweave.engines.opinion.records import Ints, Slate, Statements, Votes


def slate(votes: Votes, statements: Statements, size: int) -> Slate:
    """Choose statements one by one, each the one that most people agree with who agree with none chosen before.

    Parameters
    ----------
    votes : Votes
    statements : Statements
        Only active statements are chosen, and only people who voted on one of them are counted.
    size : int
        How many at most. The list is shorter when nobody is left who agrees with anything more.

    Returns
    -------
    Slate
        ``represented_share`` of the people counted agree with at least one; ``uncovered`` lists the others.

    Notes
    -----
    Of n people who have all seen everything, any n/size who agree on one statement have somebody among them who finds a
    statement they agree with (justified representation). With missing votes it holds for agreement as far as it was
    said: somebody counts as represented only by what they were asked. Of equally good statements the one that more
    people agree with comes first, then the one that is earlier in an order of content, so numbering decides nothing.

    References
    ----------
    Aziz, H. et al. (2017). Justified representation in approval-based committee voting. *Social Choice and Welfare* 48.
    Halpern, D. et al. (2023). Representation with incomplete votes. *AAAI* 37.
    """
    approvals, topics, counted = _approvals(votes, statements)
    by_rank = _ranked(approvals)
    approvals, topics = approvals[by_rank], topics[by_rank]
    waiting = counted.astype(np.int32)
    chosen: list[int] = []
    while len(chosen) < min(size, topics.size):
        gains = approvals @ waiting
        best = int(gains.argmax())
        if gains[best] == 0:
            break
        chosen.append(int(topics[best]))
        waiting[approvals.indices[approvals.indptr[best] : approvals.indptr[best + 1]]] = 0
    people = int(counted.sum())
    share = 1 - float(waiting.sum()) / people if people else 0.0
    return Slate(tuple(chosen), share, np.flatnonzero(waiting).astype(np.int32))


def _approvals(votes: Votes, statements: Statements) -> tuple[sparse.csr_array, Ints, np.ndarray]:
    """Give who agrees with what, (S', P) in an order of content; the statements; and who is counted, (P,)."""
    counting = statements.active & ~statements.meta
    topics = ordered(votes, counting, np.zeros(votes.n_statements)).statements
    rank = np.full(votes.n_statements, -1, np.int64)
    rank[topics] = np.arange(topics.size)
    voted = counting[votes.statement]
    agreed = voted & (votes.value > 0)
    cells = np.ones(int(agreed.sum()), np.int32)
    place = (rank[votes.statement[agreed]], votes.participant[agreed])
    counted = np.zeros(votes.n_participants, np.bool_)
    counted[votes.participant[voted]] = True
    return sparse.coo_array((cells, place), shape=(topics.size, votes.n_participants)).tocsr(), topics, counted


def _ranked(approvals: sparse.csr_array) -> Ints:
    """Sort statements by how many agree, keeping the order of content among equals."""
    order: Ints = np.argsort(-np.diff(approvals.indptr), kind="stable").astype(np.int32)
    return order
