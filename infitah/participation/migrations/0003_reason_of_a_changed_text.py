from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0002_voices_themes_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='documenttext',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why it was changed'),
        ),
    ]
