"""Addresses on this machine: which are free, and which answer."""

from __future__ import annotations

import socket

TRIES = 50


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


def answers(host: str, port: int) -> bool:
    """Tell whether a server listens here now."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not bound to
    try:
        socket.create_connection((reachable, port), timeout=1).close()
    except OSError:
        return False
    return True
