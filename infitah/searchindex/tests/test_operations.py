"""The worker's indexing: marks, sources, faults, renewal."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from infitah.core.registry import JOBS
from infitah.searchindex import operations, queries, registry
from infitah.searchindex.models import DirtyRow, IndexedText
from infitah.searchindex.operations import texts
from infitah.searchindex.registry import SearchableText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def text(title: str, *, language: str = "ar", is_public: bool = True) -> SearchableText:
    return SearchableText(language, title, "", "/ar/", is_public)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[SearchableText]]]:
    """Yield the records of a kind "note" that the index may ask for."""
    held: dict[str, list[SearchableText]] = {}
    monkeypatch.setattr(registry, "SOURCES", {})
    monkeypatch.setattr(texts, "SOURCES", registry.SOURCES)
    registry.register_source("note", lambda _community, subject: held[subject])
    yield held


def mark(subject: str, kind: str = "note") -> None:
    operations.mark_dirty(community_key="SFR", kind=kind, subject=subject)


def found(words: str) -> list[str]:
    return [hit.subject for hit in queries.search(community_key="SFR", text=words).hits]


def test_a_marked_record_is_found_after_the_worker(
    records: dict[str, list[SearchableText]],
) -> None:
    records["1"] = [text("النافورة"), text("La fontaine", language="fr")]
    mark("1")
    mark("1")
    assert DirtyRow.objects.count() == 1
    assert found("نافورة") == []
    assert operations.has_dirty(NOW)
    assert not operations.index_dirty(now=NOW)
    assert found("نافورة") == found("fontaine") == ["1"]
    assert not operations.has_dirty(NOW)


def test_a_record_reads_as_it_is_when_the_worker_comes(
    records: dict[str, list[SearchableText]],
) -> None:
    records["1"] = [text("النافورة"), text("La fontaine", language="fr")]
    mark("1")
    operations.index_dirty(now=NOW)
    records["1"] = [text("السقاية")]
    mark("1")
    operations.index_dirty(now=NOW)
    assert found("سقاية") == ["1"]
    assert found("fontaine") == found("نافورة") == []
    records["1"] = []
    mark("1")
    operations.index_dirty(now=NOW)
    assert IndexedText.objects.count() == 0


def test_removal_is_immediate_and_takes_the_mark_along(
    records: dict[str, list[SearchableText]],
) -> None:
    records["1"] = [text("سر")]
    mark("1")
    operations.index_dirty(now=NOW)
    mark("1")
    operations.remove(community_key="SFR", kind="note", subject="1")
    assert (DirtyRow.objects.count(), IndexedText.objects.count()) == (0, 0)


def test_batches_say_whether_more_waits(records: dict[str, list[SearchableText]]) -> None:
    for number in range(5):
        records[str(number)] = [text(f"طريق {number}")]
        mark(str(number))
    assert operations.index_dirty(now=NOW, limit=3)
    assert not operations.index_dirty(now=NOW, limit=3)
    assert IndexedText.objects.count() == 5


def test_a_faulty_record_holds_up_no_other(records: dict[str, list[SearchableText]]) -> None:
    records["2"] = [text("سليم")]
    mark("1")  # its source raises KeyError
    mark("2")
    for _ in range(texts.MAX_TRIES):
        assert operations.has_dirty(NOW)
        operations.index_dirty(now=NOW)
    assert found("سليم") == ["2"]
    assert DirtyRow.objects.get().tries == texts.MAX_TRIES
    assert not operations.has_dirty(NOW)
    records["1"] = [text("أصلح")]
    mark("1")  # the next change starts anew
    operations.index_dirty(now=NOW)
    assert found("أصلح") == ["1"]


def test_kinds_that_nobody_can_read_wait(records: dict[str, list[SearchableText]]) -> None:
    mark("1", kind="unknown")
    assert not operations.has_dirty(NOW)
    assert not operations.index_dirty(now=NOW)
    assert DirtyRow.objects.count() == 1


def test_an_older_normaliser_is_renewed(records: dict[str, list[SearchableText]]) -> None:
    for number in range(3):
        records[str(number)] = [text(f"طريق {number}"), text("route", language="fr")]
        mark(str(number))
    operations.index_dirty(now=NOW)
    assert not operations.renew_outdated(now=NOW)
    assert not operations.has_dirty(NOW)
    IndexedText.objects.update(normaliser_version=0)
    assert operations.renew_outdated(now=NOW, limit=2)
    assert found("طريق") == ["0", "1", "2"]  # the old texts answer meanwhile
    operations.index_dirty(now=NOW)
    assert not operations.renew_outdated(now=NOW, limit=2)
    operations.index_dirty(now=NOW)
    assert not IndexedText.objects.outdated(texts.NORMALISER_VERSION).exists()


def test_the_worker_knows_its_jobs() -> None:
    assert {"searchindex", "searchindex.renew"} <= JOBS.keys()
    assert str(IndexedText(community_key="SFR", kind="note", subject="1", language="ar"))
