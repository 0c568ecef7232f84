"""What readers say is counted once, without anybody."""

from datetime import timedelta

import pytest

from infitah.ledger.models import Entry
from infitah.publication import operations, queries
from infitah.publication.models import (
    RecordCount,
    VerdictMark,
)
from infitah.publication.operations import RecordRefused
from infitah.publication.rules import Verdict
from infitah.publication.tests.factories import (
    NOW,
    REFERENCE,
    TODAY,
    make_deferred,
    make_record,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME = "فاطمة الزهراء العلوي"


def say(sefrou, verdict=Verdict.ANSWERED_ME, key="one", network="10.0.0.1", now=NOW):
    return operations.count_verdict(
        community=sefrou.province,
        reference=REFERENCE,
        verdict=verdict,
        key=key,
        network=network,
        now=now,
    )


def said() -> list[tuple[int, int]]:
    rows = RecordCount.objects.order_by("day")
    return list(rows.values_list("answered_me", "not_what_i_asked"))


def test_a_button_pressed_twice_counts_once(sefrou):
    make_record(sefrou.province)
    assert say(sefrou)
    assert not say(sefrou)
    assert say(sefrou, key="two")
    assert said() == [(2, 0)]


def test_another_verdict_takes_the_place_of_the_first(sefrou):
    make_record(sefrou.province)
    say(sefrou)
    assert say(sefrou, Verdict.NOT_WHAT_I_ASKED)
    assert said() == [(0, 1)]


def test_no_verdict_tells_who_gave_it(sefrou):
    made = make_record(sefrou.province)
    before = Entry.objects.count()
    say(sefrou, key="a device and its network")
    mark = VerdictMark.objects.get()
    assert "device" not in mark.digest and len(mark.digest) == 64
    make_record(sefrou.province, "SFR-2026-R-0043")
    operations.count_verdict(
        community=sefrou.province,
        reference="SFR-2026-R-0043",
        verdict=Verdict.ANSWERED_ME,
        key="a device and its network",
        network="10.0.0.1",
        now=NOW,
    )
    assert len(set(VerdictMark.objects.values_list("digest", flat=True))) == 2
    assert Entry.objects.count() == before + 1  # the second record's own
    next_day = NOW + timedelta(days=1)
    assert operations.has_old_marks(next_day)
    operations.sweep_marks(now=next_day)
    assert not VerdictMark.objects.exists()
    assert queries.said_of(made, TODAY + timedelta(days=1)).answered_me == 1
    assert queries.said_of(made, TODAY).answered_me == 0


def test_verdicts_of_one_network_are_limited(sefrou):
    make_record(sefrou.province)
    for number in range(60):
        say(sefrou, key=str(number))
    with pytest.raises(RecordRefused) as refused:
        say(sefrou, key="one more")
    assert refused.value.code == "crowded"
    assert say(sefrou, key="elsewhere", network="10.0.0.2")


def test_nothing_is_said_of_what_is_not_public(sefrou):
    make_deferred(sefrou.province)
    with pytest.raises(RecordRefused):
        say(sefrou)
