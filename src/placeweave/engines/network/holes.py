"""Structural holes: how far a partner's contacts already know each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from placeweave.engines.network.graph import Graph


def constraint(graph: Graph) -> NDArray[np.float64]:
    """Burt's constraint of each partner, dimensionless; NaN for the isolated.

    References
    ----------
    Burt, R. S. (2004). Structural holes and good ideas. *American Journal of Sociology* 110(2).
    """
    degrees = graph.degrees
    shares = csr_array(graph.joined.multiply(1.0 / np.maximum(degrees, 1)[:, None]))
    through = csr_array((shares + shares @ shares).multiply(graph.joined))
    through.data **= 2
    return np.where(degrees > 0, np.asarray(through.sum(axis=1)).ravel(), np.nan)


def effective_size(graph: Graph) -> NDArray[np.float64]:
    """Contacts less the mean number of ties each has to the others, in partners; NaN for the isolated.

    References
    ----------
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. *Connections* 20(1).
    """
    degrees = graph.degrees
    twice_among = np.asarray((graph.joined @ graph.joined).multiply(graph.joined).sum(axis=1)).ravel()
    return np.where(degrees > 0, degrees - twice_among / np.maximum(degrees, 1), np.nan)
