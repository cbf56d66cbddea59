"""What several reports say in the same way: the picture of all recommendations, dissent, time and money."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.assessment.naming import voice_title
from alongside.assessment.standing import Basis
from alongside.documents.blocks import Block, Paragraph
from alongside.documents.blocks import Standing as Picture
from alongside.documents.reports.facts import Facts
from alongside.rules.standing import STOOD
from alongside.standard.edition import Edition


def eyebrow(facts: Facts) -> str:
    """The organisation and the day."""
    return f"{facts.organisation.name} · {date_format(facts.day, 'DATE_FORMAT')}"


def basis(facts: Facts) -> str:
    """In a sentence, what the steps in a report rest on."""
    round_ = facts.standing.round
    match facts.standing.basis:
        case Basis.AGREED if round_ and facts.standing.day:
            day = date_format(facts.standing.day, "DATE_FORMAT")
            return _("Agreed by the project group on %(day)s, after the round “%(title)s”.") % {
                "day": day,
                "title": round_.title,
            }
        case Basis.SAID if round_:
            return _("The middle of what people said in the round “%(title)s”; not agreed on yet.") % {
                "title": round_.title
            }
        case Basis.LOOK:
            return _("From a first look by one or a few people.")
        case _:
            return _("Nobody has looked yet.")


def in_short(facts: Facts) -> str:
    """How many recommendations stand, and what moved."""
    stands = standing_count(facts)
    known = sum(step is not None for step in facts.standing.items.values())
    text = _("%(stands)s of %(known)s recommendations that were looked at are in place.") % {
        "stands": stands,
        "known": known,
    }
    moved = facts.standing.moved.values()
    if moved:
        up, down = sum(by > 0 for by in moved), sum(by < 0 for by in moved)
        text += " " + _("Since the round before, %(up)s moved forward and %(down)s fell back.") % {
            "up": up,
            "down": down,
        }
    return text


def standing_count(facts: Facts) -> int:
    """How many items stand, by the scale of their questions."""
    edition = facts.standing.edition
    return sum(step is not None and step >= standing_step(edition, item) for item, step in facts.standing.items.items())


def standing_step(edition: Edition, item: str) -> int:
    """The lowest step at which an item stands."""
    scales = [edition.scales[one.scale] for one in edition.criteria_of(item) if edition.scales[one.scale].ordered]
    return min(scale.standing if scale.standing is not None else scale.answers for scale in scales)


def picture(facts: Facts) -> Picture:
    """All recommendations as squares: a row for each precondition, one for the tensions, one for what closes."""
    edition = facts.standing.edition
    words = edition.words(facts.language)
    above = [*edition.children("A"), *(part for part in edition.children(None) if part.id != "A")]
    rows = []
    for group in above:
        items = [item.id for item in edition.under(group.id) if item.kind in STOOD]
        if items:
            rows.append((group.id, words.items[group.id].title, tuple(facts.standing.items.get(id_) for id_ in items)))
    labels = words.scales["progress"].answers
    return Picture(tuple(rows), labels, basis(facts))


def dissents(
    facts: Facts, voices: Collection[str] = (), *, most: int | None = None, longest: int = 4000
) -> list[Block]:
    """What was said otherwise, in whose voice, and about which question; `longest`: letters of each at most."""
    words = facts.standing.edition.words(facts.language)
    rows = [row for row in facts.otherwise if not voices or row.voice in voices]
    found: list[Block] = []
    for row in rows[:most]:
        voice = voice_title(facts.standing.edition, row.voice, facts.language)
        question = words.criteria[row.criterion].question if row.criterion in words.criteria else row.criterion
        found.append(Paragraph(shorten(row.text, longest), voice=f"{voice} · {question}"))
    left = len(rows) - len(found)
    if left > 0:
        more = ngettext(
            "%(n)s more stands in the project group's report.", "%(n)s more stand in the project group's report.", left
        )
        found.append(Paragraph(more % {"n": left}, quiet=True))
    return found


def shorten(text: str, longest: int) -> str:
    """A text cut at a word, with “…”, where it is longer."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(None, 1)[0]} …"


def hours(minutes: int) -> str:
    """Minutes of work as hours, in words."""
    number = round(minutes / 60)
    return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": number_format(number, use_l10n=True)}


def euros(cents: int) -> str:
    """An amount of money, in whole euros."""
    return f"€ {number_format(round(cents / 100), use_l10n=True, force_grouping=True)}"
