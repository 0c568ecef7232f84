"""Calendar files, written by hand as RFC 5545 asks and read back by a reader of others."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from infitah.kernel import icalendar
from infitah.kernel.text import clean_text


def unfolded(text):
    return text.replace("\r\n ", "")


@given(some.text(max_size=300))
def test_a_folded_line_is_at_most_75_octets_and_comes_back(text):
    line = icalendar.escaped(f"SUMMARY:{text}")
    folded = icalendar.folded(line)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
    assert "\n" not in line and "\r" not in line


@given(some.text(max_size=200), some.text(max_size=200))
def test_a_reader_of_others_reads_our_words_back(summary, description):
    day = icalendar.Day(
        uid="a@sefrou.example",
        summary=clean_text(summary),
        first=date(2026, 1, 1),
        last=date(2026, 1, 1),
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        description=clean_text(description),
    )
    text = icalendar.calendar([day], name="برنامج", language="ar")
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["SUMMARY"] == day.summary
    assert event.get("DESCRIPTION", "") == day.description


def test_an_event_says_whole_days_and_its_end_is_exclusive():
    day = icalendar.Day(
        uid="a@sefrou.example",
        summary="ورشة, أولى; مقر\nالمجلس",
        first=date(2026, 12, 30),
        last=date(2026, 12, 31),
        changed_at=datetime(2026, 11, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        sequence=2,
        status="TENTATIVE",
    )
    text = unfolded(icalendar.calendar([day], name="برنامج", language="ar"))
    for line in (
        "DTSTART;VALUE=DATE:20261230",
        "DTEND;VALUE=DATE:20270101",
        "DTSTAMP:20261101T000000Z",
        "LAST-MODIFIED:20261101T000000Z",
        "SEQUENCE:2",
        "STATUS:TENTATIVE",
        "SUMMARY;LANGUAGE=ar:ورشة\\, أولى\\; مقر\\nالمجلس",
    ):
        assert f"\r\n{line}\r\n" in text
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    with pytest.raises(ValueError, match="time zone"):
        icalendar.instant(datetime(2026, 1, 1))
    assert icalendar.instant(datetime(2026, 1, 1, tzinfo=UTC)) == "20260101T000000Z"
