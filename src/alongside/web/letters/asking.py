"""Letters of a round: the link to answer with, and the reminder to all. Their subjects say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alongside.assessment.models import Round
from alongside.assessment.rounds import Opened
from alongside.people.models import Account


def send_links(opened: Opened, address: Callable[[str], str]) -> list[str]:
    """Mail every link; `address` makes a token the whole address of its page. Returns where it could not be sent."""
    failed = []
    for email, token in opened.letters:
        context = {"link": address(token), "round": opened.round, "joint": token in opened.joint}
        body = render_to_string("rounds/letter.txt", context)
        if not _sent(EmailMessage(_("Some questions, and your view counts"), body, to=[email])):
            failed.append(email)
    return failed


def send_reminders(found: Round, emails: Iterable[str], asker: Account) -> list[str]:
    """Remind everyone who was asked by mail. No link stands in it: only their hashes are kept."""
    body = render_to_string("rounds/reminder.txt", {"round": found, "asker": asker})
    letters = [EmailMessage(_("Your view still counts"), body, to=[email]) for email in emails]
    return [letter.to[0] for letter in letters if not _sent(letter)]


def _sent(letter: EmailMessage) -> bool:
    try:
        return letter.send() == 1
    except (OSError, ValueError):  # a server that refuses or is not there, an address that is none
        return False
