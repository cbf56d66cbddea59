"""The mails that invite: one for each address, over one connection, once everything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.models import Organisation


def send_invitations(
    request: HttpRequest, organisation: Organisation, until: date, letters: Iterable[tuple[str, str]]
) -> list[str]:
    """Mail each address its link; returns the addresses that could not be mailed. Raises nothing."""
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
