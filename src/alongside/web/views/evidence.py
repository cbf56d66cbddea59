"""What shows an agreed step: links and files, given once and used where they speak for something."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.assessment import evidence as actions
from alongside.assessment import queries
from alongside.assessment.file_types import Fault, NotTaken
from alongside.assessment.models import Evidence, EvidenceFile, EvidenceUse
from alongside.assessment.moves import laid_over
from alongside.web.access import Request
from alongside.web.agreement_forms import EvidenceForm
from alongside.web.agreement_page import agreeable
from alongside.web.views.agreement import the_round, the_steps

FAULTS = {
    Fault.EMPTY: gettext_lazy("This file is empty."),
    Fault.TOO_LARGE: gettext_lazy("This file is larger than 10 MB. Give a link to it instead, or a smaller copy."),
    Fault.KIND: gettext_lazy("This kind of file is not taken. Save it as PDF, or give a link to it."),
    Fault.NOT_WHAT_IT_SAYS: gettext_lazy("What is in this file is not what its name says. Save it again as PDF."),
    Fault.MACROS: gettext_lazy("There are programs (macros) in this file. Save it without them, or as PDF."),
}


@require_safe
def evidence(request: Request, org: UUID) -> HttpResponse:
    """All evidence, with what it is used for; with `for` and `round`, to choose some of it for a question."""
    criterion, round_ = request.GET.get("for", ""), _uuid(request.GET.get("round", ""))
    wanted = queries.rounds(request.scope, org).filter(pk=round_).first() if round_ else None
    context = {
        "evidence": actions.all_of(request.scope, org),
        "criterion": criterion if wanted and criterion in dict(agreeable(wanted, laid_over(wanted).edition)) else "",
        "round": wanted,
        "may_steer": request.scope.may("agreement.change", org),
    }
    return render(request, "evidence/evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, org: UUID, round_: UUID, criterion: str) -> HttpResponse:
    """Add a link or a file to a question."""
    found, edition = the_round(request, org, round_)
    the_steps(edition, found, criterion)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.give(
                by=request.scope,
                organisation=org,
                round_=round_,
                criterion=criterion,
                given=form.given(),
                once=form.cleaned_data["once"],
            )
            messages.success(request, _("It is there now."))
            return redirect("agreement-question", org=org, round_=round_, criterion=criterion)
        except actions.NothingToShow:
            form.add_error(None, _("Give a link or a file: one of the two."))
        except actions.Backwards:
            form.add_error("valid_until", _("This day lies before the day it is valid from."))
        except NotTaken as refused:
            form.add_error("file", FAULTS[refused.fault])
    context = {"round": found, "criterion": criterion, "form": form}
    return render(request, "evidence/give.html", context, status=422 if form.errors else 200)


@require_POST
def use(request: Request, org: UUID, round_: UUID, criterion: str, evidence: UUID) -> HttpResponse:
    """Use what is there already for one more question."""
    the_round(request, org, round_)
    get_object_or_404(Evidence.objects.within(request.scope), pk=evidence, org=org)
    try:
        actions.use(by=request.scope, organisation=org, round_=round_, criterion=criterion, evidence=evidence)
    except KeyError:
        raise Http404 from None
    return redirect("agreement-question", org=org, round_=round_, criterion=criterion)


@require_POST
def stop(request: Request, org: UUID, use: int) -> HttpResponse:
    """Use it no longer for this question."""
    found = get_object_or_404(EvidenceUse.objects.within(request.scope), pk=use, round__org=org)
    actions.stop_using(by=request.scope, organisation=org, use=use)
    return redirect("agreement-question", org=org, round_=found.round_id, criterion=found.criterion)


@require_POST
def remove(request: Request, org: UUID, evidence: UUID) -> HttpResponse:
    """Remove it altogether, with its file."""
    get_object_or_404(Evidence.objects.within(request.scope), pk=evidence, org=org)
    actions.remove(by=request.scope, organisation=org, evidence=evidence)
    messages.success(request, _("It is removed, with its file."))
    return redirect("evidence", org=org)


@require_safe
def file(request: Request, org: UUID, evidence: UUID) -> HttpResponse:
    """The file, to be saved and never to be shown inside the site."""
    try:
        found = actions.file_of(request.scope, org, evidence)
    except EvidenceFile.DoesNotExist:
        raise Http404 from None
    return HttpResponse(
        bytes(found.content),
        content_type="application/octet-stream",  # so that no browser opens it in the name of this site
        headers={
            "Content-Disposition": str(content_disposition_header(True, found.name)),
            "Cache-Control": "private, no-store",
        },
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
