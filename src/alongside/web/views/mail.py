"""The weekly mail, switched on and off: by its owner, or by whoever holds the link that stands in the mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alongside.people import own
from alongside.web.access import Request
from alongside.web.letters.switch import account_of
from alongside.web.mail_forms import WeeklyForm


@require_http_methods(["GET", "POST"])
def weekly(request: Request) -> HttpResponse:
    """One's own weekly mail: on or off."""
    account = request.scope.account
    assert account is not None
    posted = request.POST if request.method == "POST" else None  # an empty form says "off"
    form = WeeklyForm(posted, initial={"weekly": account.weekly})
    if form.is_valid():
        own.choose_mail(by=account, weekly=form.cleaned_data["weekly"])
        messages.success(request, _("Saved."))
        return redirect("account-mail")
    return render(request, "letters/account_mail.html", {"form": form})


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is all it takes, and all it can do
@require_http_methods(["GET", "POST"])
def off(request: Request, token: str) -> HttpResponse:
    """GET asks and changes nothing; POST switches the mail off. No page tells whose mail it is."""
    account = account_of(token)
    if account is None:
        return render(request, "letters/mail_off.html", {"state": "unknown"}, status=404)
    if request.method == "POST":
        own.stop_mail(account=account)
        return render(request, "letters/mail_off.html", {"state": "off"})
    return render(request, "letters/mail_off.html", {"state": "asks"})
