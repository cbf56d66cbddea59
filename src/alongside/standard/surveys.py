"""A questionnaire whose answers can be read from a table: ours, or one that others have asked elsewhere.

An instrument file (YAML) maps the columns and answers of somebody else's survey onto items. Each mapping says how well
it fits: `direct` asks what the item says, `indirect` only bears on it. Columns that are left alone are named with the
reason, and nothing is read from them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from alongside.standard.asking import APART, Criterion
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.edition import Edition
from alongside.standard.items import Frozen, Ids
from alongside.standard.loading import STANDARD
from alongside.standard.yaml_reader import YamlFile

ELSEWHERE = STANDARD / "elsewhere"
"""Instrument files for surveys of others that come with the pack."""

Code = int | Literal["dont_know", "not_applicable"]


class Group(Frozen):
    """A column by which results may be shown. `open_groups`: official bodies that answer jointly, under their name."""

    id: str
    column: str
    names: dict[str, str] = {}
    open_groups: Ids = ()


class Question(Frozen):
    """One column, the item it bears on, and what each of its answers means.

    `labels` are the answers in words, lowest first; `answers` maps what stands in a cell (in lower case) to a position
    in `labels`, or to "dont_know" or "not_applicable".
    """

    id: str
    item: str
    column: str
    title: str
    fit: Literal["direct", "indirect"]
    scale: str
    ordered: bool = True
    labels: Annotated[Ids, Field(min_length=2)]
    answers: Annotated[dict[str, Code], Field(min_length=1)]


class LeftAlone(Frozen):
    """Columns that nothing is read from, and why."""

    why: str
    columns: Ids


class Survey(Frozen):
    """All that is needed to read a table of answers.

    `whole`: a table must have every column; otherwise it may have some of them, but no others. `prefilled` columns say
    nothing of whether a row is filled in.
    """

    id: str
    title: str
    source: str
    note: str = ""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    groups: tuple[Group, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    prefilled: Ids = ()
    whole: bool = True


def surveys_elsewhere() -> tuple[str, ...]:
    """Names of the instrument files that come with the pack."""
    return tuple(sorted(path.stem for path in ELSEWHERE.glob("*.yaml")))


def load_survey(name: str, edition: Edition) -> Survey:
    """The survey called `name`: an instrument of the pack, one from elsewhere, or a YAML file's path.

    Raises `BadInput` for a name that is nothing and for a file that does not fit the edition.
    """
    if name in edition.instruments:
        return own_survey(edition, name)
    if name in surveys_elsewhere():
        return _from_file(ELSEWHERE / f"{name}.yaml", edition)
    if name.endswith((".yaml", ".yml")):
        return _from_file(Path(name), edition)
    known = ", ".join([*edition.instruments, *surveys_elsewhere()])
    raise BadInput(Problem(name, f"is no instrument; take one of {known}, or a file that ends in .yaml"))


def own_survey(edition: Edition, instrument: str) -> Survey:
    """One of the pack's own instruments as a survey: a column for each criterion, one for the perspective."""
    criteria = asked_by(edition, instrument)
    words = edition.words()
    perspectives = {words.perspectives[id_].title: id_ for id_ in edition.perspectives}
    official = tuple(id_ for id_, perspective in edition.perspectives.items() if perspective.regime == "official")
    return Survey(
        id=instrument,
        title=words.instruments[instrument].title,
        source=f"{edition.pack} {edition.version}",
        questions=tuple(_own_question(edition, criterion) for criterion in criteria),
        groups=(Group(id="perspective", column="perspective", names=perspectives, open_groups=official),),
        prefilled=("perspective",),
        whole=False,
    )


def asked_by(edition: Edition, instrument: str, *, modules: bool = True) -> tuple[Criterion, ...]:
    """The criteria that belong to an instrument, in reading order, with or without its modules."""
    chosen = edition.instruments[instrument]
    if chosen.questions:
        wanted = {id_ for questions in chosen.questions.values() for id_ in questions}
        return tuple(criterion for criterion in edition.criteria.values() if criterion.id in wanted)
    parts = (*chosen.parts, *chosen.modules) if modules else chosen.parts
    items = {item.id for part in parts for item in edition.under(part)}
    return tuple(criterion for criterion in edition.criteria.values() if criterion.item in items)


