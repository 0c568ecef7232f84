import infitah.core.fields
import infitah.kernel.localized
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("proceedings", "0005_instant_of_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="change_reason",
            field=infitah.core.fields.LocalizedTextField(
                blank=True,
                default=infitah.kernel.localized.LocalizedText,
                verbose_name="why it was changed or cancelled",
            ),
        ),
    ]
