"""The pages of the standard: every item has one, each says where it stands, and none needs the database."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from alongside.standard.edition import Edition
from alongside.standard.items import Confidence, Task
from alongside.standard.overlays import Overlay, lay_over
from alongside.standard.texts import Texts
from alongside.web import standard_pages as pages
from alongside.web.reading import Reader, alphabetical
from alongside.web.views import standard as views
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

PLACES = ["/standard/", "/standard/matrix/", "/standard/glossary/", "/standard/search/", "/standard/search/?q=recovery"]


@pytest.fixture
def visitor() -> Client:
    """A client without a session; without the `db` mark any query at all fails the test."""
    return Client()


def with_texts(edition: Edition, texts: dict[str, Texts]) -> Edition:
    fields = {name: getattr(edition, name) for name in Edition.model_fields}
    return Edition.model_construct(**fields | {"texts": texts})


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def main(text: str) -> str:
    return text.split('<main id="main"')[1].split("</main>")[0]


def test_every_item_has_a_page_with_its_title_source_and_text(visitor, edition):
    for id_, item in edition.items.items():
        shown, text = main(page(visitor, f"/standard/item/{id_}/")), edition.words().items[id_]
        assert re.search(rf"<h1[^>]*>{re.escape(text.title)}</h1>", shown), id_
        assert text.text in shown, id_
        if item.kind != "part":
            assert text.why in shown, id_
            assert all(f"<dd>{source.section}</dd>" in shown for source in item.source), id_
            assert all(point in shown for point in text.points.values()), id_
            assert item.note in shown, id_


def test_every_part_has_a_page_that_leads_to_all_that_is_in_it(visitor, edition):
    for part in edition.children(None):
        shown = main(page(visitor, f"/standard/part/{part.id}/"))
        missing = [item.id for item in edition.under(part.id) if f'href="/standard/item/{item.id}/"' not in shown]
        assert not missing, part.id


def test_every_part_stands_on_the_overview(visitor, edition):
    shown = main(page(visitor, "/standard/"))
    assert all(f'href="/standard/part/{part.id}/"' in shown for part in edition.children(None))
    assert "11 preconditions, 45 recommendations" in shown
    assert all(document.title in shown for document in edition.documents.values())


def test_every_link_of_the_standard_leads_somewhere(visitor, edition):
    shown = [page(visitor, address) for address in PLACES]
    shown += [page(visitor, f"/standard/part/{part.id}/") for part in edition.children(None)]
    shown += [page(visitor, f"/standard/item/{item}/") for item in ("A7.seniority", "task.groups", "role.cpee", "B1")]
    links = {link for text in shown for link in re.findall(r'href="(/standard/[^"]*)"', text)}
    broken = [link for link in links if visitor.get(link).status_code != 200]
    assert len(links) > len(edition.items)
    assert not broken


@pytest.mark.parametrize(
    "address", ["item/A7.nothing/", "part/A7/", "part/nothing/", "item/a7.seniority/", "item/<script>/"]
)
def test_what_is_in_no_edition_of_the_standard_is_not_found(db, visitor, address):
    assert visitor.get(f"/standard/{address}").status_code == 404


@pytest.mark.parametrize("address", PLACES)
def test_pages_only_show(visitor, address):
    assert visitor.post(address).status_code in (403, 405)


def test_an_item_shows_force_stage_questions_and_ways_on(visitor, edition):
    shown = main(page(visitor, "/standard/item/A7.seniority/"))
    criterion = edition.words().criteria["q.A7.seniority"]
    for expected in ("the source asks for this", "the source prefers this", "before the first day", criterion.question):
        assert expected in shown
    assert all(step in shown for step in criterion.steps)
    assert criterion.next in shown
    assert "Peer workers, Team managers, Teams, Human resources" in shown
    assert "Recommendations for the placement and involvement of peer support workers" in shown
    assert "<dd>3.1 A.7 Seniority</dd>" in shown
    related = ["B9", "B8", "A8.buddy", "ref.davidson-2012", "role.psw", "A11.friction", "A7.role-choice", "A7"]
    assert all(f'href="/standard/item/{item}/"' in shown for item in related)


def test_a_question_without_steps_shows_the_answers_of_its_scale(visitor):
    shown = main(page(visitor, "/standard/item/B1/"))
    assert "<li>it has happened, not now</li>" in shown


def test_behaviour_of_a_persons_inside_is_never_asked_of_others(visitor):
    promise = "never asked of others"
    assert promise in page(visitor, "/standard/item/generic.meaning.3/")
    assert promise not in page(visitor, "/standard/item/generic.listening.1/")


def test_a_work_is_cited_in_full(visitor, edition):
    shown = main(page(visitor, "/standard/item/ref.bakel-2013/"))
    work = edition.items["ref.bakel-2013"]
    assert all(author in shown for author in work.authors)
    assert f"({work.year}). <cite>{work.title}</cite>. {work.published}." in shown
    assert f'href="{work.url}"' in shown


def test_the_matrix_says_not_stated_and_never_zero_for_the_lost_task(visitor, edition):
    shown = main(page(visitor, "/standard/matrix/"))
    rows = {
        match[1]: match[0]
        for match in re.finditer(r'<tr><th scope="row"><a href="/standard/item/([^/]+)/.*?</tr>', shown)
    }
    assert len(rows) == 14
    lost = rows["task.social-parties"]
    assert re.findall(r"<td>(.*?)</td>", lost) == ['<span class="not-stated">not stated</span>'] * 3
    assert "d0" not in lost
    assert sum("not-stated" in row for row in rows.values()) == 1


def test_the_matrix_shows_every_cell_with_its_confidence(visitor, edition):
    shown = main(page(visitor, "/standard/matrix/"))
    for task in edition.of_kind("task"):
        assert isinstance(task, Task)
        row = re.search(rf'<tr><th scope="row"><a href="/standard/item/{re.escape(task.id)}/.*?</tr>', shown)
        drawn = re.findall(r"<td>(.*?)</td>", row[0])
        assert len(drawn) == len(task.cells) == 3
        for level, cell in task.cells.items():
            assert ("inferred" in drawn[level - 1]) == (cell.confidence is Confidence.INFERRED)
            assert cell.emphasis is None or f"dots d{cell.emphasis}" in drawn[level - 1]
    assert re.findall(r"<small>(EQF[^<]*)</small>", shown) == ["EQF 4", "EQF 5", "EQF 6, inferred"]


def test_the_glossary_explains_every_word_in_alphabetical_order(visitor, edition):
    shown = main(page(visitor, "/standard/glossary/"))
    ids = re.findall(r'<dt id="([^"]+)">', shown)
    titles = [edition.words().items[id_].title for id_ in ids]
    assert set(ids) == {concept.id for concept in edition.of_kind("concept")}
    assert titles == sorted(titles, key=str.casefold)
    assert all(f'href="#{id_}"' in shown for id_ in ids)
    assert all(point in shown for point in edition.words().items["concept.experiential-expertise"].points.values())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Arbeid", "Zen", "Ærlighet", "Øving", "Åpenhet"]),
        ("pl", ["Cel", "Ćma", "Lato", "Łąka", "Mowa"]),
        ("de", ["Angst", "Ärger", "Beistand"]),
        ("el", ["αγάπη", "Άγχος", "βοήθεια"]),
    ],
)
def test_words_stand_in_the_order_of_their_language(language, words):
    shuffled = words[::-1]
    assert sorted(shuffled, key=lambda word: alphabetical(word, language)) == words


def test_search_shows_what_was_found_and_where(visitor):
    shown = main(page(visitor, "/standard/search/?q=FREE+Space"))
    assert 'href="/standard/item/task.free-space/"' in shown
    assert "<mark>free</mark>" in shown
    assert 'value="FREE Space"' in shown
    assert "Task · <span>The profile" in shown


def test_search_says_what_to_do_when_nothing_was_asked_or_found(visitor):
    assert "Type a word or two" in page(visitor, "/standard/search/")
    assert "Nothing has all of these words" in page(visitor, "/standard/search/?q=unobtainium")


def test_search_shows_no_more_than_anyone_reads(visitor):
    shown = main(page(visitor, "/standard/search/?q=e"))
    assert shown.count('class="item-id"') == 40
    assert "are not shown" in shown


def test_htmx_gets_the_results_alone(visitor):
    part = page(visitor, "/standard/search/?q=buddy", **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'id="found"' in part
    assert 'href="/standard/item/A8.buddy/"' in part
    again = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in page(visitor, "/standard/search/?q=buddy", **again)
    assert "HX-Request" in visitor.get("/standard/search/").headers["Vary"]


def test_what_was_typed_is_never_markup(visitor):
    response = visitor.get("/standard/search/", {"q": '"><script>alert(1)</script>'})
    assert b"<script>alert" not in response.content


def test_an_untranslated_item_says_so_and_marks_its_language(visitor, edition, monkeypatch):
    english = with_texts(edition, {"en": edition.texts["en"]})
    monkeypatch.setattr(views, "standard", lambda: english)
    with override("pl"):
        note = gettext("In English; not translated yet.")
    polish = main(page(visitor, "/standard/item/A7.seniority/", **{"Accept-Language": "pl"}))
    assert '<h1 lang="en">Nobody new works alone</h1>' in polish
    assert note in polish
    assert note not in page(visitor, "/standard/item/A7.seniority/")


def test_how_far_a_page_is_translated(edition):
    """Nothing missing, some, all; a draft only where there is a translation."""
    source = edition.texts["en"]
    polish = Texts(language="pl", draft=True, items={"A7": source.items["A7"]})
    reader = Reader(with_texts(edition, {"en": source, "pl": polish}), "pl")
    assert reader.wording(["A7"]) == ("", True)
    assert reader.wording(["A7", "A8"]) == ("some", True)
    assert reader.wording(["A8"]) == ("all", False)
    assert Reader(edition, "en").wording(edition.items) == ("", False)


def test_an_overlay_is_named_and_its_cells_are_the_organisations_own(edition):
    overlay = Overlay(id="noorderhof", title="Ours", because="We do", cells={"task.social-parties": {1: 2}})
    laid = lay_over(edition, overlay)
    shown = pages.item_page(laid, "en", "task.social-parties")
    assert shown.overlay == "noorderhof"
    assert [cell.confidence for _, cell in shown.cells] == [Confidence.OWN, Confidence.UNKNOWN, Confidence.UNKNOWN]
    assert pages.item_page(laid, "en", "task.groups").overlay == ""


def test_before_and_after_stay_under_the_same_parent(edition):
    first, last = (pages.item_page(edition, "en", f"A8.{id_}") for id_ in ("guidelines", "clarity"))
    assert (first.before, first.after and first.after.id) == (None, "A8.contact-person")
    assert (last.before and last.before.id, last.after) == ("A8.job-coaching", None)


READ = [*PLACES, "/standard/part/A/", "/standard/part/competences/", "/standard/part/references/"]
READ += [f"/standard/item/{id_}/" for id_ in ("A7.seniority", "task.networks", "role.cpee", "generic.meaning.3", "B1")]


@needs_browser
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_pages_are_accessible_and_fit_the_screen(transactional_db, live_server, browser, size, light):
    with opened_page(browser, live_server.url, size, color_scheme=light) as screen:
        for address in READ:
            screen.goto(address)
            assert not overflows(screen), address
            assert not violations(screen), address


@needs_browser
def test_pages_fit_a_small_phone(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url, (320, 640)) as screen:
        for address in READ:
            screen.goto(address)
            wide = screen.evaluate(
                "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > 321)"
                ".map(one => one.outerHTML.slice(0, 80))"
            )
            assert not wide, address


@needs_browser
def test_search_answers_while_one_types(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url) as screen:
        screen.goto("/standard/search/")
        screen.locator("#q").press_sequentially("BUD")
        screen.locator("#results a", has_text="buddy").wait_for()
        assert "found" in screen.inner_text("#found")
        assert screen.url.endswith("?q=BUD")
        assert screen.evaluate("document.activeElement.id") == "q"


@needs_browser
def test_search_needs_no_script(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url, java_script_enabled=False) as screen:
        screen.goto("/standard/")
        screen.locator("#q").fill("buddy")
        screen.locator("#q").press("Enter")
        screen.locator("#results a", has_text="buddy").click()
        assert "/standard/item/A8.buddy/" in screen.url
