"""Addresses on this machine: which are free, and which answer."""

from __future__ import annotations

import http.client
import socket

TRIES = 50
EVERYWHERE_OR_HERE = frozenset({"0.0.0.0", "127.0.0.1"})  # noqa: S104 - compared with, not bound to


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen here."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free(host: str, port: int) -> int | None:
    """Give the first free port from this one on, within fifty."""
    return next((one for one in range(port, port + TRIES) if is_free(host, one)), None)


def known_as(host: str) -> str:
    """Give the name by which a browser on this machine reaches a server listening on ``host``."""
    return "localhost" if host in EVERYWHERE_OR_HERE else host


def answers(host: str, port: int) -> bool:
    """Tell whether a web server here answers requests, whatever it says."""
    reachable = "127.0.0.1" if host in EVERYWHERE_OR_HERE else host
    asked = http.client.HTTPConnection(reachable, port, timeout=2)
    try:
        asked.request("GET", "/health/", headers={"Host": "localhost"})
        asked.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
    return True