def _own_question(edition: Edition, criterion: Criterion) -> Question:
    words, scale = edition.words(), edition.scales[criterion.scale]
    labels = words.scales[scale.id].answers
    described = words.criteria[criterion.id].steps
    answers: dict[str, Code] = {str(step): step for step in range(scale.answers)}
    answers |= {label: step for step, label in enumerate(labels)} | {text: step for step, text in enumerate(described)}
    answers |= dict.fromkeys(("I don't know", "?"), "dont_know")
    answers |= dict.fromkeys(("does not apply here", "-"), "not_applicable")
    return Question(
        id=criterion.id,
        item=criterion.item,
        column=criterion.id,
        title=words.criteria[criterion.id].question,
        fit="direct",
        scale=scale.id,
        ordered=scale.ordered,
        labels=labels,
        answers=_plainly(answers),
    )


def _from_file(path: Path, edition: Edition) -> Survey:
    file = YamlFile(path, path.name or str(path))
    survey = file.as_model(Survey)
    for index, question in enumerate(survey.questions):
        _check_question(file, edition, survey, index, question)
    _check_columns(file, survey)
    questions = tuple(q.model_copy(update={"answers": _plainly(q.answers)}) for q in survey.questions)
    return survey.model_copy(update={"questions": questions})


def _check_question(file: YamlFile, edition: Edition, survey: Survey, index: int, question: Question) -> None:
    place = ("questions", index)
    if question.item not in edition.items:
        raise BadInput(file.problem(f"the item “{question.item}” is not in {edition.pack}", *place, "item"))
    seen: set[str] = set()
    for answer, code in question.answers.items():
        if code not in APART and not 0 <= int(code) < len(question.labels):
            message = f"{code} is no position in labels (0 is the first)"
            raise BadInput(file.problem(message, *place, "answers", answer))
        if plain(answer) in seen:
            raise BadInput(
                file.problem(f"“{answer}” stands here twice; capitals do not count", *place, "answers", answer)
            )
        seen.add(plain(answer))
    for other in survey.questions[:index]:
        if other.id == question.id:
            raise BadInput(file.problem(f"the id “{question.id}” is used twice", *place, "id"))
        if other.scale == question.scale and other.labels != question.labels:
            message = f"the scale “{question.scale}” has other labels in “{other.id}”; give it a name of its own"
            raise BadInput(file.problem(message, *place, "scale"))


def _check_columns(file: YamlFile, survey: Survey) -> None:
    """Each column has one use, and a column that is left alone has none."""
    uses: list[tuple[str, tuple[str | int, ...]]] = []
    uses += [(q.column, ("questions", n, "column")) for n, q in enumerate(survey.questions)]
    uses += [(g.column, ("groups", n, "column")) for n, g in enumerate(survey.groups)]
    uses += [
        (c, ("left_alone", n, "columns", m))
        for n, rule in enumerate(survey.left_alone)
        for m, c in enumerate(rule.columns)
    ]
    seen: set[str] = set()
    for column, place in uses:
        if plain(column) in seen:
            raise BadInput(file.problem(f"the column “{column}” is named already; each has one use", *place))
        seen.add(plain(column))
    ids = [group.id for group in survey.groups]
    for index, id_ in enumerate(ids):
        if id_ in ids[:index]:
            raise BadInput(file.problem(f"the group “{id_}” stands here twice", "groups", index, "id"))


def plain(text: str) -> str:
    """Text as it is compared: case, spaces of any kind and typographic apostrophes make no difference."""
    return " ".join(text.split()).replace("’", "'").lower()


def _plainly(answers: dict[str, Code]) -> dict[str, Code]:
    return {plain(text): code for text, code in answers.items()}
