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
LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_JOINED: Final = "[0-9]+(?:[-\u2010\u2011\u2013][0-9]+)+"
MARKUP_OR_JOINED: Final = re.compile(f"<[^>]*>|{_JOINED}")
MOST_ON_ONE_LINE: Final = 20  # signs; a longer row of digits may break, else it widens the page
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


def joined(value: str) -> SafeString:
    """Return text, or finished HTML, whose digits joined by hyphens stay whole: 31-13, 2024-2025.

    They are read left to right in every language, and do not break at the end of a line.
    """
    return SafeString(MARKUP_OR_JOINED.sub(_whole, conditional_escape(value)))


def _whole(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith("<"):
        return text
    kind = ' class="joined"' if len(text) <= MOST_ON_ONE_LINE else ""
    return f'<bdi dir="ltr"{kind}>{text}</bdi>'


def marked(text: str, language: str) -> SafeString:
    """Return `text` escaped, isolated with lang and dir unless it is the page's own."""
    words = joined(text)
    if language == ui_language():
        return words
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, DIRECTIONS[language], words)


def in_page_language(value: object) -> str:
    """Return the plain text of a LocalizedText (or anything else) for titles and attributes."""
    if isinstance(value, LocalizedText):
        return value.in_language(page_language())
    return "" if value is None else str(value)


def localized(value: object) -> SafeString:
    """Return a LocalizedText for the reader, marked where another language is shown.

    A plain string is escaped, and marked where its one script is not the page's (Tifinagh labels
    on a zgh page, which is marked French; an Arabic name on a French page).
    """
    if isinstance(value, LocalizedText):
        language = value.language_shown(page_language())
        return marked(value.text_of(language), language)
    if isinstance(value, SafeString) and ("<" in value or not TIFINAGH.search(value)):
        return value
    text = without_controls(in_page_language(value))
    return marked(text, language_by_script(text))


def language_by_script(text: str) -> str:
    """Return the language that a text's only script tells; the page's own where it tells none."""
    scripts = {"zgh": TIFINAGH, "ar": ARABIC, "": LATIN}
    found = [language for language, script in scripts.items() if script.search(text)]
    return (found[0] if len(found) == 1 else "") or ui_language()


def people(value: object, language: str = "") -> SafeString:
    """Return text that a person wrote, in its own direction, isolated from its neighbours.

    It is marked with its language where that is known, or told by its script, and not the page's.
    """
    text = without_controls(in_page_language(value))
    spoken = language if language.partition("-")[0] in DIRECTIONS else language_by_script(text)
    if spoken == ui_language():
        return format_html('<bdi dir="auto">{}</bdi>', joined(text))
    return format_html('<bdi lang="{}" dir="auto">{}</bdi>', spoken, joined(text))
