"""How yearly reports on access to information read in the word index: as published documents."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import override

from infitah.information.models import YearlyReport
from infitah.information.queries.figures import report_page, report_title
from infitah.information.rules import figures
from infitah.searchindex.registry import SearchableText

KIND: Final = "document"
_LANGUAGES: Final = ("ar", "fr")


def searchable_report(community_key: str, subject: str) -> list[SearchableText]:
    """Return a yearly report in Arabic and French: its remarks and what its figures are called.

    Nothing for a version that a newer one followed. Two queries.
    """
    known = YearlyReport.objects.filter(community__key=community_key)
    found = known.filter(reference=subject).first()
    if found is None or known.filter(year=found.year, number__gt=found.number).exists():
        return []
    return list(_texts(found))


def _texts(found: YearlyReport) -> Iterator[SearchableText]:
    told = report_page(found.content).told
    names = [told[code].name for code in figures.TWELVE if code in told]
    for language in _LANGUAGES:
        with override(language):
            title = report_title(found.year)
            url = reverse("information:report", args=[found.year])
        said = [found.remarks.text_of(language), *(name.text_of(language) for name in names)]
        yield SearchableText(
            language=language,
            title=title,
            body="\n".join(filter(None, said)),
            url=url,
            is_public=True,
            dated_on=found.signed_on,
        )
