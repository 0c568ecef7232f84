import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='InformationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30, unique=True, verbose_name='reference')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('token', models.CharField(max_length=32, unique=True, verbose_name='name in the follow link')),
                ('code_digest', models.CharField(max_length=64, verbose_name='digest of the follow code')),
                ('submission_key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='key against doubles')),
                ('channel', models.CharField(choices=[('web', 'on this site'), ('desk', 'at the counter'), ('post', 'by post'), ('mail', 'by e-mail'), ('chafafiya', 'on the national portal')], max_length=9, verbose_name='channel')),
                ('external_number', models.CharField(blank=True, max_length=40, verbose_name='number elsewhere')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('text', models.TextField(max_length=4000, verbose_name='information asked for')),
                ('period', models.CharField(blank=True, max_length=120, verbose_name='period')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('access', models.CharField(choices=[('email', 'by e-mail'), ('copy', 'a copy, collected at the counter'), ('electronic', 'an electronic copy, collected at the counter'), ('consult', 'to be consulted on the spot'), ('post', 'by post')], max_length=10, verbose_name='wanted way of access')),
                ('urgent_case', models.CharField(blank=True, choices=[('life', 'the life of persons'), ('safety', 'the safety of persons'), ('freedom', 'the freedom of persons')], max_length=7, verbose_name='urgent, because of')),
                ('public_title', models.CharField(blank=True, max_length=160, verbose_name='public title')),
                ('is_name_public', models.BooleanField(default=False, verbose_name='the name may be public')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('received_on', models.DateField(verbose_name='received on')),
                ('register_number', models.PositiveBigIntegerField(null=True, verbose_name='number in the register')),
                ('receipt_queued_at', models.DateTimeField(blank=True, null=True, verbose_name='receipt queued at')),
                ('phase', models.CharField(max_length=12, verbose_name='where it stands')),
                ('remedy', models.CharField(max_length=12, verbose_name='complaint')),
                ('outcome', models.CharField(blank=True, max_length=14, verbose_name='outcome')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('due_latest', models.DateField(blank=True, null=True, verbose_name='due on at the latest')),
                ('is_extended', models.BooleanField(default=False, verbose_name='extended')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('delivered_on', models.DateField(blank=True, null=True, verbose_name='delivered on')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('deferred_until', models.DateField(blank=True, null=True, verbose_name='publication deferred until')),
                ('turn', models.CharField(max_length=13, verbose_name='who must act')),
                ('turn_by', models.DateField(blank=True, null=True, verbose_name='must act by')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information_requests', to='community.community', verbose_name='community')),
            ],
            options={
                'verbose_name': 'request for information',
                'verbose_name_plural': 'requests for information',
                'indexes': [models.Index(fields=['community', 'turn', 'due_on', 'id'], name='information_request_queue'), models.Index(fields=['community', '-id'], name='information_request_newest')],
                'constraints': [models.UniqueConstraint(fields=('community', 'year', 'number'), name='information_request_number'), models.CheckConstraint(condition=models.Q(('number__lte', 999999999)), name='information_request_number_fits'), models.CheckConstraint(condition=models.Q(('due_latest', None), ('due_latest__gte', models.F('due_on')), _connector='OR'), name='information_request_due_order')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=14, verbose_name='outcome')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('signer', models.CharField(max_length=150, verbose_name='signed by')),
                ('office', models.CharField(max_length=30, verbose_name='office')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('decided_at', models.DateTimeField(verbose_name='decided at')),
                ('reader', models.CharField(blank=True, max_length=150, verbose_name='second reader')),
                ('is_current', models.BooleanField(default=True, verbose_name='in force')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='information.informationrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'decision on a request',
                'verbose_name_plural': 'decisions on requests',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('request',), name='information_decision_current'), models.CheckConstraint(condition=models.Q(('outcome__in', ['full', 'partial', 'refused', 'not_held', 'already_public'])), name='information_decision_outcome_known'), models.CheckConstraint(condition=models.Q(('reader', models.F('signer')), _negated=True), name='information_decision_second_person')],
            },
        ),
        migrations.CreateModel(
            name='RequestAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order in the request')),
                ('kind', models.CharField(max_length=22, verbose_name='act')),
                ('occurred_on', models.DateField(verbose_name='happened on')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('by_kind', models.CharField(max_length=11, verbose_name='kind of author')),
                ('by_key', models.CharField(blank=True, max_length=150, verbose_name='author')),
                ('by_office', models.CharField(blank=True, max_length=30, verbose_name='office')),
                ('facts', models.JSONField(blank=True, default=dict, verbose_name='facts')),
                ('words', models.TextField(blank=True, verbose_name='words to the requester')),
                ('note', models.TextField(blank=True, verbose_name='note of the office')),
                ('register_number', models.PositiveBigIntegerField(null=True, verbose_name='number in the register')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='information.informationrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'act of a request',
                'verbose_name_plural': 'acts of requests',
                'ordering': ['request', 'position'],
                'constraints': [models.UniqueConstraint(fields=('request', 'position'), name='information_act_position')],
            },
        ),
        migrations.CreateModel(
            name='Requester',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('citizen', 'Moroccan citizen'), ('resident', 'foreigner legally resident in Morocco')], max_length=8, verbose_name='status')),
                ('identity_sealed', models.TextField(blank=True, verbose_name='sealed identity')),
                ('contact_sealed', models.TextField(blank=True, verbose_name='sealed contact')),
                ('has_email', models.BooleanField(default=False, verbose_name='can be written to')),
                ('repeat_digest', models.CharField(blank=True, max_length=64, verbose_name='digest of the year')),
                ('purge_on', models.DateField(blank=True, null=True, verbose_name='to be purged on')),
                ('purged_at', models.DateTimeField(blank=True, null=True, verbose_name='purged at')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.participant', verbose_name='proved address')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='requester', to='information.informationrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'requester',
                'verbose_name_plural': 'requesters',
                'indexes': [models.Index(fields=['repeat_digest'], name='information_requester_repeat'), models.Index(fields=['purge_on'], name='information_requester_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purged_at', None), models.Q(('contact_sealed', ''), ('has_email', False), ('identity_sealed', ''), ('repeat_digest', '')), _connector='OR'), name='information_requester_purged_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='WithheldPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(max_length=2, verbose_name='ground')),
                ('exception', models.CharField(blank=True, max_length=3, verbose_name='exception of article 7')),
                ('limb', models.CharField(blank=True, max_length=40, verbose_name='limb of the article')),
                ('reason', models.TextField(verbose_name='reason')),
                ('harm', models.TextField(blank=True, verbose_name='harm that disclosure would do')),
                ('interest', models.TextField(blank=True, verbose_name='public interest weighed')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='where it is published or kept')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withheld', to='information.decision', verbose_name='decision')),
            ],
            options={
                'verbose_name': 'withheld part',
                'verbose_name_plural': 'withheld parts',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='information_withheld_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ground', 'R2'), _negated=True), models.Q(models.Q(('exception', ''), _negated=True), models.Q(('limb', ''), _negated=True), models.Q(('harm', ''), _negated=True), models.Q(('interest', ''), _negated=True)), _connector='OR'), name='information_withheld_exception_named')],
            },
        ),
    ]
