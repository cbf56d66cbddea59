"""Complete dumps of a database, as someone who steals two backups would compare them."""

from __future__ import annotations

from collections import Counter

from django.db import connection


def dump() -> dict[str, Counter[str]]:
    """Every row of every table. On PostgreSQL with the transaction that wrote it, and where it lies."""
    also = ", xmin::text, ctid::text" if connection.vendor == "postgresql" else ""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT *{also} FROM "{table}"')
            found[table] = Counter(map(repr, cursor.fetchall()))
    return found


def changed(before: dict[str, Counter[str]], after: dict[str, Counter[str]]) -> dict[str, tuple[int, int]]:
    """Table → how many of its rows are gone or different, and how many are new or different."""
    tables = {table: (before[table] - after[table], after[table] - before[table]) for table in before}
    return {table: (gone.total(), new.total()) for table, (gone, new) in tables.items() if gone or new}
