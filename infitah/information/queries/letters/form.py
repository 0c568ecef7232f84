"""The commission's model form of a request (نموذج طلب الحصول على المعلومات), blank or filled.

Law 31-13, art. 14. The parts are those of the official form, no more: a motive is never asked. It
is the person's own paper: what it names, they have just typed or dictated.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext, pgettext_lazy

from infitah.community.models import Community
from infitah.community.queries.law import rules as legal_numbers
from infitah.community.rules.deadlines import LegalNumber
from infitah.information.conf import OPTIONS
from infitah.information.models import InformationRequest, Requester
from infitah.information.queries.letters.case import NUMBERS
from infitah.information.queries.letters.paper import (
    OTHER,
    Row,
    by_law,
    citation,
    days_words,
    letterhead,
    made,
    officer_of,
    place_and_day,
    star_note,
)
from infitah.information.queries.wordings import wordings
from infitah.information.rules.wordings import Wording
from infitah.kernel.dates import format_date

LARGE: Final = 1.5
USUAL: Final = {"ar": 0.8, "fr": 0.88, "zgh": 0.88}
BLANK_LINES: Final = 1
LEVELS: Final = {"region": "regional", "prefecture": "provincial", "province": "provincial"}
CARRIERS: Final[dict[str, str | Promise]] = {
    "document": pgettext_lazy("carrier", "document"),
    "report": pgettext_lazy("carrier", "report"),
    "study": pgettext_lazy("carrier", "study"),
    "periodical": pgettext_lazy("carrier", "periodical"),
    "decision": pgettext_lazy("carrier", "decision"),
    "circular": pgettext_lazy("carrier", "circular"),
    "note": pgettext_lazy("carrier", "note"),
    "database": pgettext_lazy("carrier", "database"),
    "other": pgettext_lazy("carrier", "other general document"),
}
Channel, Access = InformationRequest.Channel, InformationRequest.Access


@dataclass(frozen=True, slots=True)
class FormInput:
    """What is written on the form; what is empty stays to be filled by hand.

    `reference` and `filed_on` stand in the part of the office; `carriers` are keys of CARRIERS.
    """

    reference: str = ""
    filed_on: date | None = None
    channel: str = ""
    is_urgent: bool = False
    first_name: str = ""
    family_name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    status: str = ""
    document: str = ""
    text: str = ""
    period: str = ""
    place: str = ""
    access: str = ""
    carriers: Collection[str] = ()
    is_agreed: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.family_name}".strip()


def form_pdf(
    community: Community,
    language: str,
    filled: FormInput | None = None,
    *,
    on: date,
    is_large: bool = False,
) -> bytes:
    """Return the model form, blank or filled; in big print to be read back to who dictates.

    The periods that it tells are those in force on `on`. Three queries; outside a transaction.
    """
    scale = LARGE if is_large else USUAL[language]
    with override(language):
        title = _("Request for information")
        inputs = {**_sheet(community, language, filled or FormInput(), on), "scale": scale}
    return made(inputs, title=title, language=language, template="information/form.typ")


def _sheet(community: Community, language: str, typed: FormInput, on: date) -> Row:
    texts = wordings(community, on)
    law = {one.key: one for one in legal_numbers(community, NUMBERS, on)}
    institution = community.institution.in_language(language)
    notices = _notices(community, language, typed, law, texts)
    officer = officer_of(community, on)
    name = officer.person.name.in_language(language) if officer else ""
    return {
        "lines": letterhead(community, language),
        "lines_other": letterhead(community, OTHER[language]),
        "accent": community.accent,
        "author": institution,
        "footer": institution,
        "office": _office(typed, language),
        "parts": [
            _part(1, _("Institution asked"), _institution(community, language)),
            _part(2, _("Type of request"), _kind(typed)),
            _part(3, _("Who asks"), _person(typed)),
            _part(4, _("Status"), _status(typed)),
            _part(5, _("The request"), _asked(typed)),
            _part(6, _("Notices and undertaking"), notices),
        ],
        "receipt": {
            "title": _("Receipt"),
            "rows": [
                (_("Serial number"), typed.reference),
                (_("Institution asked"), institution),
                (_("Requester"), typed.name),
                (_("Subject"), typed.text),
                (_("Cost"), ""),
                (_("Full name of the officer"), name),
                (_("Place and date"), _signed(community, typed.filed_on, language)),
            ],
            "places": [_("Signature and stamp")],
        },
    }


def _part(number: int, title: str, lines: list[Row]) -> Row:
    return {"number": number, "title": title, "lines": lines}


def _office(typed: FormInput, language: str) -> Row:
    return {
        "title": _("Part of the office"),
        "rows": [
            (_("Serial number"), typed.reference),
            (_("Filed on"), _day(typed.filed_on, language)),
            (_("Channel of receipt"), _channel(typed.channel)),
        ],
    }


def _channel(channel: str) -> str:
    """Return the channel as the form names it: deposit, mail or e-mail; ours beyond them too."""
    if not channel:
        return ""
    words = {
        Channel.DESK.value: _("direct deposit"),
        Channel.POST.value: _("ordinary mail"),
        Channel.MAIL.value: _("e-mail"),
    }
    return words.get(channel) or str(Channel(channel).label)


def _day(day: date | None, language: str) -> str:
    return format_date(day, language) if day else ""


def _signed(community: Community, day: date | None, language: str) -> str:
    return place_and_day(community, day, language) if day else ""


def _row(label: str, value: str) -> Row:
    return {"row": (label, value)}


def _beside(*pairs: tuple[str, str]) -> Row:
    return {"beside": pairs}


def _choices(label: str, options: list[tuple[str, bool]]) -> Row:
    return {"choices": {"label": label, "options": options}}


def _institution(community: Community, language: str) -> list[Row]:
    address = community.address.in_language(language) if community.address else ""
    level = LEVELS.get(community.kind, "local")
    return [
        _row(_("Name"), community.institution.in_language(language)),
        _row(_("Located at"), " ".join(address.split())),
        _choices(
            _("Level"),
            [
                (_("central"), level == "central"),
                (pgettext("level", "regional"), level == "regional"),
                (pgettext("level", "provincial"), level == "provincial"),
                (pgettext("level", "local"), level == "local"),
            ],
        ),
    ]


def _kind(typed: FormInput) -> list[Row]:
    is_filled = bool(typed.text)
    ordinary = (_("ordinary"), is_filled and not typed.is_urgent)
    return [_choices("", [ordinary, (_("urgent"), typed.is_urgent)])]


def _person(typed: FormInput) -> list[Row]:
    return [
        _beside((_("First name"), typed.first_name), (_("Family name"), typed.family_name)),
        _row(_("Personal address"), " ".join(typed.address.split())),
        _beside(
            (_("E-mail, when needed"), typed.email), (_("Telephone, when needed"), typed.phone)
        ),
    ]


def _status(typed: FormInput) -> list[Row]:
    citizen = typed.status == Requester.Status.CITIZEN
    resident = typed.status == Requester.Status.RESIDENT
    return [
        _choices("", [(_("Moroccan citizen"), citizen)]),
        _row(_("Number of the national card"), typed.document if citizen else ""),
        _choices("", [(_("foreigner legally resident in Morocco"), resident)]),
        _row(_("Number of the residence document"), typed.document if resident else ""),
    ]


def _asked(typed: FormInput) -> list[Row]:
    period = " · ".join(one for one in (typed.period, typed.place) if one)
    carriers = [(str(words), key in typed.carriers) for key, words in CARRIERS.items()]
    access = {
        Access.CONSULT: _("consult on the spot"),
        Access.COPY: _("collect on the spot: a paper copy"),
        Access.ELECTRONIC: _("collect on the spot: an electronic copy"),
        Access.EMAIL: _("by e-mail"),
        Access.POST: _("by post"),
    }
    ways = [(words, typed.access == key) for key, words in access.items()]
    blank = [_row("", "")] * BLANK_LINES if not typed.text else []
    return [
        _row(_("Subject"), typed.text),
        *blank,
        _row(_("Period, from and to"), period),
        _choices(_("Kind of carrier (optional)"), carriers),
        _choices(_("Wanted way of access"), [*ways, (_("fax"), False)]),
        _row(_("Another medium"), ""),
        _row(_("Cost of the documents"), ""),
    ]


def _notices(
    community: Community,
    language: str,
    typed: FormInput,
    law: dict[str, LegalNumber],
    texts: Mapping[str, Wording],
) -> list[Row]:
    def said(key: str) -> str:
        return by_law(texts, f"form.{key}", language)

    told = [*_rights(law), said("free"), said("format")]
    agreed = [(said("undertaking"), typed.is_agreed), (said("consent"), typed.is_agreed)]
    contact = " · ".join(one for one in (community.email, community.phone) if one)
    rows = [
        (_("Purpose of the processing"), said("purpose")),
        (_("Number of the authorisation of the CNDP"), community.cndp_number),
        (_("Recipients of the data"), said("recipients")),
        (_("For access, rectification and opposition"), contact or said("rights_contact")),
    ]
    deliberation = _("Deliberation of the CNDP no. %(number)s of %(day)s") % {
        "number": said("cndp_deliberation"),
        "day": format_date(OPTIONS.cndp_deliberated_on, language),
    }
    starred = [*told, *(words for words, _ticked in agreed), deliberation, *(v for _l, v in rows)]
    return [
        *_said(*told, *star_note(starred)),
        *[_box(words, ticked) for words, ticked in agreed],
        *_said(deliberation),
        *(_row(label, value) for label, value in rows),
        {"places": [_("Place and date"), _("Signature, or thumb print")]},
    ]


def _box(words: str, ticked: bool) -> Row:
    return {"box": (words, ticked)}


def _said(*words: str) -> list[Row]:
    return [{"words": one} for one in words]


def _rights(law: dict[str, LegalNumber]) -> list[str]:
    """Return the printed notice of rights: every period of the law, with its article."""

    def said(key: str) -> dict[str, str]:
        number = law[f"information.{key}"]
        return {"length": days_words(number), "article": citation(number.citation)}

    return [
        _("The institution answers within %(length)s of the receipt (%(article)s).")
        % said("reply"),
        _(
            "This period can be extended once by %(length)s, told beforehand with the reason "
            "(%(article)s)."
        )
        % said("reply_extension"),
        _(
            "Where the life, the safety or the freedom of persons depends on it: %(length)s "
            "(%(article)s),"
        )
        % said("urgent_reply")
        + " "
        + _("which can be extended by %(length)s.") % said("urgent_extension"),
        _(
            "Without an answer, or against it: a complaint to the head of the institution within "
            "%(length)s (%(article)s),"
        )
        % said("complaint")
        + " "
        + _("decided within %(length)s (%(article)s).") % said("complaint_answer"),
        _(
            "Then a complaint to the Commission for the right of access to information within "
            "%(length)s (%(article)s),"
        )
        % said("commission")
        + " "
        + _("studied within %(length)s (%(article)s).") % said("commission_answer"),
        _("Then an action before the administrative court within %(length)s (%(article)s).")
        % said("court"),
    ]
