"""As a release may change a table while the former one writes to it: a column that has a default
in the database, and an index that is made without keeping writers out."""

from django.db import migrations

TABLE = "refresh_families_refreshfamily"


class Migration(migrations.Migration):
    # CONCURRENTLY is not for a transaction.
    atomic = False

    dependencies = [("refresh_families", "0004_key_thumbprint")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ADD COLUMN label varchar(40) NOT NULL DEFAULT ''",
            f"ALTER TABLE {TABLE} DROP COLUMN label",
        ),
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY next_release_label ON {TABLE} (label)",
            "DROP INDEX CONCURRENTLY next_release_label",
        ),
    ]
