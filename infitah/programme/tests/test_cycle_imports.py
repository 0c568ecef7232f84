"""A running programme taken in from a table, and past deliberations entered."""

from datetime import date

import pytest
from django.utils import translation

from infitah.community.tests.factories import (
    BodyFactory,
)
from infitah.core.errors import OperationRefused
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText
from infitah.council.queries import vote_sentence
from infitah.council.rules import CalledBy, SessionKind
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings.rules import Counts
from infitah.programme import operations
from infitah.programme.models import Commitment, Milestone, StatusChange
from infitah.programme.operations import CycleRefused, PastSession
from infitah.programme.queries import importing
from infitah.programme.queries.export import commitment_rows
from infitah.programme.rules import texts
from infitah.programme.rules.importing import COLUMNS
from infitah.programme.tests.cycles import TABLE, TODAY
from infitah.programme.tests.factories import (
    NOW,
    OWNER,
    SECOND,
    STEP,
    WORDS,
    commitment_of,
    cycle_of,
    evidence,
    viewer_of,
)

WHY = LocalizedText(ar="لتزامن الموعد مع عطلة", fr="La date tombe un jour férié")


def reading_of(cycle, table=TABLE):
    return importing.preview_of(cycle, table.encode(), TODAY)


def imported(cycle, sefrou, table=TABLE, **more):
    values = {
        "cycle": cycle,
        "reading": reading_of(cycle, table).reading,
        "deliberation": more.pop("deliberation", None) or adopted(sefrou.council),
        "file": None,
        **STEP,
    }
    return operations.import_programme(**(values | more))


def test_a_running_programme_is_imported_for_what_it_is(sefrou):
    cycle = cycle_of(sefrou)
    deliberation = adopted(sefrou.council)
    done = imported(cycle, sefrou, deliberation=deliberation)
    assert (done.made, done.milestones, done.unchanged) == (2, 3, 0)
    cycle.refresh_from_db()
    assert (cycle.state, cycle.is_imported, cycle.deliberation) == ("adopted", True, deliberation)
    first, second = cycle.commitments.order_by("position")
    assert (first.state, second.state, first.budget) == ("running", "adopted", 4_000_000)
    claimed, blocked = first.milestones.order_by("number")
    assert (claimed.state, claimed.done_on) == ("claimed", date(2024, 6, 20))
    assert (blocked.depends_on, blocked.planned_end) == (claimed, date(2025, 3, 31))
    assert StatusChange.objects.get(milestone=blocked).reason.ar == "تأخر الصفقة"
    # Nobody says that the deliberation quoted a hash, or that an idea stood behind it.
    version = first.versions.get()
    bound = version.adoption
    assert (version.kind, version.lint_score is not None) == ("imported", True)
    assert not bound.is_same_text and bound.difference.ar
    assert first.reason_without_idea.ar
    digest = texts.programme_digest(
        (one.reference, one.versions.get().sha256) for one in (first, second)
    )
    assert cycle.sha256 == digest
    entry = Entry.objects.get(act="programme.imported")
    assert digest in entry.canonical


def test_what_the_file_calls_done_waits_for_evidence(sefrou):
    cycle = cycle_of(sefrou)
    imported(cycle, sefrou, TABLE.replace("claimed", "verified"))
    milestone = Milestone.objects.get(state="claimed")
    with pytest.raises(operations.MilestoneRefused):
        operations.verify_milestone(reference=milestone.reference, on=TODAY, **STEP)
    back = {"reference": milestone.reference, "on": TODAY, "by": SECOND, "now": NOW}
    operations.return_milestone(reason=WHY, **back)
    operations.claim_milestone(**(back | {"evidence": evidence(), "by": OWNER}))
    assert operations.verify_milestone(**back).state == "verified"


