"""The figures of `alongside assess` as plain data: what the JSON file holds, and what the terminal and report show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.rules.answers import Reading
from alongside.rules.scoring import Figures, ItemFigures
from alongside.rules.tallies import Tally
from alongside.standard.edition import Edition
from alongside.standard.surveys import Survey


def as_data(survey: Survey, edition: Edition, reading: Reading, scores: Mapping[str, ItemFigures]) -> dict[str, Any]:
    """Everything, ready for `json.dumps`.

    ``n`` rows; ``items[id]`` with n, dont_know, not_applicable, blank, counts, labels, median, spread, shares,
    suppressed, fit and ``criteria[id]`` likewise; ``by[group]`` the same; ``columns.used`` and ``columns.left_alone``.
    In every tally that is not suppressed n + dont_know + not_applicable + blank = rows.
    """
    fits = {question.item: question.fit for question in survey.questions}
    titles = {question.id: question.title for question in survey.questions}
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
                "fit": fits[item],
                **_figures(found.figures),
                "criteria": {
                    criterion: {"title": titles[criterion], **_figures(figures)}
                    for criterion, figures in found.criteria.items()
                },
            }
            for item, found in scores.items()
        },
        "by": {group: _of_group(scores, group) for group in _groups(scores)},
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


def _of_group(scores: Mapping[str, ItemFigures], group: str) -> dict[str, Any]:
    """One group's figures; where an item has none for "others", nobody had to join it there."""
    items = {}
    for item, found in scores.items():
        if group in found.figures.by:
            criteria = {
                id_: _tally(one.by[group], one, group) for id_, one in found.criteria.items() if group in one.by
            }
            items[item] = _tally(found.figures.by[group], found.figures, group) | {"criteria": criteria}
    return {"items": items}


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
    if figures and figures.others and group == "(others)":
        data["groups"] = list(figures.others)
    return data
