"""The language of the page that is being rendered, and the marks that foreign text needs.

Interface strings without a Tifinagh translation come out in French on `zgh` pages (the compiled
catalogue falls back), so such a page is marked French except where its text is Tifinagh.
"""

import re
from typing import Final

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from infitah.kernel.localized import DIRECTIONS, LocalizedText

TIFINAGH: Final = re.compile("[\u2d30-\u2d7f]")
ARABIC: Final = re.compile("[\u0600-\u06ff]")
JOINED: Final = re.compile("[0-9]+(?:[-\u2010\u2011][0-9]+)+")
CONTROLS: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def page_language() -> str:
    """Return ar, fr or zgh; anything else (a command, the back office in English) reads as ar."""
    language = (get_language() or "ar").split("-")[0]
    return language if language in DIRECTIONS else "ar"


def ui_language() -> str:
    """Return the language that unmarked interface text is in: French on a zgh page."""
    language = page_language()
    return "fr" if language == "zgh" else language


def without_controls(text: str) -> str:
    """Return `text` without the marks that turn reading order around or hide letters."""
    return CONTROLS.sub("", text)


def _written(text: str, language: str) -> SafeString:
    """Return `text` escaped; in Arabic, digits joined by hyphens are isolated (31-13)."""
    escaped = conditional_escape(text)
    if language != "ar" or not JOINED.search(escaped):
        return escaped
    # The pieces are digits and hyphens of text that is escaped already.
    return SafeString(JOINED.sub(r'<bdi dir="ltr">\g<0></bdi>', escaped))


def marked(text: str, language: str) -> SafeString:
    """Return `text` escaped, isolated with lang and dir unless it is the page's own."""
    if language == ui_language():
        return _written(text, language)
    words = _written(text, language)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, DIRECTIONS[language], words)


def in_page_language(value: object) -> str:
    """Return the plain text of a LocalizedText (or anything else) for titles and attributes."""
    if isinstance(value, LocalizedText):
        return value.in_language(page_language())
    return "" if value is None else str(value)


def localized(value: object) -> SafeString:
    """Return a LocalizedText for the reader, marked where another language is shown.

    A plain string is escaped, and marked where its script is not the page's (Tifinagh labels
    on a zgh page, which is marked French).
    """
    if isinstance(value, LocalizedText):
        language = value.language_shown(page_language())
        return marked(value.text_of(language), language)
    if isinstance(value, SafeString):
        return value
    text = without_controls(in_page_language(value))
    if TIFINAGH.search(text) and not ARABIC.search(text):
        return marked(text, "zgh")
    return _written(text, page_language())


def people(value: object) -> SafeString:
    """Return text that a person wrote, in its own direction, isolated from its neighbours."""
    return format_html('<bdi dir="auto">{}</bdi>', without_controls(in_page_language(value)))
