"""A system check: no model of ours without a word on which organisation its rows belong to."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model


def every_model_says_whose_it_is(**_: Any) -> list[CheckMessage]:
    """An error for each model of Alongside without `TENANT`, or with one that leads nowhere."""
    return [error for model in apps.get_models() if (error := _fault(model))]


def _fault(model: type[Model]) -> CheckMessage | None:
    if not model.__module__.startswith("alongside."):
        return None
    if "TENANT" not in vars(model):
        hint = 'Say `TENANT = "org"` (or the way to it, as "round__org"), or `TENANT = None` if it belongs to nobody.'
        return Error("says not whose its rows are", hint=hint, obj=model, id="people.E001")
    tenant = vars(model)["TENANT"]
    if tenant and not _leads_to_organisation(model, tenant):
        return Error(f"TENANT {tenant!r} does not lead to an organisation", obj=model, id="people.E002")
    return None


def _leads_to_organisation(model: type[Model], way: str) -> bool:
    current: Any = model
    for step in way.split("__"):
        try:
            current = current._meta.get_field(step).related_model if step != "pk" else current
        except FieldDoesNotExist:
            return False
        if current is None:
            return False
    return bool(current._meta.label == "people.Organisation")
