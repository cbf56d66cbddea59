"""After a round: agree on each question, say what one sees otherwise, and tell those who answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.assessment import agreements, evidence, queries
from alongside.assessment.models import Agreement, Dissent, Round
from alongside.assessment.moves import laid_over
from alongside.assessment.naming import group_names, voice_title
from alongside.assessment.standing import agreed
from alongside.people import queries as people
from alongside.standard.edition import Edition
from alongside.web.access import Request
from alongside.web.agreement_forms import OPEN, AgreementForm, DissentForm
from alongside.web.agreement_page import agreeable, agreement_page
from alongside.web.letters import limit
from alongside.web.results_page import result_lines


@require_safe
def overview(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Every question: where people see it differently first, what is agreed, what is open."""
    found, edition = the_round(request, org, round_)
    names = group_names(edition, queries.groups(request.scope, found), get_language())
    page = agreement_page(found, edition, agreed(request.scope, found), get_language(), names)
    context = {
        "round": found,
        "page": page,
        "squares": page.squares(request.path),
        "group": people.project_group(request.scope, org),
        "may_steer": request.scope.may("agreement.change", org),
    }
    return render(request, "agreement/overview.html", context)


@require_safe
def question(request: Request, org: UUID, round_: UUID, criterion: str) -> HttpResponse:
    """One question to talk about: what every perspective said, what was agreed, who sees it otherwise."""
    found, edition = the_round(request, org, round_)
    return question_page(request, found, edition, criterion)


@require_POST
def agree(request: Request, org: UUID, round_: UUID, criterion: str) -> HttpResponse:
    """Set the agreed step with its reason; goes on to the next open question."""
    found, edition = the_round(request, org, round_)
    form = AgreementForm(the_steps(edition, found, criterion), request.POST)
    if not form.is_valid():
        return question_page(request, found, edition, criterion, agreement_form=form, status=422)
    try:
        agreements.agree(
            by=request.scope,
            organisation=org,
            round_=round_,
            criterion=criterion,
            step=form.chosen,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            today=timezone.localdate(),
        )
    except agreements.Overtaken as overtaken:
        form.data = request.POST.dict() | {"revision": str(overtaken.agreement.revision)}
        return question_page(
            request, found, edition, criterion, agreement_form=form, overtaken=overtaken.agreement, status=409
        )
    messages.success(request, _("Agreed. It can be changed at any time."))
    onward = _next_open(request, found, edition, criterion)
    if onward is None:
        return redirect("agreement", org=org, round_=round_)
    return redirect("agreement-question", org=org, round_=round_, criterion=onward)


@require_POST
def agree_undisputed(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Agree at once on what nobody sees differently."""
    found, edition = the_round(request, org, round_)
    page = agreement_page(found, edition, agreed(request.scope, found), get_language(), {})
    number = agreements.agree_undisputed(
        by=request.scope,
        organisation=org,
        round_=round_,
        steps=page.undisputed,
        reason=_("All groups gave the same middle answer."),
        today=timezone.localdate(),
    )
    said = ngettext("%(n)s question is agreed on.", "%(n)s questions are agreed on.", number) % {"n": number}
    messages.success(request, said)
    return redirect("agreement", org=org, round_=round_)


@require_http_methods(["GET", "HEAD", "POST"])
def dissent(request: Request, org: UUID, round_: UUID, criterion: str) -> HttpResponse:
    """Say what one sees otherwise."""
    found, edition = the_round(request, org, round_)
    the_steps(edition, found, criterion)
    own = laid_over(found).own
    voices = [(one, voice_title(own, one, get_language())) for one in agreements.voices_of(request.scope, org)]
    form = DissentForm(voices, request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        agreements.dissent(
            by=request.scope,
            organisation=org,
            round_=round_,
            criterion=criterion,
            voice=said["voice"],
            text=said["text"],
            once=said["once"],
        )
        messages.success(request, _("It stands beside the agreed step from now on, without your name."))
        return redirect("agreement-question", org=org, round_=round_, criterion=criterion)
    context = {"round": found, "criterion": criterion, "form": form}
    return render(request, "agreement/dissent.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: Request, org: UUID, round_: UUID, dissent: UUID) -> HttpResponse:
    """Take one's own dissent back."""
    found = get_object_or_404(Dissent.objects.within(request.scope), pk=dissent, round=round_, round__org=org)
    try:
        agreements.take_back(by=request.scope, organisation=org, dissent=dissent)
    except Dissent.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("You took it back."))
    return redirect("agreement-question", org=org, round_=round_, criterion=found.criterion)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Tell those who were asked what came of it: a look at what they will see, then one button."""
    found, edition = the_round(request, org, round_)
    if request.method != "POST":
        names = group_names(edition, queries.groups(request.scope, found), get_language())
        page = agreement_page(found, edition, agreed(request.scope, found), get_language(), names)
        return render(request, "agreement/tell.html", {"round": found, "page": page})
    try:
        limit.check(request.scope.account, queries.asked_by_mail(request.scope, round_))
        told, addresses = agreements.tell(by=request.scope, organisation=org, round_=round_, today=timezone.localdate())
    except agreements.NothingAgreed:
        messages.error(request, _("Agree on something first: people want to know what came of their answers."))
        return redirect("agreement", org=org, round_=round_)
    except limit.TooManyMails as refused:
        messages.error(request, str(refused))
        return redirect("agreement", org=org, round_=round_)
    limit.count(request.scope.account, len(addresses))
    body = render_to_string("agreement/letter.txt", {"round": told})
    failed = [
        one for one in addresses if not send_mail(_("What came of your answers"), body, None, [one], fail_silently=True)
    ]
    messages.success(request, _("It is shown now to everyone who was asked, by the link they answered with."))
    if failed:
        messages.error(request, _("These mails could not be sent:") + " " + ", ".join(failed))
    return redirect("round", org=org, round_=round_)


def the_round(request: Request, org: UUID, round_: UUID) -> tuple[Round, Edition]:
    """A closed round with the edition it is read by; 404 for any other."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_, state=Round.State.CLOSED)
    return found, laid_over(found).edition


