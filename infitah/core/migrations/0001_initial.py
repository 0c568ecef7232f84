import django.db.models.deletion
import uuid
from django.core.management import call_command
from django.db import migrations, models


def create_cache_table(apps, schema_editor):
    """Make the table of the database cache, so that no further command is needed."""
    call_command(
        "createcachetable", "core_cache", database=schema_editor.connection.alias, verbosity=0
    )


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE core_cache")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DigestCursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, unique=True, verbose_name='community')),
                ('entry_number', models.PositiveBigIntegerField(default=0, verbose_name='number in the register')),
            ],
            options={
                'verbose_name': 'cursor of the news',
                'verbose_name_plural': 'cursors of the news',
            },
        ),
        migrations.CreateModel(
            name='JobLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                ('holder', models.CharField(blank=True, max_length=64, verbose_name='holder')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires at')),
                ('last_run_at', models.DateTimeField(blank=True, null=True, verbose_name='last run at')),
            ],
            options={
                'verbose_name': 'job lock',
                'verbose_name_plural': 'job locks',
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('digest', models.CharField(max_length=64, verbose_name='who, as a keyed digest')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'attempt',
                'verbose_name_plural': 'attempts',
                'indexes': [models.Index(fields=['name', 'digest', 'at'], name='core_attempt_window')],
            },
        ),
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, verbose_name='community')),
                ('kind', models.CharField(max_length=24, verbose_name='kind')),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='number')),
            ],
            options={
                'verbose_name': 'generation',
                'verbose_name_plural': 'generations',
                'constraints': [models.UniqueConstraint(fields=('community_key', 'kind'), name='core_generation_once')],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_demonstration', models.BooleanField(default=False, verbose_name='demonstration')),
                ('seeded_at', models.DateTimeField(blank=True, null=True, verbose_name='seeded at')),
            ],
            options={
                'verbose_name': 'installation',
                'verbose_name_plural': 'installations',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='core_installation_once')],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, verbose_name='community')),
                ('topic', models.CharField(max_length=80, verbose_name='topic')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('title', models.JSONField(default=dict, verbose_name='what happened')),
                ('path', models.CharField(max_length=300, verbose_name='address after the language')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='reference')),
                ('dedupe_key', models.CharField(max_length=120, unique=True, verbose_name='key against doubles')),
                ('happened_at', models.DateTimeField(verbose_name='happened at')),
                ('digest_on', models.DateField(blank=True, null=True, verbose_name='told in the digest of')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told to all at')),
            ],
            options={
                'verbose_name': 'piece of news',
                'verbose_name_plural': 'news',
                'indexes': [models.Index(condition=models.Q(('digest_on', None)), fields=['happened_at'], name='core_news_waiting'), models.Index(condition=models.Q(('told_at', None)), fields=['digest_on'], name='core_news_being_told'), models.Index(fields=['community_key', 'topic', '-id'], name='core_news_topic')],
            },
        ),
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, verbose_name='community')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('subject', models.CharField(max_length=40, verbose_name='subject')),
                ('payload', models.JSONField(default=dict, verbose_name='payload')),
                ('dedupe_key', models.CharField(max_length=120, unique=True, verbose_name='key against doubles')),
                ('posted_at', models.DateTimeField(verbose_name='posted at')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled at')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('retry_at', models.DateTimeField(blank=True, null=True, verbose_name='tried again at')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'indexes': [models.Index(condition=models.Q(('handled_at', None)), fields=['id'], name='core_outbox_waiting')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, verbose_name='community')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('letter', models.CharField(max_length=1, verbose_name='letter')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number')),
            ],
            options={
                'verbose_name': 'reference counter',
                'verbose_name_plural': 'reference counters',
                'constraints': [models.UniqueConstraint(fields=('community_key', 'year', 'letter'), name='core_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('community_key', models.CharField(db_index=True, max_length=12, verbose_name='community')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('media_type', models.CharField(max_length=100, verbose_name='type by content')),
                ('state', models.CharField(choices=[('staged', 'staged'), ('bound', 'bound'), ('withdrawn', 'withdrawn')], default='staged', max_length=10, verbose_name='state')),
                ('scan', models.CharField(choices=[('not_scanned', 'not scanned'), ('clean', 'clean'), ('infected', 'infected')], default='not_scanned', max_length=12, verbose_name='virus scan')),
                ('scan_note', models.CharField(blank=True, max_length=200, verbose_name='note of the scan')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('subject', models.CharField(blank=True, db_index=True, max_length=40, verbose_name='belongs to')),
                ('extracted_text', models.TextField(blank=True, verbose_name='extracted text')),
                ('findings', models.JSONField(blank=True, default=list, verbose_name='personal data found')),
                ('staged_at', models.DateTimeField(verbose_name='staged at')),
                ('bound_at', models.DateTimeField(blank=True, null=True, verbose_name='bound at')),
                ('scanned_at', models.DateTimeField(blank=True, null=True, verbose_name='scanned at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='core.storedfile', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'stored file',
                'verbose_name_plural': 'stored files',
                'indexes': [models.Index(condition=models.Q(('state', 'staged')), fields=['staged_at'], name='core_file_staged'), models.Index(condition=models.Q(('scan', 'not_scanned')), fields=['scanned_at'], name='core_file_unscanned')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'bound'), _negated=True), models.Q(('subject', ''), _negated=True), _connector='OR'), name='core_bound_file_has_subject')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('community_key', models.CharField(db_index=True, max_length=12, verbose_name='community')),
                ('dedupe_key', models.CharField(max_length=120, unique=True, verbose_name='key against doubles')),
                ('template', models.CharField(max_length=100, verbose_name='template')),
                ('language', models.CharField(max_length=16, verbose_name='language')),
                ('priority', models.PositiveSmallIntegerField(choices=[(0, 'code'), (1, 'receipt'), (2, 'answer'), (3, 'digest'), (4, 'newsletter')], verbose_name='priority')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='reference')),
                ('sealed_to', models.TextField(blank=True, verbose_name='sealed address')),
                ('sealed_context', models.TextField(blank=True, verbose_name='sealed content')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('uncertain', 'interrupted while being sent')], default='waiting', max_length=10, verbose_name='state')),
                ('not_before', models.DateTimeField(verbose_name='not before')),
                ('queued_at', models.DateTimeField(verbose_name='queued at')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='claimed at')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='last error')),
                ('attachments', models.ManyToManyField(blank=True, to='core.storedfile', verbose_name='attachments')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['priority', 'not_before'], name='core_mail_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='core_mail_being_sent'), models.Index(fields=['sent_at'], name='core_mail_sent')],
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_key', models.CharField(max_length=12, verbose_name='community')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='key of the links')),
                ('address_digest', models.CharField(max_length=64, verbose_name='digest of the address')),
                ('address_sealed', models.TextField(verbose_name='sealed address')),
                ('language', models.CharField(default='ar', max_length=3, verbose_name='language')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped at')),
                ('last_digest_on', models.DateField(blank=True, null=True, verbose_name='last digest on')),
            ],
            options={
                'verbose_name': 'subscriber',
                'verbose_name_plural': 'subscribers',
                'constraints': [models.UniqueConstraint(fields=('community_key', 'address_digest'), name='core_subscriber_address')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=80, verbose_name='topic')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='core.subscriber', verbose_name='subscriber')),
            ],
            options={
                'verbose_name': 'follow',
                'verbose_name_plural': 'follows',
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['topic'], name='core_follow_topic')],
                'constraints': [models.UniqueConstraint(fields=('subscriber', 'topic'), name='core_follow_once')],
            },
        ),
        migrations.RunPython(create_cache_table, drop_cache_table),
    ]
