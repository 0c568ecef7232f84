"""What every letter of a request bears: letterhead, number, addresses, words for law and days."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from infitah.community.models import AccessGrant, Appointment, Community
from infitah.community.queries import holders, url_of
from infitah.community.rules.deadlines import LegalNumber, ReplyDue
from infitah.design import pdf
from infitah.design.text import law
from infitah.information.models import InformationRequest
from infitah.information.rules.wordings import Wording
from infitah.kernel.dates import format_date, format_datetime, format_time

Row = dict[str, object]
Facts = list[tuple[str, str]]
TEMPLATE = "information/letter.typ"
OTHER = {"ar": "fr", "fr": "ar", "zgh": "ar"}
UNCERTAIN = "*"
MIDNIGHT = "00:00"
KINGDOM = {"ar": "المملكة المغربية", "fr": "Royaume du Maroc", "zgh": "ⵜⴰⴳⵍⴷⵉⵜ ⵏ ⵍⵎⵖⵔⵉⴱ"}


def letterhead(community: Community, language: str) -> list[str]:
    """Return the lines of the letterhead in a language: the kingdom first, the institution last."""
    words = community.letterhead.in_language(language) if community.letterhead else ""
    lines = [*words.splitlines(), community.institution.in_language(language)]
    is_headed = KINGDOM[language].casefold() in lines[0].casefold()
    return lines if is_headed else [KINGDOM[language], *lines]


def paper(request: InformationRequest, language: str, on: date) -> Row:
    """Return what every sheet about a request bears. Call it with the language in force."""
    community = request.community
    institution = community.institution.in_language(language)
    return {
        "lines": letterhead(community, language),
        "lines_other": letterhead(community, OTHER[language]),
        "accent": community.accent,
        "author": institution,
        "number": request.reference,
        "number_label": pgettext("before a reference", "No."),
        "date": place_and_day(community, on, language),
        "footer": f"{institution} · {request.reference}",
    }


def place_and_day(community: Community, on: date, language: str) -> str:
    """Return where and when a letter is written, in one line."""
    values = {"place": community.name.in_language(language), "day": format_date(on, language)}
    return _("%(place)s, %(day)s") % values


def made(
    inputs: Mapping[str, object],
    *,
    title: str,
    language: str,
    attachments: Sequence[pdf.Attachment] = (),
    template: str = TEMPLATE,
) -> bytes:
    """Return the sheet as PDF/UA-1, some 30 ms. Outside any transaction."""
    return pdf.render(template, inputs, title=title, language=language, attachments=attachments)


def follow_path(request: InformationRequest, language: str, *, with_token: bool = False) -> str:
    """Return the address of the page to follow a request; with its token it opens by itself."""
    end = f"{request.token}/" if with_token else ""
    return f"/{language}/information/follow/{end}"


def follow_url(request: InformationRequest, language: str, *, with_token: bool = False) -> str:
    """Return the absolute address of the page to follow a request. No query."""
    return url_of(request.community, follow_path(request, language, with_token=with_token))


def officer_of(community: Community, on: date) -> Appointment | None:
    """Return who answered for access to information on a day, or None. One query."""
    held = holders(community, Appointment.Office.INFORMATION_OFFICER, on)
    return held[0] if held else None


def filed_words(request: InformationRequest, language: str) -> str:
    """Return when a request was filed: day and hour, or the day where no hour is known.

    What came by post or from elsewhere is entered by its day.
    """
    if format_time(request.received_at) == MIDNIGHT:
        return format_date(request.received_on, language)
    return format_datetime(request.received_at, language)


def signer_of(community: Community, key: str, office: str, on: date) -> Appointment | None:
    """Return in which office a user signed, else who holds that office on the day. Two queries.

    Without either, who answers for access to information.
    """
    signed = AccessGrant.objects.of(community).filter(
        user__username=key, appointment__office=office
    )
    grant = signed.select_related("appointment__person").order_by("-pk").first()
    if grant is not None:
        return grant.appointment
    held = holders(community, office, on) if office else []
    return held[0] if held else officer_of(community, on)


def signature(community: Community, key: str, office: str, on: date, language: str) -> str:
    """Return who signs a letter in which office, over the place for hand and stamp. Two queries."""
    signer = signer_of(community, key, office, on)
    if signer is None:
        return _("Signature and stamp")
    name = signer.person.name.in_language(language)
    return f"{name}\n{signer.office_words}\n{_('Signature and stamp')}"


def officer_words(officer: Appointment | None, language: str) -> str:
    """Return the name of an officer with the office, "" where there is none."""
    if officer is None:
        return ""
    return f"{officer.person.name.in_language(language)} · {officer.office_words}"


def citation(article: str) -> str:
    """Return "31-13:16" in words of the language in force."""
    return unescape(strip_tags(law(article)))


def days_words(number: LegalNumber) -> str:
    """Return the length of a period in words, with a star where it is still to be verified."""
    words = {
        "working_days": lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
        "calendar_days": lambda n: ngettext("%(n)s calendar day", "%(n)s calendar days", n),
    }
    return words[number.unit](number.value) % {"n": number.value} + star(number.is_verified)


def due_words(due: ReplyDue) -> str:
    """Return the length of the whole period of an answer in words, starred where uncertain."""
    unit = "working_days" if due.period.unit == "working" else "calendar_days"
    whole = LegalNumber("", due.period.days, unit, "", "", "", due.is_verified)
    return days_words(whole)


def star(is_verified: bool) -> str:
    """Return the mark of a value that nobody has read in the Official Bulletin yet."""
    return "" if is_verified else UNCERTAIN


def by_law(wordings: Mapping[str, Wording], key: str, language: str) -> str:
    """Return a wording of the law, starred until a named person confirmed it; "" if unknown."""
    found = wordings.get(key)
    return found.in_language(language) + star(found.is_certain) if found else ""


def star_note(texts: Sequence[str]) -> list[str]:
    """Return the line that explains the star, where a star stands in one of the texts."""
    if not any(UNCERTAIN in text for text in texts):
        return []
    return [_("* Value, unit, article or wording still to be checked in the Official Bulletin.")]
