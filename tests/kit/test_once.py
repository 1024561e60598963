"""A form sent twice acts once."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from placeweave.kit.models import AuditEntry, Submission
from placeweave.kit.once import acts_once


@acts_once
def promise(request: HttpRequest) -> HttpResponse:
    entry = AuditEntry.objects.create(verb="promised", subject_type="test")
    return HttpResponseRedirect(f"/kept/{entry.pk}/")


@acts_once
def breaks(request: HttpRequest) -> HttpResponse:
    AuditEntry.objects.create(verb="promised", subject_type="test")
    raise RuntimeError


@acts_once
def refuses(request: HttpRequest) -> HttpResponse:
    return HttpResponse("please mend the form")


def sent(key: str) -> HttpRequest:
    return RequestFactory().post("/", {"once": key})


def test_the_second_sending_leads_to_where_the_first_ended(db: None) -> None:
    key = str(uuid.uuid4())
    first, second = promise(sent(key)), promise(sent(key))
    assert first.headers["Location"] == second.headers["Location"]
    assert AuditEntry.objects.count() == 1


def test_two_forms_act_twice(db: None) -> None:
    promise(sent(str(uuid.uuid4())))
    promise(sent(str(uuid.uuid4())))
    assert AuditEntry.objects.count() == 2


def test_a_form_shown_again_with_its_errors_may_be_sent_again(db: None) -> None:
    key = str(uuid.uuid4())
    refuses(sent(key))
    assert not Submission.objects.exists()
    promise(sent(key))
    assert AuditEntry.objects.count() == 1


def test_a_deed_that_breaks_is_not_kept_at_all(db: None) -> None:
    with pytest.raises(RuntimeError):
        breaks(sent(str(uuid.uuid4())))
    assert not AuditEntry.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("key", ["", "not-a-key", "0" * 400])
def test_a_form_without_a_sound_key_still_acts(db: None, key: str) -> None:
    assert promise(sent(key)).status_code == 302


def test_the_key_is_taken_before_the_deed(db: None) -> None:
    """So that the second sending waits, and never meets what the first has already changed."""

    @acts_once
    def looks(request: HttpRequest) -> HttpResponse:
        assert Submission.objects.exists()
        return HttpResponseRedirect("/kept/")

    assert looks(sent(str(uuid.uuid4()))).status_code == 302


@acts_once
def at_a_private_link(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponseRedirect(f"/mine/{key}/")


def test_the_key_of_a_private_link_is_not_written_down_with_where_a_form_led(db: None) -> None:
    form = str(uuid.uuid4())
    first, second = (at_a_private_link(sent(form), key="heather-and-rain") for _time in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/mine/heather-and-rain/"
    assert "heather" not in Submission.objects.get().location
