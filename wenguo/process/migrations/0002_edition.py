from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]

    operations = [
        migrations.AddField("standard", "edition", models.PositiveIntegerField(default=1)),
        migrations.AddField("stagerule", "edition", models.PositiveIntegerField(default=1)),
    ]
