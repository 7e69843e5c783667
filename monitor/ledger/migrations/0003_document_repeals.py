"""What a document repeals, so that a repealed one that is imported later does not come to life."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only_history")]
    operations = [
        migrations.AddField("document", "repeals", models.JSONField(default=list)),
    ]
