from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0007_hour_and_cancelling_of_workshops'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='reason of the cancelling'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='cancelled at'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('announced_at__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='participation_cancelled_after_announcing'),
        ),
    ]
