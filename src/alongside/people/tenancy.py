"""Organisations stay apart: rows are read within a scope, or not at all.

A model says with ``TENANT`` how its rows lead to their organisation; `TenantManager` refuses every query that names
no scope. `Scope` is built once for each request (see `people/scope.py`).
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Manager, Model, QuerySet

M = TypeVar("M", bound=Model)


class Unscoped(RuntimeError):
    """A query that does not say within which organisations it looks."""


class Within(Protocol):
    """Whatever names the organisations someone may act in."""

    @property
    def organisations(self) -> frozenset[UUID]: ...


class TenantManager(Manager[M]):
    """Rows of one scope only."""

    def get_queryset(self) -> QuerySet[M]:
        """Raises `Unscoped`: say `.within(scope)`."""
        raise Unscoped(f"{self.model.__name__}.objects.within(scope), never without a scope")

    def within(self, scope: Within) -> QuerySet[M]:
        """The rows that belong to an organisation of `scope`."""
        way: Any = self.model.TENANT  # type: ignore[attr-defined]
        return super().get_queryset().filter(**{f"{way}__in": scope.organisations})

    def across(self, *, because: str) -> QuerySet[M]:
        """Rows of all organisations, for the few places that must look across; `because` says why it is right."""
        assert because
        return super().get_queryset()
