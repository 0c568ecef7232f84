"""Evidence that an officer names: checked, dated and hashed by us."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from infitah.core import files
from infitah.proceedings.tests.factories import SittingFactory, held_sitting
from infitah.programme import operations
from infitah.programme.models import TimetableEntry
from infitah.programme.operations import EvidenceRefused, MilestoneRefused
from infitah.programme.tests.claims import NOW, TITLE, TODAY, prepared, staged
from infitah.programme.tests.factories import BY, evidence


def picture():
    out = BytesIO()
    Image.new("RGB", (4, 4), "green").save(out, "PNG")
    return staged(out.getvalue(), "photo.png")


def test_a_record_is_kept_as_canonical_json_with_its_hash(sefrou, commitment):
    reference = commitment.cycle.deliberation.reference
    given_ = prepared(sefrou, "deliberation", record=reference)
    kept = files.content(given_.capture)
    assert hashlib.sha256(kept).hexdigest() == given_.sha256
    assert reference.encode() in kept and given_.captured_on == TODAY


def test_a_meeting_is_a_past_step_or_a_held_session(sefrou, commitment):
    step = TimetableEntry.objects.create(
        community=sefrou.province,
        cycle=commitment.cycle,
        slug="training",
        kind="training",
        starts_on=date(2024, 3, 4),
        ends_on=date(2024, 3, 5),
        text=TITLE,
    )
    assert prepared(sefrou, "event", record="2024-2025/training").sha256
    sitting, _present = held_sitting(commitment.cycle.committee, seats=3)
    assert prepared(sefrou, "event", record=sitting.session.reference).sha256
    step.ends_on = date(2026, 9, 1)
    step.save(update_fields=["ends_on"])
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "event", record="2024-2025/training")
    assert refused.value.code == "future"
    planned = SittingFactory(session__body=commitment.cycle.committee).session
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "event", record=planned.reference)
    assert refused.value.code == "not_held"


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("deliberation", {"record": "SFR-2023-D-0099"}, "record"),
        ("event", {"record": "2024-2025/none"}, "record"),
        ("event", {"record": "SFR-2023-S-0099"}, "record"),
        ("record", {"record": "SFR-2023-I-0001"}, "record"),
        ("file", {}, "file"),
        ("url", {}, "url"),
        ("dataset", {"url": "https://other.example/data.csv"}, "file"),
        ("url", {"url": "https://other.example/"}, "file"),
    ],
)
def test_what_shows_nothing_is_refused_beside_its_field(sefrou, kind, more, field):
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, kind, **more)
    assert refused.value.field == field


def test_a_photograph_says_what_it_shows(sefrou):
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "file", file=picture())
    assert refused.value.field == "alt"
    assert prepared(sefrou, "file", file=picture(), alt="واجهة الموقع").alt


def test_a_claim_of_tomorrow_or_with_another_hash_is_refused(commitment):
    reference = f"{commitment.reference}-M1"
    for more, on, field in (
        ({}, date(2026, 8, 4), "on"),
        ({"file": staged(), "kind": "file"}, TODAY, "file"),
    ):
        with pytest.raises(MilestoneRefused) as refused:
            operations.claim_done(
                reference=reference, evidence=evidence(**more), on=on, by=BY, now=NOW
            )
        assert refused.value.field == field
