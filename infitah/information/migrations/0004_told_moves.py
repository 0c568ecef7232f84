"""Moves of periods keep the latest days too, and when they were told; silence when it was told."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("information", "0003_desk"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clockmove",
            name="clock",
            field=models.CharField(max_length=20, verbose_name="clock"),
        ),
        migrations.AddField(
            model_name="clockmove",
            name="latest_before",
            field=models.DateField(
                default=datetime.date(2019, 3, 12), verbose_name="latest day before"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clockmove",
            name="latest_after",
            field=models.DateField(
                default=datetime.date(2019, 3, 12), verbose_name="latest day after"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clockmove",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told at"),
        ),
        migrations.RemoveConstraint(
            model_name="clockmove",
            name="information_move_moves",
        ),
        migrations.AddConstraint(
            model_name="clockmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", models.F("after")), _negated=True),
                    models.Q(("latest_before", models.F("latest_after")), _negated=True),
                    _connector="OR",
                ),
                name="information_move_moves",
            ),
        ),
        migrations.AddIndex(
            model_name="clockmove",
            index=models.Index(
                condition=models.Q(("told_at", None)),
                fields=["id"],
                name="information_move_untold",
            ),
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="silence_told_on",
            field=models.DateField(blank=True, null=True, verbose_name="silence told on"),
        ),
    ]
