"""The catalogues on disk: one a language in each app, sorted, without places, without guesses."""

from pathlib import Path

import polib

from catalogues.sources import Message

LANGUAGES = ("ar", "fr", "zgh")
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "fr": "nplurals=2; plural=(n > 1);",
    "zgh": "nplurals=2; plural=(n > 1);",
}
FORMS = {"ar": 6, "fr": 2, "zgh": 2}

OVERRIDING = frozenset({"config"})
"""Apps whose catalogues restate strings of Django and Wagtail, which no source of ours holds."""


def root() -> Path:
    """Return the folder of the apps."""
    return Path(__file__).resolve().parent.parent.parent / "infitah"


def apps() -> list[Path]:
    """Return the apps in order of their names."""
    return sorted(path.parent for path in root().glob("*/__init__.py"))


def store(app: Path, language: str, ending: str = "po") -> Path:
    """Return the place of a catalogue."""
    return app / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def headed(language: str) -> polib.POFile:
    """Return an empty catalogue with its header."""
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def load(app: Path, language: str) -> polib.POFile:
    """Return the catalogue of `app`, or an empty one where there is none."""
    path = store(app, language)
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else headed(language)


def key(entry: polib.POEntry) -> tuple[str, str]:
    """Return what makes an entry unique: context and singular."""
    return (entry.msgctxt or "", entry.msgid)


def entry_of(message: Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    """Return the entry of `message` with what was translated before."""
    texts = [message.singular, message.plural]
    entry = polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.singular,
        msgid_plural=message.plural,
        flags=["python-format"] if any("%(" in text for text in texts) else [],
        tcomment=old.tcomment if old else "",
    )
    if message.plural:
        before = old.msgstr_plural if old else {}
        entry.msgstr_plural = {form: before.get(form, "") for form in range(FORMS[language])}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def merged(
    app: Path, language: str, messages: dict[tuple[str, str], Message]
) -> tuple[polib.POFile, list[str]]:
    """Return the catalogue brought up to date, and the translated strings that fell away.

    A changed string starts untranslated: nothing is guessed from its neighbours.
    """
    old = {key(entry): entry for entry in load(app, language) if not entry.obsolete}
    catalogue = headed(language)
    kept = set(messages)
    entries = [entry_of(message, old.get(message.key), language) for message in messages.values()]
    if app.name in OVERRIDING:
        entries += [entry for place, entry in old.items() if place not in kept]
        lost = []
    else:
        gone = (entry for place, entry in old.items() if place not in kept)
        lost = [entry.msgid for entry in gone if entry.translated()]
    catalogue.extend(sorted(entries, key=key))
    return catalogue, lost
