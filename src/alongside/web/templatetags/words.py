"""The words of the standard in templates, in the language of the page. Built in: no template loads it.

{% words as w %}              every text, to look things up in: w.perspectives.psw.title
{{ item|title_of }}           title of an item
{{ "A7.seniority"|item_title }}   the same by id
{{ "A7.seniority"|item_url }}     where its page is
{{ "A7.seniority"|item_lang }}    the language its words are in, where that is not the page's: for lang="…"
{% item_link "A7.seniority" %}    its title as a link, the id quiet beside it
{{ criterion|question_of }}   question of a criterion, or of its id
{{ "psw"|perspective_title }} title of a perspective
{{ item.force|force_name }}   “the source asks for this”
{{ item.stage|stage_name }}   “before the first day”
{{ step.who.0|who_name }}     “the project group”
{{ item.kind|kind_name }}, {{ item.kind|kind_names }}   “Recommendation”, “Recommendations”: for headings
{{ item.kind|kind_count:45 }} “45 recommendations”
{% emphasis cell %}           a cell of the task table as dots
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, npgettext_lazy
from django.utils.translation import gettext as _

from alongside.assessment.naming import voice_title
from alongside.pictures.dots import DotsWords, dots
from alongside.standard.asking import Criterion
from alongside.standard.items import Cell, Force, Item, Stage
from alongside.standard.loading import standard
from alongside.standard.steps import Who
from alongside.standard.texts import Texts

register = template.Library()

FORCE_NAMES: dict[str, Promise | str] = {
    Force.SHOULD: gettext_lazy("the source asks for this"),
    Force.PREFER: gettext_lazy("the source prefers this"),
    Force.TENTATIVE: gettext_lazy("tentative"),
}
STAGE_NAMES: dict[str, Promise | str] = {
    Stage.PREPARING: gettext_lazy("before the first day"),
    Stage.FIRST_PSW: gettext_lazy("in the first year"),
    Stage.GROWING: gettext_lazy("as you grow"),
}
WHO_NAMES: dict[str, Promise | str] = {
    Who.COORDINATOR: gettext_lazy("the coordinator"),
    Who.PROJECT_GROUP: gettext_lazy("the project group"),
    Who.BOARD: gettext_lazy("the board"),
    Who.MANAGEMENT: gettext_lazy("management"),
    Who.MANAGER: gettext_lazy("the team’s manager"),
    Who.HR: gettext_lazy("human resources"),
    Who.TEAM: gettext_lazy("the team"),
    Who.PEER_WORKER: gettext_lazy("peer workers"),
    Who.CLIENT: gettext_lazy("clients"),
    Who.RELATIVE: gettext_lazy("relatives"),
    Who.TRAINER: gettext_lazy("a trainer"),
}
# One pair for each kind serves counts and headings: the form for 2 is the plural of a heading in all six languages.
KIND_NAMES = {
    "part": npgettext_lazy("kind of item", "part of the standard", "parts of the standard", "n"),
    "group": npgettext_lazy("kind of item", "group", "groups", "n"),
    "concept": npgettext_lazy("kind of item", "word explained", "words explained", "n"),
    "pillar": npgettext_lazy("kind of item", "pillar", "pillars", "n"),
    "core-task": npgettext_lazy("kind of item", "core task", "core tasks", "n"),
    "role": npgettext_lazy("kind of item", "role", "roles", "n"),
    "entry-requirement": npgettext_lazy("kind of item", "entry requirement", "entry requirements", "n"),
    "employment": npgettext_lazy("kind of item", "form of work", "forms of work", "n"),
    "organisation-kind": npgettext_lazy("kind of item", "kind of organisation", "kinds of organisation", "n"),
    "area": npgettext_lazy("kind of item", "task area", "task areas", "n"),
    "task": npgettext_lazy("kind of item", "task", "tasks", "n"),
    "level": npgettext_lazy("kind of item", "level", "levels", "n"),
    "overarching-competence": npgettext_lazy("kind of item", "overarching competence", "overarching competences", "n"),
    "generic-competence": npgettext_lazy("kind of item", "generic competence", "generic competences", "n"),
    "specific-competence": npgettext_lazy("kind of item", "specific competence", "specific competences", "n"),
    "behaviour": npgettext_lazy("kind of item", "behaviour", "behaviours", "n"),
    "knowledge-theme": npgettext_lazy("kind of item", "theme", "themes", "n"),
    "precondition": npgettext_lazy("kind of item", "precondition", "preconditions", "n"),
    "recommendation": npgettext_lazy("kind of item", "recommendation", "recommendations", "n"),
    "attention-point": npgettext_lazy("kind of item", "point of attention", "points of attention", "n"),
    "final-recommendation": npgettext_lazy("kind of item", "final recommendation", "final recommendations", "n"),
    "company-recommendation": npgettext_lazy(
        "kind of item", "recommendation for companies", "recommendations for companies", "n"
    ),
    "company-topic": npgettext_lazy("kind of item", "topic for training", "topics for training", "n"),
    "culture-paradigm": npgettext_lazy(
        "kind of item", "way of looking at difference", "ways of looking at difference", "n"
    ),
    "culture-condition": npgettext_lazy("kind of item", "condition", "conditions", "n"),
    "culture-action": npgettext_lazy("kind of item", "thing leaders do", "things leaders do", "n"),
    "culture-issue": npgettext_lazy("kind of item", "key issue", "key issues", "n"),
    "obstacle": npgettext_lazy("kind of item", "obstacle", "obstacles", "n"),
    "research-step": npgettext_lazy("kind of item", "step", "steps", "n"),
    "research-item": npgettext_lazy("kind of item", "note on the research", "notes on the research", "n"),
    "reference": npgettext_lazy("kind of item", "work cited", "works cited", "n"),
}


@register.simple_tag
def words() -> Texts:
    """Every text of the standard in the language of the page, in English where it has none."""
    return standard().words(get_language())


@register.filter
def title_of(item: Item) -> str:
    """The title of an item."""
    return item_title(item.id)


@register.filter
def item_title(item: str) -> str:
    """The title of the item with this id."""
    return words().items[item].title


@register.filter
def item_url(item: str) -> str:
    """The address of an item's page; a part's is the page of the part."""
    found = standard().items.get(item)
    return _address(get_script_prefix(), "standard-part" if found and found.kind == "part" else "standard-item", item)


@register.filter
def item_lang(item: str) -> str:
    """The language of an item's words where it is not the page's own; empty where it is."""
    return lang_of("items", item)


def lang_of(section: str, key: str) -> str:
    """The language that a text of any section falls back to; empty where the page's language has it."""
    edition, language = standard(), get_language()
    return "" if not language or edition.translated(language, section, key) else edition.language


