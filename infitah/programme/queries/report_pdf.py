"""A report as documents: bound to the register for anybody to verify, and as a PDF."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.design import pdf
from infitah.design.text import colon, grouped
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.ledger.queries import receipt_document
from infitah.ledger.rules import Bound, Part
from infitah.ledger.rules.bound import whole_digest
from infitah.programme.models import AnnualReport
from infitah.programme.queries.report import (
    CommitmentTold,
    ConsultationTold,
    IndicatorTold,
    MilestoneTold,
    ReportPage,
    report_page,
    report_title,
    url_of_report,
)
from infitah.programme.queries.report_words import BETWEEN, KNOTS, done_late

Row = dict[str, object]


def bound_digest(report: AnnualReport) -> str:
    """Return the hash that the register states of a report: of its reference and content hash."""
    return whole_digest([(report.reference, report.sha256)])


def bound_report(report: AnnualReport) -> Bound | None:
    """Return a published report with the receipt of its publication, None before. 8 queries."""
    if report.register_number is None:
        return None
    return Bound(
        sha256=bound_digest(report),
        parts=(Part(report.reference, report.sha256, report.content),),
        receipt=receipt_document(report.community.key, report.register_number),
        quoted_in=None,
        about={
            "community": report.community.key,
            "institution": report.community.institution.as_json(),
            "title": report.cycle.title.as_json(),
            "report": report.year,
            "version": report.number,
        },
    )


def proof_json(report: AnnualReport) -> str:
    """Return the bound report as a JSON text, empty before its publication."""
    bound = bound_report(report)
    return json.dumps(bound.as_json(), ensure_ascii=False, indent=1) if bound else ""


def report_pdf(report: AnnualReport, language: str) -> bytes:
    """Return a report as a tagged PDF in Arabic or French, its proof attached.

    From the frozen content alone: the same report gives the same bytes. Outside a transaction.
    """
    proof = proof_json(report)
    attached = [
        pdf.Attachment(f"{report.reference}.json", proof, "report bound to the public register")
    ]
    with override(language):
        page = report_page(report)
        title = f"{report_title(report)} · {page.title.in_language(language)}"
        inputs = _inputs(page, language)
    return pdf.render(
        "programme/report.typ",
        inputs,
        title=title,
        language=language,
        attachments=attached if proof else (),
    )


def _inputs(page: ReportPage, language: str) -> Row:
    report, community = page.report, page.report.community
    address = url_of(community, f"/{language}{_path(report)}")
    institution = LocalizedText.from_json(page.content["community"]["institution"])
    return {
        "lines": [*_letterhead(community, language), institution.in_language(language)],
        "accent": community.accent,
        "author": institution.in_language(language),
        "number": report.reference,
        "number_label": _("Report"),
        "date": format_date(report.counted_on, language),
        "date_label": _("as it stood on"),
        "answer": page.answer,
        "sections": [*_sections(page, language)],
        "qr": address,
        "proof_label": _("How to verify this report"),
        "proof": _(
            "Its data are attached to this file; infitah verify says whether they are the very "
            "ones that the public register states. SHA-256:"
        )
        + f" {report.sha256}",
        "address": address,
        "footer": f"{report_title(report)} · {institution.in_language(language)}",
    }


def _path(report: AnnualReport) -> str:
    """Return the address of a report after the language."""
    return "/" + url_of_report(report).lstrip("/").partition("/")[2]


def _letterhead(community: Community, language: str) -> list[str]:
    lines = community.letterhead.in_language(language) if community.letterhead else ""
    return lines.splitlines()


def _sections(page: ReportPage, language: str) -> Iterator[Row]:
    counts = page.content["summary"]
    rows = [(str(words), str(counts[name])) for name, _star, words in KNOTS]
    if done_late(page.content):
        rows.insert(1, (_("Of those done: after the day announced"), str(done_late(page.content))))
    yield _facts(_("At a glance"), rows)
    yield _facts(_("The programme"), [*_programme(page, language)])
    if page.late:
        yield _items(_("What is late, and why"), [*_late(page, language)])
    for one in page.commitments:
        yield _commitment(one, language)
    if page.changes:
        yield _items(page.since, [*_changes(page, language)])
    for told in page.consultations:
        name = told.name.in_language(language)
        yield _facts(f"{_('What citizens said')} · {name}", [*_consultation(told, language)])
    if page.moderation:
        yield _facts(_("Moderation"), [(name, str(n)) for name, n in page.moderation])


def _facts(title: str, rows: list[tuple[str, str]]) -> Row:
    return {"title": title, "facts": rows, "items": []}


def _items(title: str, items: list[str]) -> Row:
    return {"title": title, "facts": [], "items": items}


def _programme(page: ReportPage, language: str) -> Iterator[tuple[str, str]]:
    cycle, committee = page.content["cycle"], page.content["committee"]
    yield _("Openness programme"), page.title.in_language(language)
    if cycle["adopted"]:
        yield _("Adopted by the council"), _adopted(cycle["adopted"], language)
    if committee:
        yield (
            LocalizedText.from_json(committee["name"]).in_language(language),
            _("%(seats)s seats, women %(women)s, men %(men)s; meetings held: %(n)s")
            % {
                "seats": committee["seats"],
                "women": committee["women"],
                "men": committee["men"],
                "n": page.meetings_held,
            },
        )
        if page.categories:
            yield _("Seats by side"), _listed(page.categories)
    if page.grades:
        yield _("Grades of what was found, from the lowest to the highest"), page.grades
    yield _("Counted on"), format_date(page.report.counted_on, language)


def _adopted(row: Row, language: str) -> str:
    """Return the day, the deliberation and its votes; of old papers these may be unknown."""
    said = {"day": _day(str(row["adopted_on"]), language), "reference": row["reference"]}
    if row["for"] is None:
        return _("%(day)s, deliberation %(reference)s") % said
    said |= {"n_for": row["for"], "n_against": row["against"], "n_abstained": row["abstained"]}
    words = _(
        "%(day)s, deliberation %(reference)s: for %(n_for)s, against %(n_against)s, abstained "
        "%(n_abstained)s"
    )
    return words % said


def _day(value: str, language: str) -> str:
    return format_date(date.fromisoformat(value), language)


def _late(page: ReportPage, language: str) -> Iterator[str]:
    for _commitment, step in page.late:
        reason = step.reason.in_language(language) or str(step.word or _("No reason was given."))
        name = f"{step.title.in_language(language)} ({step.row['reference']})"
        words = f"{name}{colon()} {step.state_words}"
        yield f"{words}. {reason}"


def _commitment(one: CommitmentTold, language: str) -> Row:
    facts = [
        (_("Reference"), str(one.row["reference"])),
        (_("Axis"), one.axis.in_language(language)),
        (_("State"), one.sentence),
    ]
    if one.unit:
        facts.append((_("Unit in charge"), one.unit.in_language(language)))
    if one.last_word:
        facts.append((_("What the service says"), one.last_word))
    facts += [
        (_("What was found, %(by)s") % {"by": by}, f"{level}. {why.in_language(language)}")
        for by, level, why in one.findings
    ]
    if one.sights_n:
        said = _listed(one.sights)
        told = f"{one.sights_n} ({said})" if said else str(one.sights_n)
        facts.append((_("Citizens who answered whether they see it"), told))
    for indicator in one.indicators:
        last, baseline = _figure(indicator.last), _figure(indicator.baseline)
        facts.append(
            (
                _indicator(indicator, language),
                _("%(last)s (before %(baseline)s, aim %(target)s on %(day)s): %(reached)s")
                % {
                    "last": last,
                    "baseline": baseline,
                    "target": _figure(indicator.target),
                    "day": format_date(indicator.target_on, language)
                    if indicator.target_on
                    else "—",
                    "reached": indicator.aim,
                },
            )
        )
    return {
        "title": one.title.in_language(language),
        "facts": facts,
        "items": [_milestone(step, language) for step in one.milestones],
    }


def _indicator(indicator: IndicatorTold, language: str) -> str:
    """Return what is measured, with its unit."""
    name, unit = indicator.name.in_language(language), indicator.unit.in_language(language)
    return f"{name} ({unit})" if unit else name


def _figure(value: Decimal | None) -> str:
    """Return a number without the noughts of its column: 21, not 21.00."""
    return "—" if value is None else grouped(value)


def _listed(counted: Iterable[tuple[str, int]]) -> str:
    """Return how many there are of each, those that are none left out."""
    return _(", ").join(f"{label}{colon()} {grouped(n)}" for label, n in counted if n)


def _milestone(step: MilestoneTold, language: str) -> str:
    words = [f"{step.title.in_language(language)} ({step.row['reference']})", step.state_words]
    if step.unit:
        words.append(step.unit.in_language(language))
    if step.announced_end:
        words.append(
            _("announced for %(day)s") % {"day": format_date(step.announced_end, language)}
        )
    if step.done_on:
        told = _("done on %(day)s")
        if step.row["state"] != "verified":
            told = _("said to be done on %(day)s (not confirmed yet)")
        words.append(told % {"day": format_date(step.done_on, language)})
    elif step.is_put_off and step.planned_end:
        words.append(_("put off to %(day)s") % {"day": format_date(step.planned_end, language)})
    words += [f"{one['reference']} ({one['words']})" for one in step.evidence]
    return BETWEEN.join(words)


def _changes(page: ReportPage, language: str) -> Iterator[str]:
    for one in page.changes:
        told = _("It was not in that report. At the end of the period: %(now)s.")
        if one.before:
            told = _("It was: %(before)s. At the end of the period: %(now)s.")
        name = f"{one.title.in_language(language)} ({one.reference})"
        yield f"{name}{colon()} {told % {'before': one.before, 'now': one.now}}"


def _consultation(one: ConsultationTold, language: str) -> Iterator[tuple[str, str]]:
    """Yield how a consultation went: its days, ideas and ways in, answers, votes."""
    days = [format_date(day, language) for day in (one.first_day, one.last_day) if day]
    yield _("Days"), " – ".join(days)
    yield _("Ideas"), grouped(int(one.row["ideas"]))
    if one.sources:
        yield _("How they came"), _listed(one.sources)
    answered = _listed((str(bar.label), int(bar.value)) for bar in one.answer_bars)
    told = f"{grouped(one.answered)} ({answered})" if answered else grouped(one.answered)
    yield _("Ideas with an answer"), told
    voices = one.row["voices"]
    if voices:
        yield _("People who voted"), grouped(voices["people"])
        yield _("Votes"), grouped(voices["votes"])
        yield _("Supports"), grouped(voices["supports"])
        yield _("Comments"), grouped(voices["comments"])
