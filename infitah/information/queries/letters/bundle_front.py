"""The front of the file for the commission: facts, acts with their entries, what is open."""

from datetime import date

from django.utils.translation import gettext as _

from infitah.community.queries import url_of
from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.queries.desk_words import RULINGS
from infitah.information.queries.following import INWARD, SAID, Followed
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import (
    OTHER,
    Facts,
    Row,
    citation,
    due_words,
    filed_words,
    letterhead,
    officer_of,
    officer_words,
    star_note,
)
from infitah.information.queries.letters.remedies import remedy_lines
from infitah.information.queries.words import OUTCOMES
from infitah.kernel.dates import format_date
from infitah.ledger.models import Entry


def inputs(known: Told, shown: Followed, language: str, today: date, requester: str) -> Row:
    """Return what the front says beside the index. Three queries."""
    request = known.request
    community = request.community
    institution = community.institution.in_language(language)
    remedies = remedy_lines(known, known.case, language, today)
    facts = _facts(known, shown, language, requester)
    return {
        "lines": letterhead(community, language),
        "lines_other": letterhead(community, OTHER[language]),
        "accent": community.accent,
        "author": institution,
        "footer": request.reference,
        "intro": _(
            "This file holds the request, what the institution wrote and gave, and the complaints, "
            "as they stood on %(day)s."
        )
        % {"day": format_date(today, language)},
        "facts": facts,
        "remedies_label": _("What is still open"),
        "remedies": remedies,
        "notes": star_note([*remedies, *(value for _label, value in facts)]),
        "index_title": _("Index"),
        "index_head": ["", _("Part, and its SHA-256"), _("Day"), _("Pages")],
        "joined_title": _("Files joined to this PDF as they are"),
        "acts_title": _("What happened, by the public register"),
        "acts_head": [_("Day"), _("Act, and the hash of its entry"), _("Entry")],
        "acts": _acts(known, language),
        "proofs": _proof(known, language),
    }


def _facts(known: Told, shown: Followed, language: str, requester: str) -> Facts:
    request = known.request
    officer = officer_of(request.community, request.received_on)
    rows = [
        (_("Serial number"), request.reference),
        (_("Institution"), request.community.institution.in_language(language)),
        (_("Requester"), requester),
        (_("Filed on"), filed_words(request, language)),
        (_("Channel of receipt"), str(request.get_channel_display())),
        (_("Information asked for"), request.text),
        (_("Officer in charge"), officer_words(officer, language)),
        *_answer(known, shown, language),
        *_complaint(shown.case, language),
    ]
    return [(label, value) for label, value in rows if value]


def _answer(known: Told, shown: Followed, language: str) -> Facts:
    case, clock = shown.case, shown.reply
    due = format_date(clock.due.deadline.due_latest, language)
    length = _("%(day)s (%(length)s; %(article)s)") % {
        "day": due,
        "length": due_words(clock.due),
        "article": citation(clock.due.article),
    }
    rows = [(_("Answer due"), length)]
    if shown.silent_since is not None:
        since = format_date(shown.silent_since, language)
        rows.append((_("Silence"), _("a refusal since %(day)s") % {"day": since}))
    if case.delivered_on is not None:
        rows.append((_("Delivered on"), format_date(case.delivered_on, language)))
        rows.append((_("Outcome"), str(OUTCOMES[case.outcome]) if case.outcome else ""))
    if case.reopened_on is not None:
        rows.append((_("Opened again on"), format_date(case.reopened_on, language)))
    return rows


def _complaint(case: rules.Case, language: str) -> Facts:
    """Return the days of each remedy that was used, with the last ruling."""
    days = case.remedies
    rows = [
        (_("Complaint to the president of the council"), days.head_filed),
        (_("Answer of the president"), days.head_ruled),
        (
            _("Complaint to the Commission for the right of access to information"),
            days.cdai_filed,
        ),
        (_("Answer of the Commission"), days.cdai_ruled),
        (_("Action before the administrative court"), days.court_filed),
        (_("Ruling of the court"), days.court_ruled),
    ]
    told = [(label, format_date(day, language)) for label, day in rows if day is not None]
    if case.ruling is not None and told:
        told.append((_("Last decision"), str(RULINGS[case.ruling])))
    return told


def _acts(known: Told, language: str) -> list[Row]:
    """Return the acts that the requester is told of, each with its entry. One query."""
    told = [act for act in known.acts if act.kind not in INWARD]
    numbers = [act.register_number for act in told if act.register_number is not None]
    key = known.request.community.key
    entries = Entry.objects.filter(community_key=key, number__in=numbers)
    hashes = {row.number: bytes(row.leaf_hash).hex() for row in entries.only("number", "leaf_hash")}
    return [_row(act, hashes, language) for act in told]


def _row(act: RequestAct, hashes: dict[int, str], language: str) -> Row:
    number = act.register_number
    return {
        "on": format_date(act.occurred_on, language),
        "words": str(SAID[act.kind]),
        "detail": act.words if act.kind == rules.ActKind.CLARIFIED else "",
        "number": "" if number is None else str(number),
        "hash": hashes.get(number, "") if number is not None else "",
    }


def _proof(known: Told, language: str) -> list[str]:
    request = known.request
    return [
        _(
            "The proof of the filing is joined to this PDF: infitah verify says whether it stands "
            "in the public register. The register itself: %(address)s"
        )
        % {"address": url_of(request.community, f"/{language}/register/")},
        _("Each hash is that of a part before its pages were set in here and numbered."),
    ]