def the_steps(edition: Edition, found: Round, criterion: str) -> list[str]:
    """What one would see at each step of a question; 404 for one that cannot be agreed on in this round."""
    if criterion not in dict(agreeable(found, edition)):
        raise Http404
    words = edition.words(get_language())
    return list(words.criteria[criterion].steps or words.scales[edition.criteria[criterion].scale].answers)


def _next_open(request: Request, found: Round, edition: Edition, criterion: str) -> str | None:
    """The next question that nobody has agreed on, after this one and then from the beginning."""
    settled = set(Agreement.objects.within(request.scope).filter(round=found).values_list("criterion", flat=True))
    order = [id_ for id_, _found in agreeable(found, edition)]
    place = order.index(criterion)
    return next((id_ for id_ in (*order[place + 1 :], *order[:place]) if id_ not in settled), None)


def question_page(
    request: Request,
    found: Round,
    edition: Edition,
    criterion: str,
    *,
    agreement_form: AgreementForm | None = None,
    overtaken: Agreement | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one question, with what was typed in a form that was not taken."""
    steps = the_steps(edition, found, criterion)
    item = edition.criteria[criterion].item
    beside = [one.id for one in edition.criteria_of(item) if not edition.scales[one.scale].ordered]
    came = agreed(request.scope, found)
    lines = result_lines(queries.results(request.scope, found, criteria=[criterion, *beside]), get_language(), came)
    words = edition.words(get_language()).criteria
    asked = [(id_, words[id_].question) for id_, _found in agreeable(found, edition)]
    place = [id_ for id_, _question in asked].index(criterion)
    agreement = came[criterion].agreement if criterion in came else None
    dissents = came[criterion].dissents if criterion in came else ()
    account = request.scope.account
    context = {
        "round": found,
        "criterion": criterion,
        "item": edition.items[item],
        "text": edition.words(language := get_language()).items[item],
        "line": (line := next(line for line in lines if line.criterion == criterion)),
        "beside": [line for line in lines if line.criterion != criterion],
        "steps": list(enumerate(steps)),
        "agreement": agreement,
        "step_words": line.agreed_words,
        "dissents": [
            (one, voice_title(edition, one.voice, language), one.account_id == (account and account.pk))
            for one in dissents
        ],
        "evidence": evidence.used_in(request.scope, found).get(criterion, []),
        "number": place + 1,
        "count": len(asked),
        "before": asked[place - 1] if place else None,
        "after": asked[place + 1] if place + 1 < len(asked) else None,
        "may_steer": request.scope.may("agreement.change", found.org_id),
        "agreement_form": agreement_form or AgreementForm(steps, initial=_initial(agreement)),
        "overtaken": overtaken,
        "overtaken_words": steps[overtaken.step] if overtaken and overtaken.step is not None else "",
    }
    return render(request, "agreement/question.html", context, status=status)


def _initial(agreement: Agreement | None) -> dict[str, object]:
    if agreement is None:
        return {"revision": 0}
    step = OPEN if agreement.step is None else str(agreement.step)
    return {"step": step, "reason": agreement.reason, "revision": agreement.revision}
