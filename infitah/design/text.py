"""Filters for numbers, dates, references and laws: what bidi would scramble is isolated.

Rules of `website.md` 3.3: hyphens, spaces and signs between digits change places inside Arabic
text, so each such piece stands in its own left-to-right isolate; digits are always western.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.html import conditional_escape, format_html, strip_tags, urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.design.direction import page_language, ui_language
from infitah.kernel.dates import (
    format_date,
    format_datetime,
    format_month,
    format_period,
    local_moment,
)
from infitah.kernel.money import GROUP, Money

ORGANIC_LAWS: Final = frozenset(
    {"59-11", "64-14", "44-14", "71-21", "70-21", "111-14", "112-14", "113-14", "26-16"}
)
LAW: Final = re.compile(r"(?P<law>\d{1,3}-\d{2})(?::(?P<article>[0-9][0-9a-z-]*))?")
_TAG: Final = re.compile(r"(<[^>]*>)")
_REFERENCE: Final = re.compile(
    r"(?<![/\w])[A-Z][A-Z0-9]{1,7}-[0-9]{4}-[A-Z]-[0-9]{4,}(?:-[A-Z][0-9]+)?\b"
)
_PLACE: Final = re.compile(
    rf"{_REFERENCE.pattern}|(?<![\w/.:-])/(?:ar|fr|zgh)/[a-z0-9/-]*[a-z0-9/](?![\w/])"
)
SHORT_REF: Final = 20  # signs of a reference that stands on one line
KILOBYTE: Final = 1024
MOST_IN_SHORT: Final = 160  # what search pages show of a description
NOT_DIALLED: Final = re.compile(r"[^0-9+]")


def isolated(text: object, kind: str) -> SafeString:
    """Return `text` as a left-to-right isolate with the class `kind`."""
    return format_html('<bdi dir="ltr" class="{}">{}</bdi>', kind, text)


def ref(value: object) -> SafeString:
    """Return a reference, an e-mail, a code: anything read left to right in every language.

    A short one never breaks in two; a longer code breaks where the line ends.
    """
    shown = "" if value is None else value
    return isolated(shown, "ref" if len(str(shown)) <= SHORT_REF else "ref ref-long")


def size(value: int) -> str:
    """Return the size of a file; below a kilobyte in words whose plural is right in Arabic."""
    if value >= KILOBYTE:
        return filesizeformat(value)
    return ngettext("%(n)s byte", "%(n)s bytes", value) % {"n": value}


def unbroken(html: str) -> SafeString:
    """Return escaped text or HTML with each reference in it kept on one line; tags are left."""
    pieces = _TAG.split(html)
    for place in range(0, len(pieces), 2):
        pieces[place] = _REFERENCE.sub(lambda found: ref(found[0]), pieces[place])
    return SafeString("".join(pieces))


def linked(value: object) -> SafeString:
    """Return people's text whose addresses, paths of this site and references are links."""
    pieces = _TAG.split(urlize(str(value or ""), autoescape=True))
    for place in range(0, len(pieces), 2):
        pieces[place] = _PLACE.sub(_place_link, pieces[place])
    return SafeString("".join(pieces))


def _place_link(found: re.Match[str]) -> str:
    place = found[0]
    address = place if place.startswith("/") else f"/d/{place}"
    return format_html('<a href="{}">{}</a>', address, ref(place))


def number(value: object) -> SafeString:
    """Return a number grouped by threes with a narrow space, a comma for decimals: 304 748."""
    return isolated(grouped(value), "number")


