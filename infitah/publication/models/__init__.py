"""Tables of publication: published answers, their files and grounds, counts, items of art. 10."""

from infitah.publication.models.facet import FacetRow, RecordFacet
from infitah.publication.models.obligation import ProactiveItem
from infitah.publication.models.record import (
    READS_ALL,
    PublishedRecord,
    PublishedRecordQuerySet,
    RecordFile,
    RecordGround,
)
from infitah.publication.models.verdict import RecordCount, VerdictMark

__all__ = [
    "READS_ALL",
    "FacetRow",
    "ProactiveItem",
    "PublishedRecord",
    "PublishedRecordQuerySet",
    "RecordCount",
    "RecordFacet",
    "RecordFile",
    "RecordGround",
    "VerdictMark",
]
