"""The record of an organisation: who did what, when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.documents.blocks import Rows
from alongside.documents.xlsx_book import csv_text
from alongside.people.record import read, whole
from alongside.web.access import Request
from alongside.web.record_words import KINDS, line


def record(request: Request, org: UUID) -> HttpResponse:
    """A page of the record, latest first; `kind`, `who` and `before` in the address narrow it."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    who = _uuid(request.GET.get("who", ""))
    page = read(request.scope, org, kind=kind, account=who, before=_number(request.GET.get("before", "")))
    context = {
        "lines": [line(entry) for entry in page.entries],
        "older": page.older,
        "kinds": KINDS,
        "kind": kind,
        "who": who,
        "narrowed": bool(kind or who or request.GET.get("before")),
    }
    return render(request, "record/record.html", context)


@require_safe
def table(request: Request, org: UUID) -> HttpResponse:
    """The whole record as CSV."""
    head = (_("When"), _("Who"), _("What"), _("Action"), _("About"), _("Fields"))
    lines = [(entry.event, line(entry)) for entry in whole(request.scope, org)]
    rows = [
        (event.at.isoformat(timespec="seconds"), told.who, told.what, event.action, event.about, told.fields)
        for event, told in lines
    ]
    headers = {"Content-Disposition": 'attachment; filename="record.csv"', "Cache-Control": "no-store"}
    text = csv_text(Rows(_("The record"), head, tuple(rows)))
    marked = text.encode("utf-8-sig")  # without the mark spreadsheets take letters beyond ASCII for others
    return HttpResponse(marked, content_type="text/csv; charset=utf-8", headers=headers)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
