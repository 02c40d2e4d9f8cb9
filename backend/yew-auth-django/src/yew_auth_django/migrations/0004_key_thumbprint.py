from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("refresh_families", "0003_fill_fingerprints"),
    ]

    operations = [
        migrations.AddField(
            model_name="refreshfamily",
            name="key_thumbprint",
            field=models.CharField(blank=True, db_default="", default="", max_length=43),
        ),
    ]