def grouped(value: object) -> str:
    """Return the plain text of a number: 304 748 or 12,5; what is no number comes back as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    whole, _point, rest = f"{abs(value)}".partition(".")
    text = f"{int(whole):,}".replace(",", GROUP)
    rest = rest.rstrip("0")
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{text},{rest}" if rest else f"{sign}{text}"


def money(value: object) -> SafeString:
    """Return an amount of dirhams (Money, or a number of dirhams) with its unit in words."""
    amount = value if isinstance(value, Money) else Money.of(str(value))
    language = ui_language()
    unit = amount.format(language).removeprefix(amount.amount()).strip(GROUP)
    return format_html(
        '<span class="money"><bdi dir="ltr">{}</bdi> {}</span>', amount.amount(), unit
    )


def phone(value: object) -> SafeString:
    """Return a telephone number as a link that dials it."""
    text = str(value or "").strip()
    dialled = NOT_DIALLED.sub("", text)
    if not dialled:
        return format_html("{}", text)
    return format_html('<a href="tel:{}"><bdi dir="ltr" class="phone">{}</bdi></a>', dialled, text)


def email(value: object) -> SafeString:
    """Return an address as a link that writes to it."""
    text = str(value or "").strip()
    return format_html('<a href="mailto:{}"><bdi dir="ltr">{}</bdi></a>', text, text)


def law(value: object) -> SafeString:
    """Return "31-13:16" in words: "المادة 16 من القانون رقم 31.13"; other text is isolated.

    Arabic writes a point between the number and the year, French a hyphen.
    """
    text = str(value or "").strip()
    found = LAW.fullmatch(text)
    if not found:
        return format_html("<bdi>{}</bdi>", text)
    code, article = found["law"], found["article"]
    name = _("Organic Law %(number)s") if code in ORGANIC_LAWS else _("Law %(number)s")
    sentence = _("article %(article)s of %(law)s") if article else "%(law)s"
    shown = code.replace("-", ".") if ui_language() == "ar" else code
    parts = {
        "article": isolated(article, "ref"),
        "law": filled(name, number=isolated(shown, "ref")),
    }
    return filled(sentence, **parts)


def filled(sentence: str, **parts: SafeString) -> SafeString:
    """Return a translated sentence, escaped, with safe parts put in its named places."""
    text = format_html("{}", sentence)
    return SafeString(text % parts)


def day(value: date | datetime | None) -> SafeString:
    """Return a day in full words inside `<time>`; a moment is taken in Moroccan time."""
    if value is None:
        return SafeString("")
    when = local_moment(value).date() if isinstance(value, datetime) else value
    return _time(when.isoformat(), format_date(when, page_language()))


def weekday(value: date | datetime | None) -> SafeString:
    """Return a day with its weekday: الاثنين 23 نونبر 2026."""
    if value is None:
        return SafeString("")
    when = local_moment(value).date() if isinstance(value, datetime) else value
    return _time(when.isoformat(), format_date(when, page_language(), weekday=True))


def month(value: date | None) -> SafeString:
    """Return month and year: نونبر 2023."""
    if value is None:
        return SafeString("")
    return _time(value.strftime("%Y-%m"), format_month(value, page_language()))


def short_month(value: date | None) -> SafeString:
    """Return month and year in figures, for narrow places: 11/2023."""
    if value is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}" dir="ltr">{}</time>', value.strftime("%Y-%m"), value.strftime("%m/%Y")
    )


def moment(value: datetime | None) -> SafeString:
    """Return day and time in Morocco inside `<time>`; the exact instant is in its attribute."""
    if value is None:
        return SafeString("")
    return _time(
        local_moment(value).isoformat(timespec="seconds"),
        format_datetime(value, page_language()),
    )


def period(start: date | None, end: date | None) -> SafeString:
    """Return a span of days, both included: من 12 إلى 20 يونيو 2023."""
    if start is None or end is None:
        return day(start or end)
    language = page_language()
    direction, lang = ("rtl", "ar") if language == "ar" else ("ltr", language)
    text = format_period(start, end, language)
    return format_html('<bdi dir="{}" lang="{}">{}</bdi>', direction, lang, text)


def in_short(value: str) -> SafeString:
    """Return finished HTML as one plain line of at most 160 signs, cut between words."""
    words = " ".join(unescape(strip_tags(value)).split())
    if len(words) > MOST_IN_SHORT:
        words = words[:MOST_IN_SHORT].rsplit(" ", 1)[0].rstrip(" ،,;:؛·") + "…"
    return conditional_escape(words)


def colon() -> str:
    """Return the colon of the page's interface text: French puts an unbreakable space before it."""
    return "\u00a0:" if ui_language() == "fr" else ":"


def _time(machine: str, words: str) -> SafeString:
    language = page_language()
    if language != ui_language():
        return format_html('<time datetime="{}" lang="{}">{}</time>', machine, language, words)
    return format_html('<time datetime="{}">{}</time>', machine, words)
