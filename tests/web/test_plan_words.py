"""Plans in words: time, money and months, in the language of the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from alongside.rules.roadmap import Because, Reason
from alongside.standard.items import Force
from alongside.web.plan_forms import AmountField, amount
from alongside.web.plan_words import WHO_NAMES, hour_figure, hours, money, reason, takes, year_days

HOURS = {
    0: "",
    60: "1 hour",
    90: "1.5 hours",
    20: "0.33 hours",
    30: "0.5 hours",
    720: "12 hours",
    600_000: "10,000 hours",
}


@pytest.mark.parametrize("minutes", HOURS)
def test_minutes_are_told_as_hours(minutes):
    assert hours(minutes) == HOURS[minutes]


def test_money_has_cents_where_there_are_some():
    assert [money(0), money(50_000), money(120_050)] == ["", "€\u00a0500", "€\u00a01,200.50"]


def test_what_a_step_takes_is_told_in_short():
    assert takes(90, 50_000) == "1.5 hours · €\u00a0500"
    assert takes(0, 0) == ""


def test_numbers_follow_the_language_of_the_page():
    with override("de"):
        assert hour_figure(90) == "1,5"
        assert money(120_050) == "€\u00a01.200,50"


def test_a_year_of_a_plan_is_twelve_months():
    assert year_days(date(2026, 11, 1), 1) == "November 2026 – October 2027"
    assert year_days(date(2026, 11, 1), 3) == "November 2028 – October 2029"


@pytest.mark.parametrize("language", ["en", "de", "nl", "nb", "pl", "el"])
@pytest.mark.parametrize("cents", [0, 5, 50, 100, 1999, 120_050, 100_000_000])
def test_what_a_form_shows_is_read_back_as_it_was(language, cents):
    with override(language):
        assert AmountField().clean(amount(Decimal(cents) / 100)) == cents


@pytest.mark.parametrize("because", Because)
def test_every_reason_says_what_is_known_and_how_firmly_the_source_speaks(edition, because):
    step = 1 if because is Because.MISSING else None
    told = reason(edition, Reason("A8.buddy", Force.SHOULD, because, step, due=True), "en")
    assert "The source asks for this" in told
    assert ("You stand at" in told) == (because is Because.MISSING)
    assert "It can come later" in reason(edition, Reason("A8.buddy", Force.SHOULD, because, step, due=False), "en")


def test_everyone_who_does_a_step_has_a_name(edition):
    assert {part for template in edition.steps.values() for part in template.who} <= set(WHO_NAMES)
