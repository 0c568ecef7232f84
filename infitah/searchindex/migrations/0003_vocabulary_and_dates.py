from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('searchindex', '0002_meaning_of_texts'),
    ]

    operations = [
        migrations.CreateModel(
            name='VocabularyWord',
            fields=[
                ('form', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='word')),
                ('texts', models.PositiveIntegerField(verbose_name='texts that hold it')),
            ],
            options={
                'verbose_name': 'word of the index',
                'verbose_name_plural': 'words of the index',
            },
        ),
        migrations.AddField(
            model_name='indexedtext',
            name='dated_on',
            field=models.DateField(null=True, verbose_name='dated'),
        ),
    ]
