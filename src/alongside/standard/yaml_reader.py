"""Reads one YAML file into typed values, and says file, row and column of whatever is wrong with it.

Faster than `yaml.safe_load`: the tree that the C parser composes is turned into plain values in one pass, which also
catches duplicate keys and lets the tree answer where a value stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alongside.standard.bad_input import BadInput, Problem

Model = TypeVar("Model", bound=BaseModel)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_BYTES = 2_000_000
MOST_VALUES = 200_000
"""More than any pack file needs; keeps a file of nested anchors from filling the memory."""

MOST_DIGITS = 15

_BOOLEANS = {"true": True, "false": False}


class YamlFile:
    """A parsed file: `data` as plain values, and the tree that knows where each of them stands."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.root = self._compose(path)
        self._values = 0
        try:
            self.data = self._build(self.root)
        except RecursionError:
            raise BadInput(Problem(name, "is nested too deeply; does an anchor hold itself?")) from None

    def problem(self, message: str, *path: str | int) -> Problem:
        """A problem at the value that `path` leads to, or as near to it as the tree reaches."""
        return self._at(self._find(path), message)

    def as_model(self, model: type[Model]) -> Model:
        """The file's data as `model`; raises `BadInput` naming every place that does not fit."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise BadInput(*(self.problem(_explain(e), *e["loc"]) for e in error.errors())) from None

    def _compose(self, path: Path) -> yaml.Node:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise BadInput(Problem(self.name, f"is larger than {MOST_BYTES // 1_000_000} MB; split the file"))
            text = path.read_bytes().decode("utf-8-sig")
            node: yaml.Node | None = Loader(text).get_single_node()
        except OSError as error:
            raise BadInput(Problem(self.name, f"cannot be read ({error.strerror}); check the name")) from None
        except UnicodeDecodeError as error:
            row = error.object[: error.start].count(b"\n") + 1
            raise BadInput(Problem(self.name, "is not UTF-8 text; save it as UTF-8", row)) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = (mark.line + 1, mark.column + 1) if mark else (None, None)
            raise BadInput(Problem(self.name, f"is not valid YAML: {error.problem}", *where)) from None
        except yaml.reader.ReaderError as error:
            row = text[: error.position].count("\n") + 1
            message = "a character stands here that YAML does not allow; take it out"
            raise BadInput(Problem(self.name, message, row)) from None
        except yaml.YAMLError as error:
            raise BadInput(Problem(self.name, f"is not valid YAML: {' '.join(str(error).split())}")) from None
        if node is None:
            raise BadInput(Problem(self.name, "is empty"))
        return node

    def _build(self, node: yaml.Node) -> Any:
        self._values += 1
        if self._values > MOST_VALUES:
            raise BadInput(self._at(node, "holds too many values; are there anchors that repeat each other?"))
        kind = node.tag.rpartition(":")[2]
        if isinstance(node, yaml.ScalarNode):
            return self._build_scalar(node, kind)
        if isinstance(node, yaml.MappingNode) and kind == "map":
            return self._build_mapping(node)
        if isinstance(node, yaml.SequenceNode) and kind == "seq":
            return [self._build(child) for child in node.value]
        raise BadInput(self._at(node, f"a value of the kind {node.tag} is not used here; write it plainly"))

    def _build_scalar(self, node: yaml.ScalarNode, kind: str) -> str | int | bool | None:
        value: str = node.value
        match kind:
            case "int" if value.lstrip("-").isdecimal() and len(value) <= MOST_DIGITS:
                return int(value)
            case "bool" if value.lower() in _BOOLEANS:
                return _BOOLEANS[value.lower()]
            case "null":
                return None
            case "str" | "bool" | "int" | "float" | "timestamp":
                return value  # "no", "2016-1" and the like are words here
        raise BadInput(self._at(node, f"a value of the kind {node.tag} is not used here; write it plainly"))

    def _build_mapping(self, node: yaml.Node) -> dict[Any, Any]:
        mapping = {}
        for key_node, value_node in node.value:
            key = self._build(key_node)
            if isinstance(key, dict | list):
                raise BadInput(self._at(key_node, "a name is expected here, not a list"))
            if key in mapping:
                raise BadInput(self._at(key_node, f"“{key}” stands here a second time; ids and fields are named once"))
            mapping[key] = self._build(value_node)
        return mapping

    def _find(self, path: Sequence[str | int]) -> yaml.Node:
        node = self.root
        for step in path:
            node = _child(node, step) or node  # a step may name a branch of a union, which is no place in the file
        return node

    def _at(self, node: yaml.Node, message: str) -> Problem:
        return Problem(self.name, message, node.start_mark.line + 1, node.start_mark.column + 1)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


def _explain(error: ErrorDetails) -> str:
    field = error["loc"][-1] if error["loc"] else "this"
    match error["type"]:
        case "missing":
            return f"the field “{field}” is missing; add it"
        case "extra_forbidden":
            return f"the field “{field}” is not known here; correct its name or take it out"
        case "literal_error" | "enum":
            return f"“{error['input']}” is not one of {error.get('ctx', {}).get('expected')}"
        case "union_tag_invalid":
            context = error.get("ctx", {})
            return f"“{context.get('tag')}” is not one of {context.get('expected_tags')}"
        case kind if kind in _EXPECTED:
            return f"“{field}”: {_EXPECTED[kind]} is expected here"
    return f"“{field}”: {error['msg'][0].lower()}{error['msg'][1:]}; correct it"


_EXPECTED = {
    "model_type": "a mapping (name: value)",
    "dict_type": "a mapping (name: value)",
    "tuple_type": "a list",
    "string_type": "text (put it in quotes)",
    "string_too_short": "some text",
    "too_short": "at least one entry",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
}
