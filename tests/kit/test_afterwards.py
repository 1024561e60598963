"""Mail that follows a deed: it is posted once the deed is kept, and undoes nothing where it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest

from placeweave.kit.afterwards import post_afterwards


def refuse(address: str) -> None:
    raise SMTPRecipientsRefused({address: (550, b"unknown")})


def lose(_address: str) -> None:
    raise ConnectionRefusedError


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [refuse, lose])
def test_a_mail_that_is_not_taken_breaks_nothing_and_its_address_is_in_no_log(
    deed: Callable[[str], None], django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    posted: list[str] = []
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        post_afterwards(partial(deed, "isla@example.org"))
        post_afterwards(partial(posted.append, "rory@example.org"))
    assert posted == ["rory@example.org"]
    assert "was not taken" in caplog.text
    assert "isla" not in caplog.text
