"""How far the mailbox was read, and since when it is silent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="key")),
                (
                    "validity",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="validity of the numbers"
                    ),
                ),
                (
                    "last_uid",
                    models.PositiveBigIntegerField(default=0, verbose_name="last number read"),
                ),
                (
                    "known_upto",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="last number when it was met"
                    ),
                ),
                (
                    "known_since",
                    models.DateField(blank=True, null=True, verbose_name="taken in again from"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last answered at"),
                ),
                (
                    "silent_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="silent since"),
                ),
                (
                    "retry_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="tried again at"),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=200, verbose_name="last error"),
                ),
                (
                    "stuck_uid",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="mail that could not be read"
                    ),
                ),
                (
                    "stuck_tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tries at that mail"),
                ),
            ],
            options={
                "verbose_name": "mailbox",
                "verbose_name_plural": "mailboxes",
            },
        ),
    ]
