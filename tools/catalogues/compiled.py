"""The compiled catalogues: a page in Amazigh says in French what Amazigh does not say yet.

Without this Django would fall back to the default language: Arabic words on a page that runs from
left to right. French writes a space before its double marks; it is made one that no line breaks at.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib

from catalogues import stores

Key = tuple[str, str]

NO_BREAK = "\N{NO-BREAK SPACE}"
_BEFORE_A_MARK = re.compile(r"(?<=\S) (?=[:;!?»]|%(?!\())|(?<=«) ")


def _is_stale(wanted: set[Path], written: list[Path]) -> bool:
    targets = [path.with_suffix(".mo") for path in wanted]
    if not all(target.exists() for target in targets):
        return True
    sources = [*written, *Path(__file__).parent.glob("*.py")]
    oldest = min(target.stat().st_mtime for target in targets)
    return any(source.stat().st_mtime >= oldest for source in sources)


def _made_of(paths: list[Path], app: Path) -> Iterator[Path]:
    """Yield the catalogues of `app` in every language, written or still to be made."""
    if any(app in path.parents for path in paths):
        yield from (stores.store(app, language) for language in stores.LANGUAGES)


def _filled(own: polib.POFile, french: polib.POFile, taken: frozenset[Key]) -> polib.POFile:
    """Return `own` with the French of what it lacks; `taken` belongs to other catalogues."""
    held = {stores.key(entry) for entry in own.translated_entries()}
    whole = stores.headed("zgh")
    whole.extend(own.translated_entries())
    whole.extend(
        entry
        for entry in french.translated_entries()
        if stores.key(entry) not in held and stores.key(entry) not in taken
    )
    return whole


def _of_django() -> polib.POFile:
    """Return Django's own French: the messages of its forms, and of log-in."""
    home = Path(django.__file__).parent
    french = stores.headed("fr")
    seen: set[Key] = set()
    for folder in ("conf", "contrib/auth"):
        path = home / folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
        for entry in polib.pofile(str(path)).translated_entries():
            if stores.key(entry) not in seen:
                seen.add(stores.key(entry))
                french.append(entry)
    return french


def french_spaces(text: str) -> str:
    """Return `text` with the spaces before : ; ! ? % » and after « made unbreakable."""
    return _BEFORE_A_MARK.sub(NO_BREAK, text)


def _set_in_french(catalogue: polib.POFile) -> polib.POFile:
    """Return `catalogue` with its spaces set; Amazigh borrows French words and marks."""
    for entry in catalogue:
        entry.msgstr = french_spaces(entry.msgstr)
        forms = entry.msgstr_plural.items()
        entry.msgstr_plural = {form: french_spaces(text) for form, text in forms}
    return catalogue


def _write(catalogue: polib.POFile, target: Path) -> None:
    """Replace `target` in one step: another process may be reading it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_suffix(".mo.new")
    catalogue.save_as_mofile(str(scratch))
    scratch.replace(target)


def compile_all() -> int:
    """Write every compiled catalogue that a change made stale; return how many were written."""
    apps = stores.apps()
    written = [stores.store(app, name) for app in apps for name in stores.LANGUAGES]
    written = [path for path in written if path.exists()]
    core = next(app for app in apps if app.name == "core")
    wanted = {path for app in apps for path in _made_of(written, app)}
    wanted.add(stores.store(core, "zgh"))  # it also carries Django's own messages
    if not _is_stale(wanted, written):
        return 0
    amazigh = {app: stores.load(app, "zgh") for app in apps}
    spoken = frozenset(
        stores.key(entry) for own in amazigh.values() for entry in own.translated_entries()
    )
    for path in sorted(wanted):
        app, language = path.parents[3], path.parents[1].name
        catalogue = stores.load(app, language)
        if language == "zgh":
            catalogue = _filled(amazigh[app], stores.load(app, "fr"), frozenset())
            if app == core:
                catalogue = _filled(catalogue, _of_django(), spoken)
        if language != "ar":
            catalogue = _set_in_french(catalogue)
        _write(catalogue, path.with_suffix(".mo"))
    return len(wanted)
