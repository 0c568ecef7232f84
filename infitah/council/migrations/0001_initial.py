import django.db.models.deletion
import infitah.core.fields
import infitah.kernel.localized
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
        ('core', '0001_initial'),
        ('proceedings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CouncilSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ordinary', 'ordinary session'), ('extraordinary', 'extraordinary session')], max_length=14, verbose_name='kind')),
                ('called_by', models.CharField(choices=[('law', 'as the law provides'), ('president', 'by the president'), ('members', 'by a third of the members'), ('governor', 'by the governor')], max_length=10, verbose_name='held on the initiative')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_council', to='proceedings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'session of the council',
                'verbose_name_plural': 'sessions of the council',
            },
        ),
        migrations.CreateModel(
            name='Deliberation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveIntegerField(verbose_name='number of the council')),
                ('title', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='title')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('state', models.CharField(choices=[('adopted', 'adopted'), ('sent', 'sent to the governor'), ('objected', 'objected to'), ('visa_pending', 'waiting for the visa'), ('visaed', 'visa granted'), ('executory', 'in force'), ('executing', 'being carried out'), ('executed', 'carried out'), ('referred', 'before the administrative court'), ('annulled', 'annulled')], default='adopted', max_length=12, verbose_name='state')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='sent to the governor on')),
                ('posted_on', models.DateField(blank=True, null=True, verbose_name='posted at the seat on')),
                ('is_visa_required', models.BooleanField(default=False, verbose_name='needs a visa')),
                ('visa_on', models.DateField(blank=True, null=True, verbose_name='visa of')),
                ('is_visa_silent', models.BooleanField(default=False, verbose_name='visa by silence')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliberations', to='community.community', verbose_name='community')),
                ('items', models.ManyToManyField(related_name='deliberations', to='proceedings.agendaitem', verbose_name='agenda items')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliberations', to='proceedings.voteevent', verbose_name='vote')),
            ],
            options={
                'verbose_name': 'deliberation',
                'verbose_name_plural': 'deliberations',
                'ordering': ['-adopted_on', '-pk'],
                'indexes': [models.Index(fields=['community', '-adopted_on', '-id'], name='council_deliberation_newest')],
                'constraints': [models.UniqueConstraint(fields=('community', 'year', 'number'), name='council_deliberation_number'), models.CheckConstraint(condition=models.Q(('visa_on', None), models.Q(('is_visa_required', True), ('sent_on__isnull', False), ('visa_on__gte', models.F('sent_on'))), _connector='OR'), name='council_deliberation_visa_after_sending'), models.CheckConstraint(condition=models.Q(models.Q(('sent_on', None), ('sent_on__gte', models.F('adopted_on')), _connector='OR'), models.Q(('posted_on', None), ('posted_on__gte', models.F('adopted_on')), _connector='OR')), name='council_deliberation_steps_after_adoption')],
            },
        ),
        migrations.CreateModel(
            name='DeliberationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('text', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='text')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('made_on', models.DateField(verbose_name='of')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('deliberation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='council.deliberation', verbose_name='deliberation')),
            ],
            options={
                'verbose_name': 'version of a deliberation',
                'verbose_name_plural': 'versions of deliberations',
                'ordering': ['deliberation_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('deliberation', 'number'), name='council_version_number'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='council_version_change_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter_number', models.CharField(max_length=60, verbose_name='number of the letter')),
                ('received_on', models.DateField(verbose_name='received on')),
                ('reason', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='reason')),
                ('outcome', models.CharField(blank=True, choices=[('kept', 'the council kept the text'), ('given_up', 'the council gave the text up')], max_length=8, verbose_name='outcome')),
                ('referred_on', models.DateField(blank=True, null=True, verbose_name='referred to the court on')),
                ('case_number', models.CharField(blank=True, max_length=60, verbose_name='number of the case')),
                ('ruled_on', models.DateField(blank=True, null=True, verbose_name='ruled on')),
                ('ruling', models.CharField(blank=True, choices=[('annulled', 'the court annulled the deliberation'), ('dismissed', 'the court dismissed the request')], max_length=9, verbose_name='ruling')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('deliberation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='council.deliberation', verbose_name='deliberation')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='letter')),
                ('vote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proceedings.voteevent', verbose_name='vote of the new examination')),
            ],
            options={
                'verbose_name': 'objection of the governor',
                'verbose_name_plural': 'objections of the governor',
                'ordering': ['-received_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('vote', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('vote__isnull', False)), _connector='OR'), name='council_objection_examined_by_vote'), models.CheckConstraint(condition=models.Q(('referred_on', None), models.Q(('outcome', 'kept'), ('referred_on__gte', models.F('received_on'))), _connector='OR'), name='council_objection_referred_if_kept'), models.CheckConstraint(condition=models.Q(models.Q(('ruled_on', None), ('ruling', '')), models.Q(models.Q(('ruling', ''), _negated=True), ('ruled_on__gte', models.F('referred_on'))), _connector='OR'), name='council_objection_ruled_after_referral')],
            },
        ),
    ]
