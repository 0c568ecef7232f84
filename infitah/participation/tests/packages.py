"""Packages of a consultation for tests: who told what, what was fetched; with a fixture."""

import io
import zipfile
from datetime import timedelta

import pytest

from infitah.community.models import Community
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Idea
from infitah.participation.tests.factories import AFTER, DURING, make_idea
from infitah.participation.tests.workshops import enter, make_workshop

ONE = "/fr/consultations/june/"


@pytest.fixture
def told(sefrou, june):
    """Ideas of every kind that a file meets: formulas, quotes, lines, late, workshop, hidden."""
    commune = Community.objects.filter(parent=sefrou.province).first()
    make_idea(june, sefrou.axis, "=1+1 نشر الميزانية كل سنة", detail='سطر\nثان, "مقتبس"')
    make_idea(june, sefrou.second_axis, "'apostrophe : publier le budget", commune=commune)
    at = DURING + timedelta(microseconds=123456)
    make_idea(june, sefrou.axis, "@publier les comptes rendus", at=at, detail='-- \'= "x"')
    make_idea(june, sefrou.axis, at=AFTER)
    hidden = make_idea(june, sefrou.axis, "فكرة محجوبة لا يقرؤها أي أحد هنا")
    Idea.objects.filter(pk=hidden.pk).update(state="held")
    table = make_workshop(june, sefrou.axis, place=LocalizedText("")).tables.get()
    enter(table, "توفير النقل المدرسي للتلاميذ بالدواوير", dots=7)
    return june


def fetched(client, name="consultation.zip"):
    return b"".join(client.get(f"{ONE}{name}").streaming_content)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