def test_the_export_of_an_imported_programme_gives_the_same_rows(sefrou):
    cycle = cycle_of(sefrou)
    given = [
        row for one in reading_of(cycle).reading.commitments for row in importing.rows_of_plan(one)
    ]
    imported(cycle, sefrou)
    cycle.refresh_from_db()
    rows = list(commitment_rows(cycle, viewer_of(sefrou.province), TODAY))
    assert [{name: str(row[name]) for name in COLUMNS} for row in rows] == given
    table = ";".join(COLUMNS) + "\n"
    table += "\n".join(";".join(str(row[name]) for name in COLUMNS) for row in rows)
    again = importing.preview_of(cycle, table.encode(), TODAY)
    assert (again.faults, again.new, again.same, again.different) == ((), 0, 2, 0)


def test_the_same_file_again_changes_nothing(sefrou):
    cycle = cycle_of(sefrou)
    deliberation = adopted(sefrou.council)
    imported(cycle, sefrou, deliberation=deliberation)
    before = Entry.objects.count()
    done = imported(cycle, sefrou, deliberation=deliberation)
    assert (done.made, done.unchanged, Entry.objects.count()) == (0, 2, before)
    other = TABLE.replace("تكوين", "تكوين المستشارين")
    assert reading_of(cycle, other).different == 1
    assert imported(cycle, sefrou, other, deliberation=deliberation).made == 0
    with pytest.raises(CycleRefused):
        more = TABLE + TABLE.splitlines()[3].replace("2;", "3;", 1)
        imported(cycle, sefrou, more, deliberation=deliberation)
    assert cycle.commitments.count() == 2


def test_an_import_is_all_or_nothing(sefrou):
    cycle = cycle_of(sefrou)
    with pytest.raises(CycleRefused) as refused:
        imported(cycle, sefrou, TABLE.replace(";60;", ";50;"))
    assert refused.value.field == "file"
    other = cycle_of(sefrou, "2026-2027")
    deliberation = adopted(BodyFactory(community=sefrou.other))
    with pytest.raises(CycleRefused) as refused:
        imported(cycle, sefrou, deliberation=deliberation)
    assert refused.value.field == "deliberation"
    used = adopted(BodyFactory(community=sefrou.province, kind="bureau"), number=9)
    imported(other, sefrou, deliberation=used)
    with pytest.raises(CycleRefused):
        imported(cycle, sefrou, deliberation=used)
    commitment_of(cycle, sefrou.axis)
    with pytest.raises(CycleRefused):
        imported(
            cycle,
            sefrou,
            deliberation=adopted(BodyFactory(community=sefrou.province, kind="bureau"), number=10),
        )
    assert not Commitment.objects.filter(cycle=cycle).exclude(source_key="").exists()


def enter(sefrou, **more):
    session = PastSession(
        kind=SessionKind.ORDINARY,
        called_by=CalledBy.LAW,
        title=WORDS,
        convened_on=date(2025, 9, 20),
        held_on=more.pop("held_on", date(2025, 10, 7)),
        place=WORDS,
    )
    text = AdoptedText(31, LocalizedText(ar="مقرر البرنامج"), WORDS)
    values = {"body": sefrou.council, "session": session, "adopted": text, "counts": None, **STEP}
    return operations.enter_past_deliberation(**(values | more))


def test_a_past_deliberation_is_entered_with_or_without_its_votes(sefrou):
    made = enter(sefrou)
    assert (made.number, made.year, made.adopted_on) == (31, 2025, date(2025, 10, 7))
    assert not made.vote.are_counts_known
    with translation.override("fr"):
        assert "unanim" not in vote_sentence(made.vote) and "0" not in vote_sentence(made.vote)
    entry = Entry.objects.get(act="council.deliberation_adopted")
    assert '"for"' not in entry.canonical and entry.occurred_on == date(2025, 10, 7)
    known = enter(sefrou, counts=Counts(18, 0, 2), adopted=AdoptedText(32, WORDS, WORDS))
    assert (known.vote.in_favour, known.vote.are_counts_known) == (18, True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"counts": Counts(3, 9, 0)}, "in_favour"),
        ({"held_on": date(2027, 1, 5)}, "held_on"),
        ({"held_on": date(2025, 9, 1)}, "held_on"),
    ],
)
def test_a_past_deliberation_is_refused_beside_its_field(sefrou, more, field):
    with pytest.raises(OperationRefused) as refused:
        enter(sefrou, **more)
    assert refused.value.field == field
    assert not Deliberation.objects.exists()
