"""The words of the standard in templates."""

from __future__ import annotations

import pytest
from django.template import engines
from django.urls import set_script_prefix
from django.utils.translation import override

from alongside.standard.edition import Edition
from alongside.standard.items import Force, Stage
from alongside.standard.loading import standard
from alongside.web.templatetags import words


def rendered(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_titles_and_questions_by_id_and_by_what_has_them(edition):
    title = edition.words().items["A7.seniority"].title
    question = edition.words().criteria["q.A7.seniority"].question
    context = {"item": edition.items["A7.seniority"], "criterion": edition.criteria["q.A7.seniority"]}
    assert rendered("{{ 'A7.seniority'|item_title }}") == rendered("{{ item|title_of }}", **context) == title
    assert rendered("{{ 'q.A7.seniority'|question_of }}") == rendered("{{ criterion|question_of }}", **context)
    assert rendered("{{ criterion|question_of|safe }}", **context) == question
    assert rendered("{% words as w %}{{ w.perspectives.board.title }}") == "The board"


def test_a_link_carries_the_title_and_the_id(edition):
    link = rendered("{% item_link 'A7.seniority' %}")
    assert link == (
        f'<a href="/standard/item/A7.seniority/">{edition.words().items["A7.seniority"].title}</a>'
        ' <span class="item-id">A7.seniority</span>'
    )


def test_a_link_says_which_language_it_falls_back_to(edition, monkeypatch):
    fields = {name: getattr(edition, name) for name in Edition.model_fields}
    english = Edition.model_construct(**fields | {"texts": {"en": edition.texts["en"]}})
    monkeypatch.setattr(words, "standard", lambda: english)
    with override("pl"):
        assert ' lang="en"' in rendered("{% item_link 'A7.seniority' %}")
        assert rendered("{{ 'A7.seniority'|item_lang }}") == "en"
    with override("en"):
        assert rendered("{{ 'A7.seniority'|item_lang }}") == ""


def test_a_part_leads_to_the_page_of_the_part():
    assert rendered("{{ 'A'|item_url }} {{ 'A7'|item_url }}") == "/standard/part/A/ /standard/item/A7/"


def test_addresses_follow_where_the_site_is_mounted():
    words.item_url("A7")
    set_script_prefix("/alongside/")
    try:
        assert words.item_url("A7") == "/alongside/standard/item/A7/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(("filter_", "values"), [("force_name", Force), ("stage_name", Stage)])
def test_every_force_and_stage_has_a_name_of_its_own(filter_, values):
    assert len({rendered(f"{{{{ v|{filter_} }}}}", v=value) for value in values}) == len(values)


def test_every_kind_has_names_and_counts(edition):
    kinds = {item.kind for item in edition.items.values()}
    assert kinds == set(words.KIND_NAMES)
    assert rendered("{{ 'recommendation'|kind_name }}, {{ 'recommendation'|kind_names }}") == (
        "Recommendation, Recommendations"
    )
    assert rendered("{{ 'task'|kind_count:1 }}, {{ 'task'|kind_count:14 }}") == "1 task, 14 tasks"


def test_emphasis_is_drawn_and_said():
    cells = standard().items["task.recovery-care"].cells
    assert "no mark, inferred" in rendered("{% emphasis cell %}", cell=cells[1])
    assert "2 of 3, inferred" in rendered("{% emphasis cell %}", cell=cells[2])
