"""Mails that came in and their files: sealed, sorted by hand."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0002_offices_and_texts"),
        ("core", "0002_inbox"),
        ("information", "0007_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="key"
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="keyed digest of the mail"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("message", "message"),
                            ("bounce", "a mail of ours that came back"),
                            ("auto_reply", "sent by a machine"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_sort", "to sort"),
                            ("matched", "belongs to a case"),
                            ("entered", "entered as a request"),
                            ("set_aside", "set aside"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "match",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("token", "by the address that only our mails carry"),
                            ("answer", "as the answer to a mail of ours"),
                            ("reference", "by the number that its subject names"),
                            ("officer", "by an officer"),
                        ],
                        max_length=9,
                        verbose_name="how it was matched",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                ("taken_at", models.DateTimeField(verbose_name="taken in at")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                (
                    "head_sealed",
                    models.TextField(blank=True, verbose_name="sealed sender and subject"),
                ),
                ("text_sealed", models.TextField(blank=True, verbose_name="sealed text")),
                (
                    "notes",
                    models.JSONField(blank=True, default=list, verbose_name="notes of the reading"),
                ),
                (
                    "bounce_status",
                    models.CharField(blank=True, max_length=12, verbose_name="code of the failure"),
                ),
                (
                    "is_clarification",
                    models.BooleanField(default=False, verbose_name="kept as the clarification"),
                ),
                (
                    "handled_by",
                    models.CharField(blank=True, max_length=150, verbose_name="handled by"),
                ),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handled at"),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("machine", "a machine sent it"),
                            ("spam", "unwanted advertising or fraud"),
                            ("not_ours", "not a request for information"),
                            ("double", "it came twice"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                        verbose_name="set aside because",
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=300, verbose_name="words about it"),
                ),
                (
                    "erased_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="erased at"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="information.informationrequest",
                        verbose_name="request",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail that came in",
                "verbose_name_plural": "mails that came in",
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="file name")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("infected", "it holds a virus"),
                            ("too_large", "it is too large"),
                            ("program", "it is a program"),
                            ("markup", "it is a web page, which may deceive"),
                            ("macros", "it holds macros"),
                            ("too_many", "the mail holds too many files"),
                            ("other", "it could not be taken in"),
                        ],
                        max_length=9,
                        verbose_name="not kept because",
                    ),
                ),
                (
                    "is_locked",
                    models.BooleanField(default=False, verbose_name="opens by a password alone"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="community.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="information.incomingmail",
                        verbose_name="mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a mail that came in",
                "verbose_name_plural": "files of mails that came in",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="incomingmail",
            index=models.Index(fields=["community", "state", "-id"], name="information_mail_shelf"),
        ),
        migrations.AddIndex(
            model_name="incomingmail",
            index=models.Index(
                condition=models.Q(("erased_at", None), ("state", "set_aside")),
                fields=["handled_at"],
                name="information_mail_aside",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingmail",
            constraint=models.UniqueConstraint(
                fields=("community", "fingerprint"), name="information_mail_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["matched", "entered"]), _negated=True),
                    ("request__isnull", False),
                    _connector="OR",
                ),
                name="information_mail_of_case_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "set_aside"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="information_mail_set_aside_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(("head_sealed", ""), ("text_sealed", "")),
                    _connector="OR",
                ),
                name="information_mail_erased_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file__isnull", False), ("refusal", "")),
                    models.Q(("file__isnull", True), models.Q(("refusal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="information_mail_file_kept_or_told",
            ),
        ),
    ]
