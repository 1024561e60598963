"""Keep a form that is sent twice from acting twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from placeweave.kit import links
from placeweave.kit.models import Submission

View = TypeVar("View", bound=Callable[..., HttpResponse])
FIELD = "once"
UNWRITTEN = "{key}"
"""Written down in place of the key of a private link, which whoever reads the database must not find."""


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def link_key(request: HttpRequest, what: str) -> str:
    """Give the key of the private link that a form leads to, so that a form sent twice acts once and leads to one page.

    Only its digest is kept, unlike the key of other forms, whose destination is written down.
    """
    key = _key(request)
    return links.part_of(str(key), what) if key is not None else links.new_key()


def _first_location(key: uuid.UUID, secret: str) -> HttpResponse:
    return HttpResponseRedirect(Submission.objects.get(key=key).location.replace(UNWRITTEN, secret))


def _is_first(key: uuid.UUID) -> bool:
    """Take the key before the deed: whoever sends the same form meanwhile waits here until the first has ended."""
    try:
        with transaction.atomic():
            Submission.objects.create(key=key)
    except IntegrityError:
        return False
    return True


def _remember(key: uuid.UUID, response: HttpResponse, secret: str) -> None:
    """Keep where the deed ended; a form that was shown again may be sent again."""
    if isinstance(response, HttpResponseRedirect):
        location = response.url.replace(secret, UNWRITTEN) if secret else response.url
        Submission.objects.filter(key=key).update(location=location[:300])
    else:
        Submission.objects.filter(key=key).delete()


def acts_once(view: View) -> View:
    """Run a view's POST at most once per rendered form; a repeat is led to where the first one ended.

    The form carries ``{% once %}``. The key and the deed are committed together, so that a crash between them is
    impossible: either both are kept or neither is.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        key = _key(request) if request.method == "POST" else None
        if key is None:
            return view(request, *args, **kwargs)
        secret = str(kwargs.get("key", ""))
        if Submission.objects.filter(key=key).exists():
            return _first_location(key, secret)
        with transaction.atomic():
            if not _is_first(key):
                return _first_location(key, secret)
            response = view(request, *args, **kwargs)
            _remember(key, response, secret)
        return response

    return wrapped  # type: ignore[return-value]
