"""The database itself refuses to change an event, and to delete it before `keep_until`.

A later migration that alters the table on SQLite makes it anew and loses its triggers: it has to run `guard` again
(tests/people/test_record.py notices).
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON people_event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END
    """,
    """
    CREATE TRIGGER event_is_kept BEFORE DELETE ON people_event WHEN OLD.keep_until > date('now')
    BEGIN SELECT RAISE(ABORT, 'an event is kept until its day'); END
    """,
]
SQLITE_BACK = ["DROP TRIGGER event_is_never_changed", "DROP TRIGGER event_is_kept"]

POSTGRESQL = [
    """
    CREATE FUNCTION event_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'an event is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.keep_until > CURRENT_DATE THEN
            RAISE EXCEPTION 'an event is kept until its day' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM people_event WHERE keep_until > CURRENT_DATE) THEN
            RAISE EXCEPTION 'an event is kept until its day' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON people_event
    FOR EACH ROW EXECUTE FUNCTION event_is_never_changed()
    """,
    "CREATE TRIGGER event_is_kept BEFORE DELETE ON people_event FOR EACH ROW EXECUTE FUNCTION event_is_kept()",
    """
    CREATE TRIGGER events_are_kept BEFORE TRUNCATE ON people_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_kept()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER events_are_kept ON people_event",
    "DROP TRIGGER event_is_kept ON people_event",
    "DROP TRIGGER event_is_never_changed ON people_event",
    "DROP FUNCTION events_are_kept()",
    "DROP FUNCTION event_is_kept()",
    "DROP FUNCTION event_is_never_changed()",
]


def guard(apps, schema_editor):
    """Put the triggers on the table."""
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps, schema_editor):
    """Take them off."""
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_first_year'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
