"""What every letter of gatherings goes out in: to one person, under its own number, with a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from placeweave.gatherings.models import Letter


def address_of(page: str) -> str:
    """Give the whole address of a page, as it stands in a letter."""
    return settings.PUBLIC_URL + page


def in_one_line(text: str) -> str:
    """Give a title as a subject may hold it."""
    return " ".join(text.split())


def message(
    letter: Letter, *, about: str, to: str, subject: str, template: str, context: Mapping[str, Any]
) -> EmailMultiAlternatives:
    """Write a message; by its number, made of ``about`` and the letter, mail programs know a second copy."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return EmailMultiAlternatives(
        subject,
        render_to_string(template, dict(context)),
        to=[to],
        headers={"Message-ID": f"<{about}-{letter.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
