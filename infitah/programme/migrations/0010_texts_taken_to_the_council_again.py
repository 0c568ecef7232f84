from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0009_drafts_are_private'),
    ]

    operations = [
        migrations.AlterField(
            model_name='commitmentversion',
            name='kind',
            field=models.CharField(choices=[('draft', 'draft'), ('round', 'put to the public'), ('validated', 'validated by the follow-up committee'), ('amended', 'amended by the council'), ('imported', 'entered afterwards from a file'), ('returned', 'taken to the council again')], default='validated', max_length=9, verbose_name='kind'),
        ),
    ]
