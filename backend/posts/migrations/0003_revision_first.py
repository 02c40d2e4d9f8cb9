"""On PostgreSQL a statement renews the revision before it locks a post.

After it, a writer of two statements and a writer of one could each hold what the other waited for.
"""

from django.db import migrations

_TRIGGER = """
CREATE OR REPLACE TRIGGER posts_post_change
{when} INSERT OR UPDATE OR DELETE OR TRUNCATE ON posts_post
FOR EACH STATEMENT EXECUTE FUNCTION posts_renew_revision()
"""


def renew(when: str):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_TRIGGER.format(when=when))

    return run


class Migration(migrations.Migration):
    dependencies = [("posts", "0002_revision")]

    operations = [migrations.RunPython(renew("BEFORE"), renew("AFTER"))]
