"""What may be read of publication, and by whom; every page, feed and file starts here."""

from infitah.publication.queries.asking import asking_url, register_asking
from infitah.publication.queries.content import canonical_content, content_of
from infitah.publication.queries.data import (
    ExportedRecord,
    ListedRecord,
    count_of_records,
    exported_record,
    exported_records,
    listed_records,
    newest_records,
)
from infitah.publication.queries.facets import FacetView, LogCounts, facet_named, log_counts
from infitah.publication.queries.log import (
    KIND,
    LogFilter,
    RecordList,
    RecordRow,
    log_of,
    record_list,
    walk_of,
)
from infitah.publication.queries.records import (
    FILE_PREFIX,
    FilePart,
    ReaderWords,
    RecordPage,
    address_of,
    bearers_of_hash,
    file_is_visible,
    put_off,
    record_page,
    said_of,
)
from infitah.publication.queries.search import (
    FoundList,
    FoundRecord,
    by_number,
    found_records,
    searchable_record,
)
from infitah.publication.queries.transparency import ItemStanding, standing_of_items

__all__ = [
    "FILE_PREFIX",
    "KIND",
    "ExportedRecord",
    "FacetView",
    "FilePart",
    "FoundList",
    "FoundRecord",
    "ItemStanding",
    "ListedRecord",
    "LogCounts",
    "LogFilter",
    "ReaderWords",
    "RecordList",
    "RecordPage",
    "RecordRow",
    "address_of",
    "asking_url",
    "bearers_of_hash",
    "by_number",
    "canonical_content",
    "content_of",
    "count_of_records",
    "exported_record",
    "exported_records",
    "facet_named",
    "file_is_visible",
    "found_records",
    "listed_records",
    "log_counts",
    "log_of",
    "newest_records",
    "put_off",
    "record_list",
    "record_page",
    "register_asking",
    "said_of",
    "searchable_record",
    "standing_of_items",
    "walk_of",
]
