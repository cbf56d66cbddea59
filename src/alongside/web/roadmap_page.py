"""The roadmap as a page: what is being done now, then year by year. Rows are strings, as there can be hundreds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.people.models import Account
from alongside.planning.models import Plan, Step
from alongside.planning.queries import OPEN, Row
from alongside.rules.plan_years import year_of
from alongside.rules.roadmap import FEW
from alongside.standard.loading import standard
from alongside.web.plan_words import day_writer, hour_figure, hours, money, takes, year_days
from alongside.web.templatetags.words import item_url

ANY = UUID(int=0)

SHOWS = ("", "all", "mine", "done", "aside")
"""What the list shows: by itself this year and what is open from before; other years when one asks for them."""


class Again(NamedTuple):
    """The items that the next round should ask about, and where one opens a round (empty for those who do not)."""

    items: Sequence[str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the plan: what all its steps take, sub-projects as markup; `more`: some steps are not drawn here."""

    number: int
    days: str
    steps: int
    done: int
    takes: str
    projects: SafeString
    more: bool


class Total(NamedTuple):
    """What a year takes, or all of them together."""

    label: str
    hours: str
    money: str


@dataclass(frozen=True, slots=True)
class RoadmapPage:
    """The whole page. `now` has what is being done as markup, `doing` how many that are."""

    now: SafeString
    doing: int
    too_many: bool
    years: tuple[Year, ...]
    totals: tuple[Total, ...]
    aside: int
    empty: bool


def roadmap_page(
    plan: Plan, rows: Sequence[Row], again: Again, *, show: str, account: Account | None, today: date
) -> RoadmapPage:
    """`rows` in the order of the plan, narrowed to `show`."""
    standing = [row for row in rows if row.state != Step.State.DROPPED]
    year = year_of(plan.starts_on, today)
    chosen = [row for row in rows if _shown(row, show, account, year)]
    write = row_writer(plan, again, today)
    doing = [row for row in chosen if row.state == Step.State.DOING]
    counted = sum(row.state == Step.State.DOING for row in standing)
    return RoadmapPage(
        now=_list(doing, write),
        doing=counted,
        too_many=counted > FEW,
        years=tuple(_years(plan, standing, chosen, write, show)),
        totals=tuple(_totals(plan, standing)),
        aside=len(rows) - len(standing),
        empty=not chosen,
    )


def _shown(row: Row, show: str, account: Account | None, year: int) -> bool:
    if (row.state == Step.State.DROPPED) != (show == "aside"):
        return False
    match show:
        case "mine":
            return account is not None and row.who_id == account.pk
        case "done":
            return row.state == Step.State.DONE
        case "":
            return row.year == year or row.state == Step.State.DOING or (row.year < year and row.state in OPEN)
    return True


def _years(
    plan: Plan, standing: Iterable[Row], chosen: Iterable[Row], write: Callable[[Row], str], show: str
) -> Iterable[Year]:
    """Every year with a step to show or, where all are told of, any step. What is being done stands above."""
    there, drawn = _by_year(standing), _by_year(chosen)
    for number in sorted({*drawn, *(there if show in ("", "all") else ())}):
        whole, shown = there.get(number, []), drawn.get(number, [])
        below = [row for row in shown if row.state != Step.State.DOING]
        if show not in ("", "all") and not below:
            continue
        yield Year(
            number=number,
            days=year_days(plan.starts_on, number),
            steps=len(whole),
            done=sum(row.state == Step.State.DONE for row in whole),
            takes=takes(*_sum(whole)),
            projects=_projects(below, write),
            more=not show and len(shown) < len(whole),
        )


def _by_year(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(row)
    return found


def _totals(plan: Plan, standing: Sequence[Row]) -> Iterable[Total]:
    numbers = sorted({row.year for row in standing})
    for number in numbers:
        minutes, cents = _sum(row for row in standing if row.year == number)
        yield Total(year_days(plan.starts_on, number), hour_figure(minutes) or "—", money(cents) or "—")
    if len(numbers) > 1:
        minutes, cents = _sum(standing)
        yield Total(_("together"), hour_figure(minutes) or "—", money(cents) or "—")


def _sum(rows: Iterable[Row]) -> tuple[int, int]:
    """Minutes and cents of some steps together."""
    some = list(rows)
    return sum(row.minutes for row in some), sum(row.cents for row in some)


def _projects(rows: Iterable[Row], write: Callable[[Row], str]) -> SafeString:
    """Sub-projects, each with its steps under its title."""
    parts = []
    for title, group in groupby(rows, key=lambda row: row.project):
        parts.append(f"<h3>{escape(title)}</h3>{_list(list(group), write)}")
    return mark_safe("".join(parts))  # every word in it was escaped


def _list(rows: Sequence[Row], write: Callable[[Row], str]) -> SafeString:
    return mark_safe(f'<ul class="list">{"".join(map(write, rows))}</ul>' if rows else "")


def row_writer(plan: Plan, again: Again, today: date) -> Callable[[Row], str]:
    """What writes one row; words that return are looked up once for the page."""
    base = address_of_steps(plan)
    nobody, someone, late = _("nobody yet"), _("someone without a name"), _("late")
    ask = _ask_again(again.url)
    chips: dict[str, str] = {
        state: _chip(str(state.label)) for state in (Step.State.DOING, Step.State.DONE, Step.State.DROPPED)
    }
    by, done, day = _("by %(day)s"), _("done on %(day)s"), day_writer()
    taken, cost, item = cache(hours), cache(money), cache(_item)

    def write(row: Row) -> str:
        who = escape(row.who or "") or someone if row.who_id else nobody if row.state in OPEN else ""
        when = done % {"day": day(row.done_on)} if row.done_on else by % {"day": day(row.due)} if row.due else ""
        parts = [item(row.item), who, when, taken(row.minutes), cost(row.cents)]
        mark = _chip(late, " chip-warm") if is_late(row, today) else chips.get(row.state, "")
        note = ask if row.state == Step.State.DONE and row.item in again.items else ""
        return (
            f'<li><div><a class="strong" href="{base[0]}{row.id}{base[1]}">{escape(row.title)}</a>'
            f"<small>{' · '.join(filter(None, parts))}</small>{note}</div>{mark}</li>"
        )

    return write


def address_of_steps(plan: Plan) -> tuple[str, str]:
    """What stands before and after the id in the address of a step's page."""
    before, _id, after = reverse("step", args=[plan.org_id, ANY]).partition(str(ANY))
    return before, after


def is_late(row: Row, today: date) -> bool:
    """Whether it should be done by now and is not."""
    return row.due is not None and row.due < today and row.state in OPEN


def _ask_again(url: str) -> str:
    words = escape(_("Done: ask again about it in the next round"))
    return f'<small>{f"""<a href="{url}">{words}</a>""" if url else words}</small>'


def _item(item: str) -> str:
    """The id, as a link where the standard of today still has it."""
    if item not in standard().items:
        return f'<span class="item-id">{escape(item)}</span>'
    return f'<a class="item-id" href="{item_url(item)}">{escape(item)}</a>'


def _chip(word: str, kind: str = "") -> str:
    return f'<span class="chip{kind}">{escape(word)}</span>'
