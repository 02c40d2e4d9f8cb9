"""A link was named by the provider's subject alone; now by the issuer and its subject.

An issuer that comes to stand under another one's id would otherwise inherit its people.
"""

from django.db import migrations

from social.id_token import subject_key


def name_by_issuer(apps, schema_editor):
    for link in apps.get_model("socialaccount", "SocialAccount").objects.iterator():
        claims = (link.extra_data or {}).get("id_token") or {}
        if claims.get("iss") and claims.get("sub") == link.uid:
            link.uid = subject_key(claims)
            link.save(update_fields=["uid"])


def name_by_subject(apps, schema_editor):
    for link in apps.get_model("socialaccount", "SocialAccount").objects.iterator():
        claims = (link.extra_data or {}).get("id_token") or {}
        if claims.get("iss") and link.uid == subject_key(claims):
            link.uid = claims["sub"]
            link.save(update_fields=["uid"])


class Migration(migrations.Migration):
    dependencies = [("socialaccount", "0006_alter_socialaccount_extra_data")]

    operations = [migrations.RunPython(name_by_issuer, name_by_subject)]
