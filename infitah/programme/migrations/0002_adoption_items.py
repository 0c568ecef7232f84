import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0002_offices_and_texts'),
        ('proceedings', '0002_item_repeats'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdoptionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.community', verbose_name='community')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoption_items', to='programme.cycle', verbose_name='cycle')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adoption_item', to='proceedings.agendaitem', verbose_name='agenda item')),
            ],
            options={
                'verbose_name': 'item on the adoption of a programme',
                'verbose_name_plural': 'items on the adoption of programmes',
                'ordering': ['cycle_id', 'pk'],
            },
        ),
    ]
