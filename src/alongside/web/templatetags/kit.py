"""The welcome kit from other pages: {% load kit %}

{{ organisation|kit_of }}     the kit's page, with the organisation's name, kind and stage filled in
{% kit_sheets "A8.buddy" %}   the sheets that rest on an item, as links
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.translation import get_language

from alongside.people.models import Organisation
from alongside.standard.kit import Choice
from alongside.standard.loading import standard
from alongside.web import kit_links
from alongside.web.kit_links import SheetLink

register = template.Library()


@register.filter
def kit_of(organisation: Organisation) -> str:
    """The address of the kit for an organisation."""
    return kit_links.kit_of(organisation)


@register.simple_tag
def kit_sheets(item: str) -> list[SheetLink]:
    """The sheets that rest on an item."""
    language = get_language() or standard().language
    return [kit_links.sheet_link(standard(), language, sheet, Choice()) for sheet in _resting_on().get(item, ())]


@lru_cache(maxsize=1)
def _resting_on() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for sheet in standard().kit.values():
        used = {item for section in sheet.sections for line in section.lines for item in line.items}
        for item in used:
            found[item] = (*found.get(item, ()), sheet.id)
    return found
