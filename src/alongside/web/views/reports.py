"""Reports of an organisation: to read and print, as PDF, to go on writing in, and every figure as a workbook."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alongside.documents.blocks import Document
from alongside.documents.docx import docx
from alongside.documents.html_pages import html
from alongside.documents.pdf import NotMade, pdf
from alongside.documents.reports.board import board_page
from alongside.documents.reports.facts import Facts, gather
from alongside.documents.reports.figures import figures
from alongside.documents.reports.team import team_report
from alongside.documents.reports.whole import whole_report
from alongside.documents.xlsx_book import xlsx
from alongside.people import queries as people
from alongside.standard.loading import standard
from alongside.web.access import Request

BOARD, WHOLE = "board", "project-group"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def reports(request: Request, org: UUID) -> HttpResponse:
    """Which reports there are."""
    context = {"teams": people.teams(request.scope, org)}
    return render(request, "reports/reports.html", context)


@require_safe
def report(request: Request, org: UUID, kind: str) -> HttpResponse:
    """A report to read and print. `kind`: board, project-group, or the id of a team."""
    document = _document(request, _facts(request, org, kind), kind)
    context = {"document": document, "body": html(document), "kind": kind}
    return render(request, "reports/report.html", context)


@require_safe
def report_file(request: Request, org: UUID, kind: str, ending: str) -> HttpResponse:
    """A report as a file. The workbook holds every figure, so there is one of it."""
    if ending not in MEDIA_TYPES or (ending == "xlsx" and kind != WHOLE):
        raise Http404
    facts = _facts(request, org, kind)
    if ending == "xlsx":
        return _file(xlsx(figures(facts)), facts, kind, ending)
    document = _document(request, facts, kind)
    try:
        return _file(pdf(document) if ending == "pdf" else docx(document), facts, kind, ending)
    except NotMade:
        return render(request, "reports/not_made.html", {"kind": kind}, status=503)


def _facts(request: Request, org: UUID, kind: str) -> Facts:
    found = get_object_or_404(people.organisations(request.scope), pk=org)
    language = get_language() or standard().language
    return gather(request.scope, found, language=language, today=timezone.localdate(), whole=kind != BOARD)


def _document(request: Request, facts: Facts, kind: str) -> Document:
    if kind == BOARD:
        return board_page(facts)
    if kind == WHOLE:
        return whole_report(facts)
    try:
        team = get_object_or_404(people.teams(request.scope, facts.organisation.pk), pk=UUID(kind))
    except ValueError:
        raise Http404 from None
    return team_report(facts, team.pk, team.name)


def _file(content: bytes, facts: Facts, kind: str, ending: str) -> HttpResponse:
    word = kind if kind in {BOARD, WHOLE} else "team"
    name = f"{slugify(facts.organisation.name) or 'alongside'}-{word}-{facts.day:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPES[ending], headers=headers)
