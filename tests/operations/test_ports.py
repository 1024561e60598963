"""A taken port is passed over."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from placeweave.operations import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_not_free(taken: int) -> None:
    assert not ports.is_free("127.0.0.1", taken)


def test_the_next_free_port_is_found(taken: int) -> None:
    free = ports.first_free("127.0.0.1", taken)
    assert free is not None
    assert free > taken


def test_an_address_without_a_server_does_not_answer() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    assert not ports.answers("127.0.0.1", port)
