"""The revision of all posts together, and the triggers that renew it with each change.

Triggers, because nothing gets past them: neither `QuerySet.update`, nor a bulk insert, nor
somebody with psql. A revision is random instead of counted, so that one that a restored
backup takes back never comes again for other posts.
"""

from django.db import migrations, models

_SQLITE = """
CREATE TRIGGER posts_post_{event} AFTER {event} ON posts_post
BEGIN
    INSERT INTO posts_revision (id, value) VALUES (1, lower(hex(randomblob(16))))
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
END
"""

_POSTGRESQL = """
CREATE FUNCTION posts_renew_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO posts_revision (id, value) VALUES (1, replace(gen_random_uuid()::text, '-', ''))
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
    RETURN NULL;
END
$$;
CREATE TRIGGER posts_post_change
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON posts_post
FOR EACH STATEMENT EXECUTE FUNCTION posts_renew_revision()
"""

_POSTGRESQL_BACK = """
DROP TRIGGER posts_post_change ON posts_post;
DROP FUNCTION posts_renew_revision()
"""

_EVENTS = ("insert", "update", "delete")


def create_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL)
        return
    for event in _EVENTS:
        schema_editor.execute(_SQLITE.format(event=event))


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL_BACK)
        return
    for event in _EVENTS:
        schema_editor.execute(f"DROP TRIGGER posts_post_{event}")


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("value", models.CharField(max_length=32)),
            ],
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
