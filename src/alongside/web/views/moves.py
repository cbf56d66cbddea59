"""A closed round and a newer edition of the standard: look at what changed, move, confirm, undo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.assessment import moves, queries
from alongside.assessment.models import Agreement, Move, Round
from alongside.rules.moving import Choice
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.move_forms import MoveForm
from alongside.web.move_page import lines_by, preview_page


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """What changed since the round was asked; POST moves it. Once it is moved: what waits to be confirmed."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    if request.method == "POST":
        return _move(request, found)
    newer = moves.newer(found, standard())
    if moves.laid_over(found).moved and not (newer and "newest" in request.GET):
        return _moved(request, found)
    return _preview(request, found) if newer else render(request, "moves/nothing.html", {"round": found})


@require_POST
def undo(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Read the round by its own edition again."""
    get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    try:
        moves.undo(by=request.scope, organisation=org, round_=round_)
    except moves.StillOpen:
        return redirect("round-move", org=org, round_=round_)
    messages.success(request, _("It is read by its own edition again, and everything is as it was."))
    return redirect("round", org=org, round_=round_)


@require_POST
def confirm(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Say of one or several questions that what was agreed holds in the new words too."""
    get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    criteria = request.POST.getlist("criterion")
    if not criteria:
        messages.error(request, _("Tick what still holds, then confirm it."))
        return redirect("round-move", org=org, round_=round_)
    try:
        moves.confirm(by=request.scope, organisation=org, round_=round_, criteria=criteria)
    except KeyError:
        raise Http404 from None
    except (Move.DoesNotExist, moves.StillOpen):
        messages.error(
            request, _("Nothing was confirmed: the round is read by its own edition, or people still answer.")
        )
        return redirect("round-move", org=org, round_=round_)
    said = ngettext("%(n)s question is confirmed.", "%(n)s questions are confirmed.", len(criteria))
    messages.success(request, said % {"n": len(criteria)})
    return redirect("round-move", org=org, round_=round_)


def _move(request: Request, found: Round) -> HttpResponse:
    changes = moves.preview(request.scope, found, standard(), get_language())
    form = MoveForm(changes, request.POST)
    if not form.is_valid():
        return _preview(request, found, form, status=422)
    if form.cleaned_data["edition"] != standard().digest:
        messages.error(request, _("The standard changed once more in the meantime. Please look again."))
        return _preview(request, found, status=409)
    try:
        moves.move(
            by=request.scope,
            organisation=found.org_id,
            round_=found.pk,
            to=standard(),
            choices=form.choices(),
            today=timezone.localdate(),
        )
    except (moves.StillOpen, moves.SameEdition):
        return redirect("round-move", org=found.org_id, round_=found.pk)
    messages.success(
        request, _("The round is read by the newer edition now. No answer was changed, and it can be undone.")
    )
    return redirect("round-move", org=found.org_id, round_=found.pk)


def _preview(request: Request, found: Round, form: MoveForm | None = None, *, status: int = 200) -> HttpResponse:
    mapped, newest = moves.laid_over(found), standard()
    changes = moves.preview(request.scope, found, newest, get_language())
    form = form or MoveForm(changes, initial={"edition": newest.digest})
    context = {
        "round": found,
        "form": form,
        "page": preview_page(changes, mapped.own, newest, form),
        "own": mapped.own,
        "newest": newest,
        "moved": mapped.moved,
    }
    return render(request, "moves/preview.html", context, status=status)


def _moved(request: Request, found: Round) -> HttpResponse:
    mapped = moves.laid_over(found)
    changes = moves.preview(request.scope, found, mapped.newest, get_language())
    rows = Agreement.objects.within(request.scope).filter(round=found)
    agreements = {row.criterion: row for row in rows}
    context = {
        "round": found,
        "move": found.move,
        "own": mapped.own,
        "newest": mapped.newest,
        "to_confirm": lines_by(changes, mapped, agreements, Choice.CONFIRM),
        "aside": lines_by(changes, mapped, agreements, Choice.ASIDE),
        "newer": moves.newer(found, standard()),
    }
    return render(request, "moves/moved.html", context)
