"""What is wrong with a catalogue: a reader would meet an English word, a gap or a broken line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from catalogues import stores
from catalogues.sources import Found, Message

DEMANDED = ("ar", "fr")
_NAMED = re.compile(r"%\((\w+)\)[sd]")
_NAMELESS = re.compile(r"(?<!%)(?:%%)*%(?:[sdifr]\b|\d)|\{\d*\}")
_UNSPACED_MARK = re.compile(r"[^\W\d][:;!?](?=\s|$)")
_TYPED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w%«])")
_EASTERN_DIGIT = re.compile(r"[٠-٩۰-۹]")


def of_app(app: Path, found: Found) -> list[str]:
    """Return the faults of `app`: of its sources, then of each of its catalogues."""
    faults = [*found.faults, *_of_messages(app, found.messages.values())]
    for language in stores.LANGUAGES:
        catalogue = stores.load(app, language)
        name = f"{app.name}/{language}"
        faults += [f"{name}: {fault}" for fault in _of_catalogue(catalogue, language)]
        faults += [f"{name}: {fault}" for fault in _of_difference(app, catalogue, language, found)]
    return faults


def between(apps: Iterable[Path]) -> list[str]:
    """Return what apps translate in two ways: one reader's words would show in the other's place.

    Django puts the catalogues of all apps into one. A text that needs two translations needs a
    context.
    """
    said: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for app in apps:
        for language in stores.LANGUAGES:
            for entry in stores.load(app, language).translated_entries():
                words = entry.msgstr or "\n".join(entry.msgstr_plural.values())
                ways = said.setdefault((language, *stores.key(entry)), {})
                ways.setdefault(words, []).append(app.name)
    return [
        f"{language}: translated in {len(ways)} ways, give it a context: {text!r} "
        f"({' / '.join(', '.join(names) for names in ways.values())})"
        for (language, _context, text), ways in said.items()
        if len(ways) > 1
    ]


def _of_messages(app: Path, messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        if _NAMELESS.search(message.singular) or _NAMELESS.search(message.plural):
            yield f"{app.name}: a placeholder has no name, write %(name)s: {message.singular!r}"


def _of_difference(
    app: Path, catalogue: polib.POFile, language: str, found: Found
) -> Iterator[str]:
    held = {stores.key(entry): entry for entry in catalogue if not entry.obsolete}
    for place, message in found.messages.items():
        entry = held.get(place)
        if entry is None and language in DEMANDED:
            yield f"not in the catalogue, run extract {app.name}: {message.singular!r}"
        elif entry is not None and entry.msgid_plural != message.plural:
            yield f"its plural changed, run extract {app.name}: {message.singular!r}"
    if app.name not in stores.OVERRIDING:
        for place in held.keys() - found.messages.keys():
            yield f"no source says it any more, run extract {app.name}: {place[1]!r}"


def _of_catalogue(catalogue: polib.POFile, language: str) -> Iterator[str]:
    if catalogue and catalogue.metadata.get("Plural-Forms") != stores.PLURALS[language]:
        yield "its Plural-Forms are not those of the language"
    for entry in catalogue:
        if entry.obsolete:
            yield f"obsolete: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif entry.translated():
            yield from _of_entry(entry, language)
        elif language in DEMANDED:
            yield f"not translated: {entry.msgid!r}"


def _of_entry(entry: polib.POEntry, language: str) -> Iterator[str]:
    if entry.msgid_plural:
        yield from _of_plural(entry, language)
    else:
        yield from _of_text(entry.msgid, entry.msgid, entry.msgstr, language)


def _of_plural(entry: polib.POEntry, language: str) -> Iterator[str]:
    forms = entry.msgstr_plural
    if sorted(forms) != list(range(stores.FORMS[language])) or not all(forms.values()):
        yield f"{stores.FORMS[language]} plural forms are wanted: {entry.msgid!r}"
    counted = _names(entry.msgid_plural) - _names(entry.msgid) or _names(entry.msgid_plural)
    for form, text in forms.items():
        # none, one and two may say the number in a word; the other forms show it
        is_worded = form < (3 if language == "ar" else 1)
        spared = counted if is_worded and len(counted) == 1 else set()
        yield from _of_text(entry.msgid, entry.msgid_plural, text, language, spared)


def _names(text: str) -> set[str]:
    return set(_NAMED.findall(text))


def _of_text(
    name: str, source: str, text: str, language: str, spared: Iterable[str] = ()
) -> Iterator[str]:
    wanted, given = _names(source), _names(text)
    if given - wanted or wanted - given - set(spared):
        yield f"placeholders differ ({sorted(wanted ^ given)}): {name!r}"
    if _NAMELESS.search(text):
        yield f"a placeholder has no name: {name!r}"
    if source[:1].isspace() != text[:1].isspace() or source[-1:].isspace() != text[-1:].isspace():
        yield f"begins or ends with space where the source does not: {name!r}"
    if language == "ar" and _EASTERN_DIGIT.search(text):
        yield f"eastern digits, Morocco writes 0-9: {name!r}"
    if language == "fr" and _UNSPACED_MARK.search(text):
        yield f"French writes a space before : ; ! ?: {name!r}"
    if language == "fr" and _TYPED_APOSTROPHE.search(text):
        yield f"French has one apostrophe here, write ’: {name!r}"
