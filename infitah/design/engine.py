"""The engine of every template: what is finished is looked over once, as a whole.

People's text reaches a page in many ways; here all of them pass, so numbers in groups are kept
together whoever wrote the page (`kernel.grouping`). Tags, what is typed in boxes and what a
program reads stay as they are.
"""

import re
from typing import Any, Final

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.utils.safestring import SafeString

from infitah.kernel.grouping import digits_together

_ASIDE: Final = re.compile(
    r"(<(script|style|textarea|pre|code)\b.*?</\2\s*>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_MARK: Final = re.compile(r"</?mark\b", re.IGNORECASE)
_BORDER: Final = "<"
# Nearly every page has no digits parted by a space: it is left at once.
_PARTED: Final = re.compile(r"\d(?:</?mark\b[^>]*>)*[ \u00a0\u2009\u202f](?:</?mark\b[^>]*>)*\d")

# The sign of a country's code would go to the right of its number; a mark keeps it before it.
_PLUS: Final = re.compile(r'(?<=[\s>(])(?<!class="phone">)\+(?=212(?:\u00a0?\d){9})')
_LEFT_TO_RIGHT: Final = "\u200e"


def together(html: str) -> SafeString:
    """Return finished HTML whose numbers in groups stay together, also across `<mark>`."""
    if not _PARTED.search(html):
        return SafeString(html)
    text: list[str] = []
    asides: list[str] = []
    end = 0
    for found in _ASIDE.finditer(html):
        text.append(html[end : found.start()])
        asides.append(found[0])
        end = found.end()
    text.append(html[end:])
    borders = ["" if _MARK.match(one) else _BORDER for one in asides]
    plain = "".join(one for pair in zip(text, [*borders, ""], strict=True) for one in pair)
    whole = digits_together(plain)
    return SafeString(html if whole == plain else _woven(whole, text, asides, borders))


def _woven(whole: str, text: list[str], asides: list[str], borders: list[str]) -> str:
    pieces: list[str] = []
    place = 0
    for one, aside, border in zip(text, [*asides, ""], [*borders, ""], strict=True):
        pieces += [whole[place : place + len(one)], aside]
        place += len(one) + len(border)
    return _PLUS.sub(f"{_LEFT_TO_RIGHT}+", "".join(pieces))


class FinishedTemplate(Template):
    """A template of Django whose outcome is looked over."""

    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        """Return the page, the part of a page or the mail that is read."""
        return together(super().render(context, request))


class Templates(DjangoTemplates):
    """Django's engine; pages, parts of pages and mails come from here."""

    def from_string(self, template_code: str) -> FinishedTemplate:
        """Return the template that is written in a text."""
        return FinishedTemplate(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> FinishedTemplate:
        """Return the template of a name. Raises TemplateDoesNotExist."""
        return FinishedTemplate(super().get_template(template_name).template, self)
