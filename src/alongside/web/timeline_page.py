"""A roadmap as a timeline of one year, and as a board: other views of the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.pictures.timeline import Bar, overlaps, timeline
from alongside.planning.models import Plan, Step
from alongside.planning.queries import OPEN, Row
from alongside.rules.plan_years import YEARS, year_begins, year_of
from alongside.web.plan_words import day_writer, year_days
from alongside.web.roadmap_page import address_of_steps, is_late

MOST_DONE, MOST_PLANNED = 8, 20
DASH = "—"
Day = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One year: the picture, the rows of its table, how many they are, how many steps of the year have no date."""

    year: int
    days: str
    years: tuple[tuple[int, str], ...]
    picture: SafeString
    table: SafeString
    count: int
    undated: int


@dataclass(frozen=True, slots=True)
class Card:
    """A step on the board: `facts` are who and when, `moves` what its buttons send, with the words on them."""

    row: Row
    url: str
    facts: str
    late: bool
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A state with its cards; `more`: how many others stand in the list only."""

    state: str
    title: str
    cards: tuple[Card, ...]
    more: int


def timeline_page(plan: Plan, rows: Iterable[Row], year: int | None, today: date) -> TimelinePage:
    """The steps that fall into a year of the plan, or into the current one."""
    standing = [row for row in rows if row.state != Step.State.DROPPED]
    years = range(1, max([YEARS, *(row.year for row in standing)]) + 1)
    chosen = year if year and year in years else min(year_of(plan.starts_on, today), years[-1])
    first, last = year_begins(plan.starts_on, chosen), year_begins(plan.starts_on, chosen + 1) - timedelta(days=1)
    shown = [row for row in standing if overlaps(*_span(row), first, last)]
    shown.sort(key=lambda row: (_span(row)[0] or row.due or first, row.due or last))
    states = {state.value: str(state.label) for state in Step.State}
    base = address_of_steps(plan)
    day = day_writer()
    bars = [_bar(row, base, states, day, today) for row in shown]
    return TimelinePage(
        year=chosen,
        days=year_days(plan.starts_on, chosen),
        years=tuple((number, year_days(plan.starts_on, number)) for number in years),
        picture=mark_safe(timeline(bars, first, last, today=today, months=_months(first))),  # escaped where it is made
        table=_table(shown, day),
        count=len(shown),
        undated=sum(row.year == chosen and not any(_span(row)) for row in standing),
    )


def _span(row: Row) -> tuple[date | None, date | None]:
    """From when until when; what was done earlier or later than planned ends on the day it was done."""
    ends = row.done_on or row.due
    return (min(row.starts_on, ends) if row.starts_on and ends else row.starts_on, ends)


def _bar(row: Row, base: tuple[str, str], states: Mapping[str, str], day: Day, today: date) -> Bar:
    begins, ends = _span(row)
    days = " – ".join(day(one) for one in dict.fromkeys((begins, ends)) if one)
    note = " · ".join(part for part in (states[row.state], row.who or "", days) if part)
    kind = "late" if is_late(row, today) else row.state
    return Bar(row.title, f"{base[0]}{row.id}{base[1]}", note, begins, ends, kind)


def _table(rows: Iterable[Row], day: Day) -> SafeString:
    """Step, who, from, by, done on; every word is escaped."""
    written = []
    for row in rows:
        cells = (escape(row.who or ""), *(one and day(one) for one in (row.starts_on, row.due, row.done_on)))
        written.append(
            f'<tr><th scope="row">{escape(row.title)}</th>{"".join(f"<td>{cell or DASH}</td>" for cell in cells)}</tr>'
        )
    return mark_safe("".join(written))


def _months(first: date) -> list[tuple[date, str]]:
    """Every second month, so that their names have room on a phone."""
    months = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(0, 13, 2)
    ]
    return [(one, date_format(one, "M")) for one in months if first <= one < year_begins(first, 2)]


def board(plan: Plan, rows: Iterable[Row], today: date) -> tuple[Column, ...]:
    """Planned (the next of this year of the plan and before), being done, done (the latest)."""
    state = Step.State
    year = year_of(plan.starts_on, today)
    of = {one: [row for row in rows if row.state == one] for one in (state.PLANNED, state.DOING, state.DONE)}
    near = [row for row in of[state.PLANNED] if row.year <= year][:MOST_PLANNED]
    latest = sorted(of[state.DONE], key=lambda row: row.done_on or date.min, reverse=True)[:MOST_DONE]
    begin, finish, back = (state.DOING, _("Begin")), (state.DONE, _("Done")), (state.PLANNED, _("Put back"))
    again = (state.DOING, _("Take up again"))
    card = card_writer(plan, today)
    return (
        _column(state.PLANNED, [card(row, begin, finish) for row in near], len(of[state.PLANNED])),
        _column(state.DOING, [card(row, finish, back) for row in of[state.DOING]], len(of[state.DOING])),
        _column(state.DONE, [card(row, again) for row in latest], len(of[state.DONE])),
    )


def _column(state: Step.State, cards: Sequence[Card], there: int) -> Column:
    return Column(state.value, str(state.label), tuple(cards), there - len(cards))


def card_writer(plan: Plan, today: date) -> Callable[..., Card]:
    """What makes a card of a row and of the moves it offers."""
    base, day = address_of_steps(plan), day_writer()
    nobody, someone, by = _("nobody yet"), _("someone without a name"), _("by %(day)s")

    def card(row: Row, *moves: tuple[str, str]) -> Card:
        who = (row.who or someone) if row.who_id else nobody if row.state in OPEN else ""
        when = day(row.done_on) if row.done_on else by % {"day": day(row.due)} if row.due else ""
        buttons = tuple((f"{row.id} {state} {row.revision}", words) for state, words in moves)
        facts = " · ".join(filter(None, (who, when)))
        return Card(row, f"{base[0]}{row.id}{base[1]}", facts, is_late(row, today), buttons)

    return card
