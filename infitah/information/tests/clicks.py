"""An officer whose clicks are counted: pages opened, folds unfolded, choices made, buttons pressed.

Typing is no click, neither is reading; what a page holds ready costs nothing.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tests.filled import Page, Reader, _fits, _held


@dataclass
class Officer:
    """Somebody at the desk, with what each of their clicks was."""

    reader: Reader
    clicks: list[str] = field(default_factory=list)

    def open(self, page: Page, address: str) -> Page:
        """Follow a link that stands on the page."""
        assert any(link.endswith(address) for link in page.links()), f"no link to {address}"
        self.clicks.append(f"open {address}")
        return self.reader.read(address)

    def send(
        self, page: Page, typed: dict[str, Any] | None = None, *, action: str, press: str = ""
    ) -> Page:
        """Fill a form and press its button; unfold it and choose where that is needed."""
        typed = typed or {}
        form = next(one for one in page.forms() if _fits(one, page, action, typed, press))
        if _is_folded(page, form):
            self.clicks.append(f"unfold {action}")
        held = _held(form)
        for name, value in typed.items():
            if not _is_typed(form, name) and held.get(name) != [value]:
                self.clicks.append(f"choose {name}")
        self.clicks.append(f"press {action}")
        return self.reader.send(page, typed, action=action, press=press)


def _is_folded(page: Page, form: Element) -> bool:
    folds = [one for one in page.tree.iter("details") if one.get("open") is None]
    return any(form in list(one.iter("form")) for one in folds)


def _is_typed(form: Element, name: str) -> bool:
    """Return whether a field is filled by typing: everything but choices and ticks."""
    for one in form.iter():
        if one.get("name") == name:
            kind = one.get("type", "text")
            return one.tag != "select" and kind not in {"radio", "checkbox"}
    return True