@register.simple_tag
def item_link(item: str) -> SafeString:
    """The title of an item as a link to its page, the id quiet beside it."""
    lang = item_lang(item)
    attribute = format_html(' lang="{}"', lang) if lang else ""
    return format_html(
        '<a href="{}"{}>{}</a> <span class="item-id">{}</span>', item_url(item), attribute, item_title(item), item
    )


@register.filter
def question_of(criterion: Criterion | str) -> str:
    """The question of a criterion, or of the criterion with this id; one that this edition does not know is its id."""
    id_ = criterion if isinstance(criterion, str) else criterion.id
    found = words().criteria.get(id_)
    return found.question if found else id_


@register.filter
def perspective_title(perspective: str) -> str:
    """What a perspective is called; whoever is none, as the project group, by the name of the role."""
    return voice_title(standard(), perspective, get_language())


@register.filter
def who_name(who: str) -> str:
    """Who does a step of the roadmap."""
    return str(WHO_NAMES[who])


@register.filter
def force_name(force: str) -> str:
    """How firmly the source speaks, in words."""
    return str(FORCE_NAMES[force])


@register.filter
def stage_name(stage: str) -> str:
    """By when something belongs in place, in words."""
    return str(STAGE_NAMES[stage])


@register.filter
def kind_name(kind: str) -> str:
    """What one thing of this kind is called, for a heading."""
    return _heading(_kind(kind, 1))


@register.filter
def kind_names(kind: str) -> str:
    """What several things of this kind are called, for a heading."""
    return _heading(_kind(kind, 2))


@register.filter
def kind_count(kind: str, number: int) -> str:
    """So many of a kind: “45 recommendations”."""
    return f"{number} {_kind(kind, number)}"


@register.simple_tag
def emphasis(cell: Cell) -> SafeString:
    """A cell of the task table as dots, with words for those who hear it."""
    # Built by pictures/dots.py from numbers and from our own words, which it escapes.
    return mark_safe(dots(cell, dots_words()))


def dots_words() -> DotsWords:
    """The words beside the dots, in the language of the page."""
    return DotsWords(
        emphasis=_("{n} of {most}"),
        no_mark=_("no mark"),
        not_stated=_("not stated"),
        inferred=_("inferred"),
        own=_("your organisation's own"),
    )


def _kind(kind: str, number: int) -> str:
    return str(KIND_NAMES[kind] % {"n": number})


def _heading(words: str) -> str:
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1024)
def _address(prefix: str, name: str, item: str) -> str:
    """Remembered because a page links to dozens of items; `prefix` is where the site is mounted."""
    return reverse(name, args=[item])
