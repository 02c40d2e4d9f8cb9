import hashlib

from django.db import migrations

BATCH = 1000


def fill(apps, schema_editor):
    """Sessions from before are bound to the password of today."""
    families = apps.get_model("refresh_families", "RefreshFamily").objects
    without = families.filter(password_fingerprint="", revoked_at=None).select_related("user")
    batch = []
    for family in without.iterator(BATCH):
        family.password_fingerprint = hashlib.sha256(family.user.password.encode()).hexdigest()
        batch.append(family)
        if len(batch) == BATCH:
            families.bulk_update(batch, ["password_fingerprint"])
            batch.clear()
    families.bulk_update(batch, ["password_fingerprint"])


class Migration(migrations.Migration):
    dependencies = [
        ("refresh_families", "0002_replays_and_password"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
