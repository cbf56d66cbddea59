"""Bringing in many people from a table: read it, show what would change, and do all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.documents.people_workbook import people_workbook
from alongside.people import importing as actions
from alongside.people import queries
from alongside.people.models import ROLE_NAMES, TEAM_KINDS, Account
from alongside.rules.people_plan import Known, Wanted, changes, teams_without_a_kind
from alongside.rules.people_table import Fault, Reading, Wrong, read_people
from alongside.rules.people_words import Column, titles_in
from alongside.standard.bad_input import BadInput
from alongside.web.access import Request
from alongside.web.import_page import Told, example, faults_told, preview, problems_told, sealed, sheet_of, unsealed
from alongside.web.invitations import send_invitations
from alongside.web.letters import limit
from alongside.web.people_forms import TableForm
from alongside.web.table_upload import tables_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: Request, org: UUID) -> HttpResponse:
    """What a table looks like, and where to hand it in; POST shows what would change, and changes nothing."""
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        return _read(request, org, form.cleaned_data["table"]) if form.is_valid() else _form(request, form)
    return _form(request, TableForm())


@never_cache
@require_POST
def confirm(request: Request, org: UUID) -> HttpResponse:
    """Carry out what the preview showed; shows it again when it would be something else by now."""
    today = timezone.localdate()
    try:
        wanted, seal = unsealed(request.POST.get("plan", ""), org, _account(request))
    except BadSignature:
        old = _("Nothing was changed: the preview is more than an hour old. Hand the table in again.")
        return _form(request, TableForm(), [Told("", old)])
    try:
        done = actions.import_people(by=request.scope, organisation=org, wanted=wanted, seal=seal, today=today)
    except actions.Otherwise:
        return _preview(request, org, wanted, actions.known(request.scope, org, today))
    place = get_object_or_404(queries.organisations(request.scope), pk=org)
    failed = send_invitations(request, place, done.day, done.letters)
    context = {"done": preview(done.changes), "sent": len(done.letters) - len(failed), "failed": failed}
    return render(request, "people/imported.html", context)


@require_safe
def template(request: Request, org: UUID) -> HttpResponse:
    """An empty workbook to fill in, in the language of the page."""
    roles, kinds = [str(name) for name in ROLE_NAMES.values()], [str(name) for name in TEAM_KINDS.values()]
    sheets = _("People"), _("Roles and kinds of team")
    content = people_workbook(get_language(), roles, kinds, sheets=sheets)
    headers = {"Content-Disposition": 'attachment; filename="people.xlsx"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def _read(request: Request, org: UUID, table: UploadedFile[bytes]) -> HttpResponse:
    try:
        tables = tables_of(table)
    except BadInput as refused:
        return _form(request, TableForm(), problems_told(refused.problems))
    known = actions.known(request.scope, org, timezone.localdate())
    reading = read_people(tables, actions.vocabulary(), known)
    if reading.faults:
        told = faults_told(reading.faults, sheets=len(tables) > 1)
        return _form(request, TableForm(), told, more=len(reading.faults) - len(told))
    return _preview(request, org, reading.wanted, known, reading)


def _form(request: Request, form: TableForm, faults: Sequence[Told] = (), *, more: int = 0) -> HttpResponse:
    context = {
        "form": form,
        "faults": faults,
        "more": more,
        "titles": [titles_in(get_language())[column] for column in Column],
        "examples": example(),
        "roles": list(ROLE_NAMES.values()),
        "kinds": list(TEAM_KINDS.values()),
    }
    return render(request, "people/import.html", context, status=422 if faults or form.errors else 200)


def _preview(request: Request, org: UUID, wanted: Wanted, known: Known, reading: Reading | None = None) -> HttpResponse:
    """What would change. Without `reading` it is shown once more, because it has become something else."""
    if lost := teams_without_a_kind(wanted, known):
        faults = [Fault(Wrong.NO_KIND, value=name) for name in lost]
        return _form(request, TableForm(), faults_told(faults, sheets=False))
    found = changes(wanted, known)
    shown = preview(found)
    try:
        limit.check(request.scope.account, shown.letters)
    except limit.TooManyMails as refused:
        return _form(request, TableForm(), [Told("", str(refused))])
    context = {
        "preview": shown,
        "reading": reading,
        "sheets": [sheet_of(name) for name in reading.sheets] if reading else [],
        "plan": sealed(wanted, found.seal, org, _account(request)),
    }
    return render(request, "people/import_preview.html", context, status=200 if reading else 409)


def _account(request: Request) -> Account:
    account = request.scope.account
    assert account is not None
    return account
