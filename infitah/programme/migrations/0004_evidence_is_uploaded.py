"""Tell the copy of an address that a person gave from the one that the site took itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_name_adoption_items")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="is_uploaded",
            field=models.BooleanField(
                default=False, verbose_name="the copy of its address was uploaded"
            ),
        ),
    ]
