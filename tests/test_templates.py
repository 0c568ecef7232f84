"""Every template of the house: no inline style or script, no event attribute, no physical side."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import override

ROOT = Path(__file__).resolve().parent.parent / "infitah"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html"))
# Mail programs read no sheets from elsewhere: a mail may carry a <style> element, nothing more.
MAILS = {path for path in TEMPLATES if "email" in path.parts or path.name == "mail.html"}

STYLE_ATTRIBUTE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
EVENT = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.I | re.S)
JAVASCRIPT = re.compile(r"javascript:", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)
UNSAFE = re.compile(r"\|\s*safe\b(?!seq)|{%\s*autoescape off")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)


def faults(text: str, *, is_mail: bool = False) -> list[str]:
    """Return what in a template breaks the strict content policy or the rules of the house."""
    found = []
    bare = TAG.sub("", text)
    if STYLE_ATTRIBUTE.search(bare):
        found.append("a style attribute")
    if STYLE_ELEMENT.search(bare) and not is_mail:
        found.append("a style element")
    if EVENT.search(bare) or JAVASCRIPT.search(bare):
        found.append("an event attribute or javascript: address")
    for script in SCRIPT.finditer(text):
        if script["body"].strip() or "src=" not in script["attributes"]:
            found.append("an inline script")
    if FOREIGN.search(bare):
        found.append("an address elsewhere")
    if UNSAFE.search(text):
        found.append("text that is not escaped")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_the_rules(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), is_mail=path in MAILS) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<script type="module"></script>',
        '<a href="javascript:x()">',
        '<img src="https://elsewhere.example/x.png">',
        "{{ value|safe }}",
        "{% autoescape off %}",
    ],
)
def test_the_check_sees_a_planted_fault(planted: str) -> None:
    assert faults(planted)


@pytest.mark.parametrize(
    "fine", ['<script type="module" src="{% static \'x.js\' %}"></script>', "<p>{{ value }}</p>"]
)
def test_the_check_lets_the_rest_pass(fine: str) -> None:
    assert faults(fine) == []


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_a_number_in_an_attribute_is_what_a_form_sends_and_an_address_names(language: str) -> None:
    template = engines["django"].from_string(
        '<a id="{{ n }}" href="?sought=%23{{ n }}">{{ n }}</a>'
    )
    with override(language):
        assert template.render({"n": 12345}) == '<a id="12345" href="?sought=%2312345">12345</a>'
