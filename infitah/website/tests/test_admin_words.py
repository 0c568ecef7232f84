"""The words of Wagtail's back office in Arabic (website.md 1, B6, B7)."""

import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext, override, pgettext

from infitah.community.models import User
from infitah.community.tests.factories import log_in

REACHED = ("admin", "images", "snippets", "locales", "sites", "")
"""Parts of Wagtail that an editor reaches; its users and workflows are closed."""
ODD = re.compile(r"رزم|قصصات|الإعدادات المحلية|هذه البيانات وضحت")
RANGE = re.compile(r"%\(start_index\)s\s*-\s*%\(end_index\)s")
COUNTS = (0, 1, 2, 3, 11, 100)


def upstream(root: Path, language: str = "ar") -> list[polib.POEntry]:
    paths = root.rglob(f"locale/{language}/LC_MESSAGES/django.po")
    return [entry for path in paths for entry in polib.pofile(str(path))]


def texts(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return [ngettext(entry.msgid, entry.msgid_plural, count) for count in COUNTS]
    return [gettext(entry.msgid)]


@pytest.mark.parametrize("part", REACHED)
def test_no_odd_word_and_no_reversed_range_is_left(part):
    root = Path(wagtail.__file__).parent / part / "locale" / "ar" / "LC_MESSAGES"
    entries = polib.pofile(str(root / "django.po"))
    assert len(entries) > 10
    with override("ar"):
        said = [text for entry in entries for text in texts(entry)]
    assert [text for text in said if ODD.search(text) or RANGE.search(text)] == []


def test_each_override_still_restates_a_string_of_django_or_wagtail():
    ours = polib.pofile(str(Path(settings.LOCALE_PATHS[-1]) / "ar" / "LC_MESSAGES" / "django.po"))
    known = {
        (entry.msgctxt, entry.msgid)
        for package in (django, wagtail)
        for entry in upstream(Path(package.__file__).parent)
    }
    stale = {(entry.msgctxt, entry.msgid) for entry in ours} - known
    assert stale <= {(None, "Arabic"), (None, "French")}  # names in our own settings


def test_a_page_is_published_not_active():
    with override("ar"):
        assert (gettext("Live"), gettext("live"), gettext("Locale")) == ("منشور", "منشور", "اللغة")
        assert pgettext("abbrev. month", "Aug.") == "غشت"


def test_a_new_officer_reads_and_is_written_to_in_arabic():
    assert User().language == "ar"


class Asked(forms.Form):
    name = forms.CharField(max_length=3)
    count = forms.IntegerField(max_value=5)
    day = forms.DateField()
    page = forms.URLField(assume_scheme="https")
    kind = forms.ChoiceField(choices=[("a", "A")])
    paper = forms.FileField()


@pytest.mark.parametrize(
    ("language", "verbs", "foreign"),
    [
        ("ar", re.compile(r"^(اكتبوا|اختاروا|لا بد)"), re.compile(r"تحقق|أدخل|هذا الحقل")),
        ("fr", re.compile(r"^(Écrivez|Choisissez|Remplissez)"), re.compile(r"Saisissez|Assurez")),
    ],
)
def test_forms_ask_in_one_voice(language, verbs, foreign):
    wrong = {"name": "long", "count": "x", "day": "x", "page": "x", "kind": "b"}
    typed = ({}, wrong, {**wrong, "count": "6"})
    with override(language):
        said = [
            str(text) for one in typed for rows in Asked(one, {}).errors.values() for text in rows
        ]
    assert len(said) == 18
    assert [text for text in said if not verbs.search(text) or foreign.search(text)] == []


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "يحتاج محرر الصفحات"), ("fr", "L’éditeur de pages")]
)
def test_the_editor_of_pages_says_that_it_needs_javascript(client, sefrou, language, said):
    editor = sefrou.administrator
    type(editor).objects.filter(pk=editor.pk).update(language=language)
    page = log_in(client, editor, sefrou.province).get("/admin/", headers={"host": "localhost"})
    assert said in re.search(r"<noscript.*?</noscript>", page.text, re.DOTALL)[0]
