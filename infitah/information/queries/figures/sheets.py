"""The yearly report as sheets in Arabic and French, and bound to the register for anybody."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.design import pdf
from infitah.design.text import colon, grouped
from infitah.information.models import YearlyReport
from infitah.information.queries.figures.page import Section, note_of, share_words
from infitah.information.queries.figures.portal import PortalMonth
from infitah.information.queries.figures.report import (
    Content,
    ReportPage,
    report_page,
    report_title,
)
from infitah.information.queries.figures.told import Told
from infitah.information.queries.letters.paper import OTHER, letterhead, place_and_day
from infitah.information.rules import figures
from infitah.kernel.dates import format_date, format_month
from infitah.ledger.queries import receipt_document
from infitah.ledger.rules import Bound, Part
from infitah.ledger.rules.bound import whole_digest

TEMPLATE: Final = "information/yearly.typ"
Row = dict[str, object]


def bound_digest(reference: str, sha256: str) -> str:
    """Return the hash that the register states: of a report and the hash of its content."""
    return whole_digest([(reference, sha256)])


def bound_report(report: YearlyReport) -> Bound:
    """Return a report with the receipt of its publication. At most eight queries."""
    return Bound(
        sha256=bound_digest(report.reference, report.sha256),
        parts=(Part(report.reference, report.sha256, report.content),),
        receipt=receipt_document(report.community.key, report.register_number),
        quoted_in=None,
        about={
            "community": report.community.key,
            "institution": report.community.institution.as_json(),
            "report": report.year,
            "version": report.number,
        },
    )


def proof_json(report: YearlyReport) -> str:
    """Return the bound report as a JSON text."""
    return json.dumps(bound_report(report).as_json(), ensure_ascii=False, indent=1)


def report_pdf(report: YearlyReport, language: str) -> bytes:
    """Return a published report as PDF/UA-1 with its proof attached. Outside any transaction.

    From the frozen content alone: the same report gives the same bytes.
    """
    proof = pdf.Attachment(
        f"{report.reference}.json", proof_json(report), "report bound to the public register"
    )
    with override(language):
        inputs = {
            **_sheet(report.community, report.content, language),
            "number": report.reference,
            "number_label": pgettext("before a reference", "No."),
            **_foot(report, language),
        }
        title = report_title(report.year)
    return pdf.render(TEMPLATE, inputs, title=title, language=language, attachments=[proof])


def draft_pdf(community: Community, content: Content, language: str) -> bytes:
    """Return a report that nobody signed yet, marked as a draft. Outside any transaction."""
    with override(language):
        inputs = {
            **_sheet(community, content, language),
            "draft": _("Draft: not signed, not published. Its figures move with the records."),
            "signature": [],
        }
        title = report_title(int(content["year"]))
    return pdf.render(TEMPLATE, inputs, title=title, language=language)


def _sheet(community: Community, content: Content, language: str) -> Row:
    told = report_page(content)
    institution = community.institution.in_language(language)
    return {
        "lines": letterhead(community, language),
        "lines_other": letterhead(community, OTHER[language]),
        "accent": community.accent,
        "author": institution,
        "date": place_and_day(community, told.counted_on, language),
        "answer": told.page.answer or _("No request for information was received in this year."),
        "counted": _counted(told, language),
        "version": _version(content),
        "tables": [*_tables(told, language)],
        "remarks_label": _("Remarks"),
        "remarks": told.remarks.in_language(language).splitlines(),
        "definitions_label": _("What is counted"),
        "definitions": [*_definitions(told, language)],
        "signature": _signature(told, language),
        "footer": f"{report_title(int(content['year']))} · {institution}",
    }


def _counted(told: ReportPage, language: str) -> str:
    words = _("Requests received from %(first)s to %(last)s, as they stood on %(day)s.")
    span = told.page.span
    return words % {
        "first": format_date(span.first, language),
        "last": format_date(span.last, language),
        "day": format_date(told.counted_on, language),
    }


def _version(content: Content) -> str:
    if int(content["version"]) == 1:
        return ""
    words = _("Version %(n)s, which corrects the one before: %(reason)s")
    return words % {"n": content["version"], "reason": content["reason"]}


def _tables(told: ReportPage, language: str) -> Iterator[Row]:
    heads = [_("Figure"), _("Number"), _("Share")]
    first = [told.told[code] for code in figures.TWELVE if code in told.told]
    yield _table(_("Twelve figures"), heads, [_line(one, language) for one in first])
    for section in told.page.sections:
        yield _section(section, heads, language)
    if told.portal:
        yield _portal(told.portal, language)


def _section(section: Section, heads: Sequence[str], language: str) -> Row:
    if not section.told:
        return {"title": section.title, "heads": [], "rows": [], "empty": section.empty}
    return _table(section.title, heads, [_line(one, language) for one in section.told])


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Row:
    return {"title": title, "heads": heads, "rows": rows, "empty": ""}


def _line(one: Told, language: str) -> list[str]:
    name = one.name.in_language(language)
    name = f"{name} ({one.law_code})" if one.law_code else name
    if one.value.number is None:
        return [name, "—", note_of(one)]
    if one.value.percent is not None:
        return [name, grouped(one.value.number), share_words(one.value.percent)]
    return [name, grouped(one.value.number), note_of(one)]


def _portal(months: Sequence[PortalMonth], language: str) -> Row:
    heads = [_("Month"), _("On the national portal"), _("Entered here")]
    rows = [
        [
            format_month(one.month, language),
            "—" if one.received is None else grouped(one.received),
            grouped(one.ours),
        ]
        for one in months
    ]
    return _table(_("The national portal beside our register"), heads, rows)


def _definitions(told: ReportPage, language: str) -> Iterator[tuple[str, str]]:
    """Yield each definition once: of a figure by its name, of a family by the section's."""
    for code in figures.TWELVE:
        one = told.told.get(code)
        if one is not None:
            words = one.name.in_language(language)
            yield f"{words}{colon()}", one.definition.in_language(language)
    known = {told.told[code].definition for code in figures.TWELVE if code in told.told}
    for section in told.page.sections:
        for name, definition in section.definitions:
            if definition not in known:
                known.add(definition)
                label = name.in_language(language) if name else section.title
                yield f"{label}{colon()}", definition.in_language(language)


def _signature(told: ReportPage, language: str) -> list[str]:
    name, office = told.signer.in_language(language), told.office.in_language(language)
    signed = _("Signed on %(day)s") % {"day": format_date(told.counted_on, language)}
    return [line for line in (office, name, signed) if line]


def _foot(report: YearlyReport, language: str) -> Row:
    path = f"/{language}/information/figures/{report.year}/report/{report.number}/"
    address = url_of(report.community, path)
    words = _(
        "Its data are attached to this file; infitah verify says whether they are the very ones "
        "that the public register states. SHA-256:"
    )
    return {
        "qr": address,
        "proof_label": _("How to verify this report"),
        "proof": f"{words} {report.sha256}",
        "address": address,
        "register": _("Entry of the public register") + f"{colon()} {report.register_number}",
    }
