"""Documents and data that show what was done are found in the one box, once they are confirmed."""

from datetime import date

import pytest

from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.tests.factories import NOW, OWNER, SECOND, adopted_programme, evidence
from infitah.searchindex import operations as searchindex
from infitah.searchindex import queries
from infitah.searchindex.models import IndexedText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON = date(2024, 2, 1)
TITLE = LocalizedText(ar="محضر تسلم تجهيزات القاعة", fr="Procès-verbal de réception")


def confirmed(sefrou, *, is_confirmed=True, **more):
    """Return evidence of the first milestone, once the worker has indexed what is marked."""
    _cycle, (commitment,) = adopted_programme(sefrou)
    reference = f"{commitment.reference}-M1"
    operations.start_milestone(reference=reference, on=ON, by=OWNER, now=NOW)
    given = operations.claim_milestone(
        reference=reference, evidence=evidence(title=TITLE, **more), on=ON, by=OWNER, now=NOW
    )
    if is_confirmed:
        operations.verify_milestone(reference=reference, on=ON, by=SECOND, now=NOW)
    while searchindex.index_dirty(now=NOW):
        pass
    return given


@pytest.mark.parametrize(("kind", "indexed"), [("url", "document"), ("dataset", "dataset")])
def test_confirmed_evidence_is_found_in_both_languages(sefrou, kind, indexed):
    given = confirmed(sefrou, kind=kind)
    rows = IndexedText.objects.filter(kind=indexed, subject=given.reference)
    assert set(rows.values_list("language", flat=True)) == {"ar", "fr"}
    commitment = given.milestone.commitment
    for row in rows:
        assert row.url.startswith(f"/{row.language}/programme/") and row.is_public
        assert row.url.endswith(f"/{commitment.reference}/#{given.reference}")
    searchindex.renew_vocabulary(now=NOW)
    found = queries.suggest(
        community_key="SFR", text="تجهيزات القاعة", kinds=("document", "dataset"), language="ar"
    )
    assert [one.subject for one in found] == [given.reference]


def test_what_nobody_confirmed_is_found_by_nobody(sefrou):
    given = confirmed(sefrou, is_confirmed=False)
    assert not IndexedText.objects.filter(subject=given.reference).exists()


def test_a_record_of_the_site_is_found_as_itself(sefrou):
    given = confirmed(sefrou, kind="record", url="", record="SFR-2024-S-0001")
    assert not IndexedText.objects.filter(subject=given.reference).exists()
