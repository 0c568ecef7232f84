import django.db.models.deletion
import infitah.core.fields
import infitah.kernel.localized
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('intro', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('text', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'ol', 'ul', 'link'], 'label': 'Text'}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {})}, verbose_name='text')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='to be reviewed by')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.CharField(blank=True, max_length=300, verbose_name='sentence under the title')),
                ('body', wagtail.fields.StreamField([('programme', 0), ('consultations', 1), ('communes', 2), ('text', 5)], blank=True, block_lookup={0: ('infitah.website.blocks.ProgrammeBlock', (), {}), 1: ('infitah.website.blocks.ConsultationsBlock', (), {}), 2: ('infitah.website.blocks.CommunesBlock', (), {}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'ol', 'ul', 'link'], 'label': 'Text'}), 5: ('wagtail.blocks.StructBlock', [[('title', 3), ('text', 4)]], {})}, verbose_name='parts of the page')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EmergencyStrip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', infitah.core.fields.LocalizedTextField(default=infitah.kernel.localized.LocalizedText, verbose_name='text')),
                ('since', models.DateTimeField(verbose_name='from')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='community.community', verbose_name='community')),
            ],
            options={
                'verbose_name': 'emergency strip',
                'verbose_name_plural': 'emergency strips',
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='website_strip_ends_after')],
            },
        ),
    ]
