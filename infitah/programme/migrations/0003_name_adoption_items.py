"""Name the agenda items that adopt a programme, so far known by their words; for the last time."""

import re

from django.db import migrations

from infitah.kernel.arabic import stems, tokens

YEAR = re.compile(r"\b20\d\d\b")


def forms(words):
    return frozenset(form for word in tokens(words) for form in (word, *stems(word)))


NAMED = (
    forms("برنامج programme"),
    forms("الانفتاح انفتاح ouverture"),
    forms("المصادقة اعتماد الاعتماد adoption adopter approbation approuver approuvant"),
)
ACCOUNT = forms("تقرير التقرير حصيلة الحصيلة rapport bilan")


def speaks_of_adoption(said, years):
    words = " ".join(one.text_of(code) for one in said for code in one.languages())
    found, named = forms(words), {int(year) for year in YEAR.findall(words)}
    is_named = all(found & group for group in NAMED) and not found & ACCOUNT
    return is_named and (not named or bool(named & years))


def items_of(apps, cycle):
    """Yield the items that adopted a cycle, or that speak of it since it was opened."""
    if cycle.deliberation_id:
        yield cycle.deliberation.vote.item
        return
    years = {cycle.starts_on.year, cycle.ends_on.year}
    items = apps.get_model("proceedings", "AgendaItem").objects.filter(
        community=cycle.community_id,
        sitting__session__body__kind="council",
        sitting__held_on__gte=cycle.opened_on,
    )
    for item in items.order_by("pk").prefetch_related("votes__deliberations"):
        said = [item.title]
        for vote in item.votes.all():
            said += [vote.question, *(one.title for one in vote.deliberations.all())]
        if speaks_of_adoption(said, years):
            yield item


def name_items(apps, schema_editor):
    adoption_item = apps.get_model("programme", "AdoptionItem")
    cycles = apps.get_model("programme", "Cycle").objects.select_related("deliberation__vote__item")
    for cycle in cycles.order_by("pk"):
        for item in items_of(apps, cycle):
            values = {"cycle": cycle, "community_id": cycle.community_id}
            adoption_item.objects.get_or_create(item=item, defaults=values)


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0001_initial'),
        ('programme', '0002_adoption_items'),
    ]

    operations = [migrations.RunPython(name_items, migrations.RunPython.noop)]
