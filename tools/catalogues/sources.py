"""The strings that code and templates mark for translation, found without running either.

Python is read as a syntax tree, templates through Django's own `templatize`, so that GNU gettext
is not needed.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

# What the arguments of each function are: c context, s singular, p plural.
SHAPES = {
    "_": "s",
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
TEMPLATE_ENDINGS = frozenset({".html", ".txt", ".xml", ".svg"})
SKIPPED = frozenset({"tests", "migrations", "__pycache__", "locale", "static", "node_modules"})

_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(
    rf"(?<![\w.])(n?p?gettext|_)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)\s*(?:,\s*count\s*)?\)", re.S
)
_LITERAL = re.compile(_STRING, re.S)


@dataclass(frozen=True, order=True)
class Message:
    """A string to translate. Two of the same context and singular are one entry."""

    context: str
    singular: str
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes an entry of a catalogue unique."""
        return (self.context, self.singular)


@dataclass
class Found:
    """The messages of some sources, and the faults met on the way."""

    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, message: Message, place: str) -> None:
        """Take in one message; the same singular with two plurals is a fault."""
        known = self.messages.get(message.key)
        if known and known.plural and message.plural and known.plural != message.plural:
            self.faults.append(f"{place}: another plural of {message.singular!r} exists")
        if not known or message.plural:
            self.messages[message.key] = message


def _name(call: ast.Call) -> str:
    target = call.func
    if isinstance(target, ast.Name):
        return target.id
    return target.attr if isinstance(target, ast.Attribute) else ""


def _message(shape: str, texts: Iterable[str]) -> Message:
    parts = dict(zip(shape, texts, strict=False))
    return Message(parts.get("c", ""), parts["s"], parts.get("p", ""))


def _read_call(call: ast.Call, shape: str, place: str, found: Found) -> None:
    arguments = call.args[: len(shape)]
    for argument in arguments:
        if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call):
            found.faults.append(f"{place}: the text of gettext is put together; write it whole")
            return
    texts = [item.value for item in arguments if isinstance(item, ast.Constant)]
    if len(texts) == len(shape) and all(isinstance(text, str) and text for text in texts):
        found.add(_message(shape, map(str, texts)), place)


def read_python(source: str, place: str, found: Found) -> None:
    """Take in what a Python source marks; a name instead of a text is left alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in SHAPES:
            _read_call(node, SHAPES[_name(node)], f"{place}:{node.lineno}", found)


def read_template(source: str, place: str, found: Found) -> None:
    """Take in what a Django template marks."""
    try:
        plain = templatize(source, origin=place)
    except SyntaxError as fault:
        found.faults.append(str(fault))
        return
    for call in _TEMPLATE_CALL.finditer(plain):
        texts = [ast.literal_eval(text) for text in _LITERAL.findall(call[2])]
        line = plain.count("\n", 0, call.start()) + 1
        if texts[0]:
            found.add(_message(SHAPES[call[1]], texts), f"{place}:{line}")


def files(app: Path) -> Iterator[Path]:
    """Yield the sources of an app, in order; tests and migrations say nothing to people."""
    for path in sorted(app.rglob("*")):
        if not SKIPPED.intersection(path.relative_to(app).parts) and path.is_file():
            yield path


def read_app(app: Path) -> Found:
    """Return what the sources of `app` mark for translation."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    found = Found()
    for path in files(app):
        place = str(path.relative_to(app.parent.parent))
        if path.suffix == ".py":
            read_python(path.read_text(encoding="utf-8"), place, found)
        elif path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts:
            read_template(path.read_text(encoding="utf-8"), place, found)
    return found
