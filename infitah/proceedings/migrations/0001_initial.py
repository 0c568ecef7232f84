import django.db.models.deletion
import infitah.core.fields
import infitah.kernel.localized
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('title', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='title')),
                ('convened_on', models.DateField(verbose_name='convened on')),
                ('convened_by', models.CharField(max_length=200, verbose_name='convened by')),
                ('state', models.CharField(choices=[('convened', 'session convened'), ('open', 'session open'), ('closed', 'session closed'), ('cancelled', 'session cancelled')], default='convened', max_length=10, verbose_name='state')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('cancel_reason', infitah.core.fields.LocalizedTextField(blank=True, default=infitah.kernel.localized.LocalizedText, verbose_name='why it was cancelled')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='community.body', verbose_name='body')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='community.community', verbose_name='community')),
                ('term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='community.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['-convened_on', '-pk'],
                'indexes': [models.Index(fields=['body', '-convened_on'], name='proceedings_session_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', False), _connector='OR'), name='proceedings_session_closed_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='text')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('sent', 'sent to the members'), ('approved', 'approved'), ('published', 'published')], default='draft', max_length=10, verbose_name='state')),
                ('written_on', models.DateField(verbose_name='written on')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='approved on')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the approved text')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='proceedings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'minutes',
                'verbose_name_plural': 'minutes',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sent']), models.Q(('approved_on__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='proceedings_minutes_approved_is_bound'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_on__isnull', False), _connector='OR'), name='proceedings_minutes_published_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('held_on', models.DateField(verbose_name='day')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='hour')),
                ('place', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='place')),
                ('is_public', models.BooleanField(default=True, verbose_name='public')),
                ('call', models.PositiveSmallIntegerField(default=1, verbose_name='number of the convocation')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('no_quorum', 'put off, without quorum'), ('cancelled', 'cancelled')], default='planned', max_length=10, verbose_name='state')),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='members in office')),
                ('quorum_needed', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='quorum')),
                ('change_reason', infitah.core.fields.LocalizedTextField(blank=True, default=infitah.kernel.localized.LocalizedText, verbose_name='why it was changed or cancelled')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='proceedings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'ordering': ['session_id', 'position'],
                'constraints': [models.UniqueConstraint(fields=('session', 'position'), name='proceedings_sitting_position'), models.CheckConstraint(condition=models.Q(('call__gte', 1), ('call__lte', 3)), name='proceedings_sitting_call'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['held', 'no_quorum']), _negated=True), models.Q(('quorum_needed__isnull', False), ('seats__isnull', False)), _connector='OR'), name='proceedings_sitting_called_has_quorum')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('presence', models.CharField(choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'excused')], max_length=8, verbose_name='presence')),
                ('first_presence', models.CharField(blank=True, choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'excused')], max_length=8, verbose_name='presence first recorded')),
                ('corrected_on', models.DateField(blank=True, null=True, verbose_name='corrected on')),
                ('correction_reason', infitah.core.fields.LocalizedTextField(blank=True, default=infitah.kernel.localized.LocalizedText, verbose_name='why it was corrected')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='community.mandate', verbose_name='seat')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='proceedings.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'ordering': ['sitting_id', 'mandate__seat', 'mandate_id'],
                'constraints': [models.UniqueConstraint(fields=('sitting', 'mandate'), name='proceedings_attendance_once'), models.CheckConstraint(condition=models.Q(models.Q(('corrected_on', None), ('first_presence', '')), models.Q(models.Q(('first_presence', ''), _negated=True), ('corrected_on__isnull', False)), _connector='OR'), name='proceedings_attendance_corrected_keeps_first')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='title')),
                ('origin', models.CharField(choices=[('president', 'the president'), ('members', 'members'), ('governor', 'the governor'), ('petition', 'a petition')], default='president', max_length=10, verbose_name='put on the agenda by')),
                ('is_public', models.BooleanField(default=True, verbose_name='dealt with in public')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='proceedings.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['sitting_id', 'position'],
                'constraints': [models.UniqueConstraint(fields=('sitting', 'position'), name='proceedings_item_position')],
            },
        ),
        migrations.CreateModel(
            name='VoteEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='question')),
                ('method', models.CharField(choices=[('named', 'roll call'), ('show_of_hands', 'show of hands'), ('secret', 'secret vote')], max_length=14, verbose_name='way of voting')),
                ('majority', models.CharField(choices=[('of_cast', 'absolute majority of the votes cast'), ('of_members', 'absolute majority of the members in office')], max_length=10, verbose_name='majority')),
                ('in_favour', models.PositiveSmallIntegerField(verbose_name='for')),
                ('against', models.PositiveSmallIntegerField(verbose_name='against')),
                ('abstained', models.PositiveSmallIntegerField(verbose_name='abstained')),
                ('are_counts_known', models.BooleanField(default=True, verbose_name='its counts are known')),
                ('casting_vote', models.CharField(blank=True, choices=[('for', 'for'), ('against', 'against')], max_length=8, verbose_name='casting vote of the chair')),
                ('result', models.CharField(choices=[('carried', 'carried'), ('lost', 'lost')], max_length=8, verbose_name='result')),
                ('taken_on', models.DateField(verbose_name='taken on')),
                ('recorded_on', models.DateField(blank=True, null=True, verbose_name='recorded on')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='recorded at')),
                ('struck_on', models.DateField(blank=True, null=True, verbose_name='struck on')),
                ('struck_reason', infitah.core.fields.LocalizedTextField(blank=True, default=infitah.kernel.localized.LocalizedText, verbose_name='why it was struck')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='proceedings.agendaitem', verbose_name='agenda item')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='proceedings.voteevent', verbose_name='record that it replaces')),
            ],
            options={
                'verbose_name': 'vote event',
                'verbose_name_plural': 'vote events',
                'ordering': ['item_id', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('in_favour__gt', 0), ('against__gt', 0), ('abstained__gt', 0), ('are_counts_known', False), _connector='OR'), name='proceedings_vote_has_voters')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('for', 'for'), ('against', 'against'), ('abstain', 'abstained')], max_length=8, verbose_name='choice')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='community.mandate', verbose_name='seat')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named', to='proceedings.voteevent', verbose_name='vote event')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ['event_id', 'mandate__seat', 'mandate_id'],
                'constraints': [models.UniqueConstraint(fields=('event', 'mandate'), name='proceedings_vote_once')],
            },
        ),
    ]
