"""Forms filled as a browser fills them: what the page holds, what one types, one button pressed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

TICKED = {"checkbox", "radio"}
WITHOUT_VALUE = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class Page:
    """A page as it was answered."""

    address: str
    status: int
    text: str

    @cached_property
    def tree(self) -> Element:
        return html5lib.parse(self.text, namespaceHTMLElements=False)

    def forms(self) -> list[Element]:
        """Return the forms of the main part."""
        main = self.tree.find(".//main")
        return [] if main is None else list(main.iter("form"))

    def links(self) -> set[str]:
        """Return where the links of the page lead."""
        return {urljoin(self.address, one.get("href", "")) for one in self.tree.iter("a")}


@dataclass
class Reader:
    """Somebody with a browser: cookies are kept, forms are sent with everything they hold."""

    client: Client

    def read(self, address: str, status: int = 200) -> Page:
        """Return the page at an address, wherever it leads."""
        return self._page(self.client.get(address, follow=True), address, status)

    def send(
        self,
        page: Page | str,
        typed: dict[str, Any] | None = None,
        *,
        action: str = "",
        press: str = "",
        status: int = 200,
    ) -> Page:
        """Fill the first form of the page that has these fields, send it, return what is answered.

        `action` is a part of the form's address; `press` is "name=value" of the button.
        """
        page, typed = self.read(page) if isinstance(page, str) else page, typed or {}
        fitting = (one for one in page.forms() if _fits(one, page, action, typed, press))
        form = next(fitting, None)
        assert form is not None, f"no form with {sorted(typed)} {action} {press} at {page.address}"
        data = _held(form) | {name: _checked(form, name, typed[name]) for name in typed}
        if press:
            data |= dict([press.split("=", 1)])
        target = urljoin(page.address, form.get("action") or page.address)
        ask = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        return self._page(ask(target, data, follow=True), target, status)

    def _page(self, answer: Any, address: str, status: int) -> Page:
        for hop, _code in answer.redirect_chain:
            address = urljoin(address, hop)
        text = answer.content.decode() if not answer.streaming else ""
        page = Page(address, answer.status_code, text)
        assert page.status == status, f"{page.status} at {address}: {_faults(page) or text[:600]}"
        return page


def _faults(page: Page) -> list[str]:
    found = [one for one in page.tree.iter("div") if "error-summary" in one.get("class", "")]
    return [" ".join("".join(one.itertext()).split()) for one in found]


def _controls(form: Element) -> Iterator[Element]:
    for one in form.iter():
        if one.tag in {"input", "textarea", "select", "button"} and one.get("disabled") is None:
            yield one


def _buttons(form: Element) -> set[str]:
    pressed = [one for one in _controls(form) if one.tag == "button"]
    return {f"{one.get('name', '')}={one.get('value', '')}" for one in pressed}


def _fits(form: Element, page: Page, action: str, typed: dict[str, Any], press: str) -> bool:
    names = {one.get("name") for one in _controls(form)}
    leads = action in urljoin(page.address, form.get("action") or page.address)
    return leads and set(typed) <= names and (not press or press in _buttons(form))


def _held(form: Element) -> dict[str, Any]:
    """Return what the form sends untouched."""
    held: dict[str, list[str]] = {}
    for one in _controls(form):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or one.tag == "button" or (one.tag == "input" and kind in WITHOUT_VALUE):
            continue
        if one.tag == "input" and kind in TICKED and one.get("checked") is None:
            continue
        held.setdefault(name, []).extend(_values(one))
    return dict(held)


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(control.itertext()).removeprefix("\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return [one.get("value", "") for one in chosen]
    return [control.get("value", "on" if control.get("type") in TICKED else "")]


def _checked(form: Element, name: str, said: Any) -> Any:
    """Return what was typed, if a browser could send it: only what is offered can be chosen."""
    values = [str(one) for one in said] if isinstance(said, list) else said
    for one in _controls(form):
        if one.get("name") == name and (one.tag == "select" or one.get("type") in TICKED):
            offered = {
                value
                for each in _controls(form)
                if each.get("name") == name
                for value in _offered(each)
            }
            asked = set(values if isinstance(values, list) else [str(values)])
            assert asked <= offered, f"{name}: {asked - offered} is not offered"
            break
    return values


def _offered(control: Element) -> list[str]:
    if control.tag == "select":
        return [one.get("value", "") for one in control.iter("option")]
    return [control.get("value", "on")]
