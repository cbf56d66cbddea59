"""The mails that invite: one for each address, over one connection, once everything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from django.contrib import messages
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.models import Organisation
from alongside.web.access import Request
from alongside.web.letters import limit


def send_invitations(
    request: Request, organisation: Organisation, until: date, letters: Sequence[tuple[str, str]]
) -> list[str]:
    """Mail each address its link; returns the addresses that could not be mailed. Raises nothing."""
    try:
        limit.check(request.scope.account, len(letters))
    except limit.TooManyMails as refused:
        messages.error(request, str(refused))
        return [email for email, _token in letters]
    limit.count(request.scope.account, len(letters))
    failed = []
    with_server = get_connection()
    try:
        with_server.open()
    except OSError:
        return [email for email, _token in letters]
    for email, token in letters:
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
        body = render_to_string("people/invitation.txt", {"link": link, "place": organisation.name, "until": until})
        letter = EmailMessage(_("An invitation to work together"), body, to=[email], connection=with_server)
        try:
            letter.send()
        except OSError:
            failed.append(email)
    with suppress(OSError):
        with_server.close()
    return failed
