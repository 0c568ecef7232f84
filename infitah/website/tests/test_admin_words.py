"""The words of Wagtail's back office in Arabic (website.md 1, B6, B7)."""

import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django.conf import settings
from django.utils.translation import gettext, ngettext, override, pgettext

from infitah.community.models import User

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
