"""How kit says dates, ages, states, consent scopes and form controls: the small vocabulary of the components."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

STATES: dict[str, tuple[str, str]] = {
    "kept": ("good", "tick"),
    "done": ("good", "tick"),
    "met": ("good", "tick"),
    "accepted": ("good", "tick"),
    "settled": ("good", "tick"),
    "created": ("good", "plus"),
    "open": ("good", "open"),
    "under_way": ("link", "under-way"),
    "running": ("link", "under-way"),
    "queued": ("link", "clock"),
    "emerging": ("link", "emerging"),
    "match": ("link", "match"),
    "updated": ("link", "pencil"),
    "new": ("link", "plus"),
    "due": ("attention", "clock"),
    "ask": ("attention", "ask"),
    "overlap": ("attention", "overlap"),
    "held": ("attention", "ask"),
    "conflict": ("attention", "ask"),
    "staged": ("attention", "clock"),
    "stale": ("attention", "clock"),
    "overdue": ("refused", "attention"),
    "broken": ("refused", "attention"),
    "failed": ("refused", "cross"),
    "refused": ("refused", "cross"),
    "rejected": ("refused", "cross"),
    "no_word": ("plain", "no-word"),
    "gap": ("plain", "gap"),
    "parked": ("plain", "clock"),
    "retired": ("plain", "retired"),
    "closed": ("plain", "lock"),
    "let_go": ("plain", "retired"),
    "withdrawn": ("plain", "lock"),
    "unchanged": ("plain", ""),
    "discarded": ("plain", "cross"),
    "undone": ("plain", "undo"),
}
"""Tone and icon of every state a room may show; one not listed is plain."""

_SCOPES: dict[str, tuple[str, Any]] = {
    "facilitators": ("lock", gettext_lazy("for the facilitators only")),
    "team": ("lock", gettext_lazy("for the facilitators only")),
    "notes": ("lock", gettext_lazy("for the facilitators only")),
    "partners": ("people", gettext_lazy("shared with partners")),
    "workspace": ("people", gettext_lazy("shared with partners")),
    "place": ("people", gettext_lazy("shared with partners")),
    "public": ("globe", gettext_lazy("may be made public")),
    "withdrawn": ("cross", gettext_lazy("withdrawn")),
}


def scope(value: str) -> tuple[str, str]:
    """Give the icon and the words of a consent scope; one we do not know is treated as the narrowest."""
    sign, words = _SCOPES.get(value, _SCOPES["facilitators"])
    return sign, str(words)


def _day(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()


def spoken_hours(hours: int) -> str:
    """Say a span of whole days as days, any other as hours."""
    days, rest = divmod(hours, 24)
    if days and not rest:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def spoken_date(moment: date | datetime | None) -> str:
    """Say a day: 3 May 2026."""
    return formats.date_format(_day(moment), "j F Y") if moment else ""


def spoken_time(moment: datetime | None) -> str:
    """Say a moment: 3 May 2026, 14:10."""
    if not moment:
        return ""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return formats.date_format(local, "j F Y, H:i")


def age(moment: date | datetime | None) -> str:
    """Say how long ago something was, in the words people use; after a month, the day itself."""
    if not moment:
        return ""
    day = _day(moment)
    days = (timezone.localdate() - day) // timedelta(days=1)
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 42:
        weeks = days // 7
        return ngettext("%(n)s week ago", "%(n)s weeks ago", weeks) % {"n": weeks}
    return spoken_date(day)


def control_kind(widget: forms.Widget) -> str:
    """Name the kind of a form control, from which its markup follows."""
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.RadioSelect, "radio"),
        (forms.CheckboxSelectMultiple, "checkbox"),
        (forms.CheckboxInput, "check"),
        (forms.FileInput, "file"),
        (forms.SelectMultiple, "many"),
        (forms.Select, "select"),
    )
    return next((kind for known, kind in kinds if isinstance(widget, known)), "text")


def control_class(widget: forms.Widget) -> str:
    """Give the design system's class for a control, beside any the form itself asked for."""
    by_kind = {"select": "ds_select", "many": "ds_select", "check": "ds_checkbox__input", "file": "ds_file"}
    own = by_kind.get(control_kind(widget), "ds_input")
    return f"{own} {widget.attrs.get('class', '')}".strip()


def first_control(field: Any) -> str:
    """Give the id of the first control of a form field: of a group of choices, the first choice."""
    own: str = field.auto_id
    return f"{own}_0" if control_kind(field.field.widget) in {"radio", "checkbox"} else own
