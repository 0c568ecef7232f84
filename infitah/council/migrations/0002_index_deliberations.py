from django.db import migrations


def mark(apps, schema_editor):
    """Have the worker index the deliberations that were recorded before it knew of them."""
    deliberations = apps.get_model("council", "Deliberation").objects.order_by("pk")
    dirty = apps.get_model("searchindex", "DirtyRow").objects
    rows = [
        dirty.model(community_key=key, kind="deliberation", subject=reference)
        for key, reference in deliberations.values_list("community__key", "reference")
    ]
    dirty.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0001_initial'),
        ('searchindex', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
