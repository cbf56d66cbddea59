"""The figures of `alongside assess` as plain data: what the JSON file holds, and what the terminal and report show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.rules.answers import Reading
from alongside.rules.scoring import OTHERS, Figures, ItemFigures, gather, score
from alongside.rules.tallies import Tally
from alongside.standard.edition import Edition
from alongside.standard.surveys import Survey


def as_data(survey: Survey, edition: Edition, reading: Reading) -> dict[str, Any]:
    """Everything, ready for `json.dumps`.

    ``n`` rows; ``items[id]`` with n, dont_know, not_applicable, blank, counts, labels, median, spread, shares,
    suppressed, fit and ``criteria[id]`` likewise; ``parts[id]`` with the same of all that was asked about a part;
    ``by[group]`` with n (its rows) and items; ``columns.used`` and ``columns.left_alone``.
    In every tally that is not suppressed n + dont_know + not_applicable + blank = rows.
    """
    scores = score(reading.answers)
    asked = {question.id: question for question in survey.questions}
    indirect = {question.item for question in survey.questions if question.fit == "indirect"}
    return {
        "instrument": survey.id,
        "title": survey.title,
        "source": survey.source,
        "note": survey.note,
        "pack": {"id": edition.pack, "version": edition.version, "digest": edition.digest},
        "n": reading.answers.rows,
        "items": {
            item: {
                "title": edition.words().items[item].title,
                "fit": "indirect" if item in indirect else "direct",
                **_figures(found.figures),
                "criteria": {
                    criterion: {"title": asked[criterion].title, "fit": asked[criterion].fit, **_figures(figures)}
                    for criterion, figures in found.criteria.items()
                },
            }
            for item, found in scores.items()
        },
        "parts": {
            part.id: {"title": edition.words().items[part.id].title, **_figures(found)}
            for part in edition.children(None)
            if (found := gather(reading.answers, (item.id for item in edition.under(part.id))))
        },
        "by": {group: _of_group(reading, scores, group) for group in _groups(scores)},
        "columns": {
            "used": [{"column": column, "as": name} for column, name in reading.used],
            "left_alone": [{"column": column, "why": why} for column, why in reading.left_alone],
        },
    }


def _groups(scores: Mapping[str, ItemFigures]) -> list[str]:
    names = dict.fromkeys(
        name
        for found in scores.values()
        for figures in (found.figures, *found.criteria.values())
        for name in figures.by
    )
    return list(names)


def _of_group(reading: Reading, scores: Mapping[str, ItemFigures], group: str) -> dict[str, Any]:
    """One group's figures; where an item has none for "others", nobody had to join it there.

    `n` is how many rows a group has, and None for one that is shown nowhere.
    """
    items = {}
    for item, found in scores.items():
        if group in found.figures.by:
            criteria = {
                id_: _tally(one.by[group], one, group) for id_, one in found.criteria.items() if group in one.by
            }
            items[item] = _tally(found.figures.by[group], found.figures, group) | {"criteria": criteria}
    shown = any(not found["suppressed"] for found in items.values())
    rows = list(reading.answers.groups or ()).count(group)
    return {"n": rows if shown and rows else None, "items": items}


def _figures(figures: Figures) -> dict[str, Any]:
    widest = figures.apart()
    data = _tally(figures.total) | {"labels": list(figures.labels)}
    if widest:
        data["apart"] = {"steps": round(widest[0], 3), "between": [widest[1], widest[2]]}
    return data


def _tally(tally: Tally, figures: Figures | None = None, group: str = "") -> dict[str, Any]:
    data: dict[str, Any] = {
        "n": tally.n,
        "dont_know": tally.dont_know,
        "not_applicable": tally.not_applicable,
        "blank": tally.blank,
        "counts": list(tally.counts) if tally.counts is not None else None,
        "median": tally.median,
        "spread": tally.spread,
        "shares": [round(share, 4) for share in tally.shares] if tally.shares else None,
        "suppressed": tally.suppressed,
    }
    if figures and figures.others and group == OTHERS:
        data["groups"] = list(figures.others)
    return data
