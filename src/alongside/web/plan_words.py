"""Plans in words: time, money, years, who does something and why it is proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, partial

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alongside.planning.models import Plan
from alongside.rules.plan_years import YEARS, year_begins
from alongside.rules.roadmap import Because, Reason
from alongside.standard.edition import Edition
from alongside.standard.items import Force
from alongside.standard.loading import standard
from alongside.standard.steps import Who
from alongside.standard.texts import ItemText, StepText

WHO_NAMES = {
    Who.COORDINATOR: gettext_lazy("coordinator"),
    Who.PROJECT_GROUP: gettext_lazy("project group"),
    Who.BOARD: gettext_lazy("board"),
    Who.MANAGEMENT: gettext_lazy("management"),
    Who.MANAGER: gettext_lazy("team manager"),
    Who.HR: gettext_lazy("human resources"),
    Who.TEAM: gettext_lazy("team"),
    Who.PEER_WORKER: gettext_lazy("peer worker"),
    Who.CLIENT: gettext_lazy("clients"),
    Who.RELATIVE: gettext_lazy("relatives"),
    Who.TRAINER: gettext_lazy("trainer"),
}


def day_writer() -> Callable[[date], str]:
    """Writes days as the language of the page does: “4 December 2026”. Remembered, as a list can show hundreds."""
    return partial(_day, get_language() or "")


@lru_cache(maxsize=4096)
def _day(_language: str, day: date) -> str:
    return date_format(day)


def roadmap_title(today: date) -> str:
    """What a new roadmap is called: “Roadmap 2026–2028”."""
    return _("Roadmap %(from)s–%(to)s") % {"from": today.year, "to": today.year + YEARS - 1}


def hour_figure(minutes: int) -> str:
    """Minutes as hours: “12”, “1.5”, “0.33”; empty for none."""
    if not minutes:
        return ""
    places = 0 if minutes % 60 == 0 else 1 if minutes % 6 == 0 else 2
    return number_format(round(Decimal(minutes) / 60, places), places, force_grouping=True)


def hours(minutes: int) -> str:
    """“12 hours”, “1.5 hours”; empty for none."""
    if not minutes:
        return ""
    return ngettext("%(n)s hour", "%(n)s hours", 1 if minutes == 60 else 2) % {"n": hour_figure(minutes)}


def money(cents: int) -> str:
    """“€ 1,200”, with cents where there are some; empty for none."""
    if not cents:
        return ""
    return "€\u00a0" + number_format(Decimal(cents) / 100, 2 if cents % 100 else 0, force_grouping=True)


def takes(minutes: int, cents: int) -> str:
    """What something takes: “12 hours · € 500”."""
    return " · ".join(filter(None, (hours(minutes), money(cents))))


def year_days(starts_on: date, year: int) -> str:
    """The months of a year of a plan: “November 2026 – October 2027”."""
    begins, ends = year_begins(starts_on, year), year_begins(starts_on, year + 1) - timedelta(days=1)
    return f"{date_format(begins, 'F Y')} – {date_format(ends, 'F Y')}"


def item_text(edition: Edition, item: str, language: str | None) -> ItemText:
    """The words of an item of a plan, by the edition of today or, where it has gone, by the plan's own."""
    return _knows(edition, item).words(language).items[item]


def template_text(edition: Edition, template: str, language: str | None) -> StepText | None:
    """The words of a template; None for a step of the organisation's own."""
    return standard().words(language).steps.get(template) or edition.words(language).steps.get(template)


def _knows(edition: Edition, item: str) -> Edition:
    return standard() if item in standard().items else edition


def reason(edition: Edition, why: Reason, language: str | None) -> str:
    """Why a step is proposed, in one or two sentences."""
    return f"{_known(edition, why, language)} {_speaks(why)}"


def _known(edition: Edition, why: Reason, language: str | None) -> str:
    if why.because is Because.UNKNOWN:
        return _("Nobody could say how it stands.")
    if why.step is None:
        return _("Nobody has said yet how it stands.")
    scale = next(one.scale for one in edition.criteria_of(why.item) if edition.scales[one.scale].ordered)
    return _("You stand at “%(step)s”.") % {"step": edition.words(language).scales[scale].answers[why.step]}


def _speaks(why: Reason) -> str:
    if not why.due:
        return _("It can come later, and it takes time to prepare.")
    if why.force is Force.SHOULD:
        return _("The source asks for this, and at your stage it belongs in place.")
    return _("The source prefers this, and it makes the rest easier.")


def audience(plan: Plan) -> str:
    """Who may know of a plan, in a sentence."""
    match plan.audience:
        case Plan.Audience.ORGANISATION:
            return _("Everyone with a role in this organisation can see this plan.")
        case Plan.Audience.NAMED:
            return _("Only the people named in this plan can see that it exists.")
        case _:
            return _("Only you can see that this plan exists.")
