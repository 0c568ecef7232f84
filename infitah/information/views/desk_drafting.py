"""A decision while it is written: what is made ready, what was typed, what it comes to so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from infitah.information import rules
from infitah.information.forms.desk_decision import DecideForm, initial_of, typed_parts
from infitah.information.queries import prepared
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow, file_rows, givable_roles
from infitah.information.queries.wordings import wordings

NAME: Final = "decide"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A decision as it stands on the page: typed or made ready, not signed."""

    words: str
    gives: bool
    files: tuple[str, ...]
    parts: Sequence[Mapping[str, str]]

    @property
    def gives_something(self) -> bool:
        return self.gives or bool(self.files)


def givable(found: DeskCase) -> list[FileRow]:
    """Return the files of the case that may leave. One query."""
    roles = givable_roles()
    return [one for one in file_rows(found.files) if one.is_givable and one.file.role in roles]


def ready(found: DeskCase) -> Drafted:
    """Return the decision as it is begun: boxes as parts, words for who ticks what may leave.

    No file is ticked beforehand: what nobody looked at is not given.
    """
    rows = file_rows(found.files)
    may_leave = any(one.is_givable and one.file.role in givable_roles() for one in rows)
    parts = prepared.parts_of_boxes(where_boxes_stand(rows), found)
    words = prepared.words_for(found, gives=may_leave, withholds=bool(parts), has_files=may_leave)
    return Drafted(words, False, (), parts)


def fits(found: DeskCase, drafted: Drafted) -> bool:
    """Return whether words that were made ready still say what is given and withheld."""
    if not prepared.is_untouched(found, drafted.words):
        return True
    ready_words = prepared.words_for(
        found,
        gives=drafted.gives_something,
        withholds=bool(drafted.parts),
        has_files=bool(drafted.files),
    )
    return ready_words.split() == drafted.words.split()


def where_boxes_stand(rows: Sequence[FileRow]) -> dict[str, str]:
    """Return for each exception the documents and pages on which boxes were drawn under it."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for code, pages in row.boxes.pages.items():
            numbers = _(", ").join(map(str, pages))
            found.setdefault(code, []).append(
                _("%(title)s, pages %(pages)s") % {"title": row.title, "pages": numbers}
            )
    return {code: _("; ").join(places) for code, places in sorted(found.items())}


def form_of(data: Any, found: DeskCase, drafted: Drafted | None = None) -> DecideForm:
    """Return the form: bound to what was sent, or holding a decision that is not signed."""
    files = [(one.file.pk, one.title) for one in givable(found)]
    law = wordings(found.request.community, found.request.received_on)
    if data is not None:
        parts = len(typed_parts(data, NAME))
        form = DecideForm(_renumbered(data), prefix=NAME, files=files, law=law, parts=parts)
        form.outcome = outcome_of(drafted_of(data))
        return form
    shown = drafted or ready(found)
    initial = {
        "words": shown.words,
        "gives": shown.gives,
        "given": list(shown.files),
        **initial_of(shown.parts),
    }
    form = DecideForm(prefix=NAME, files=files, law=law, parts=len(shown.parts), initial=initial)
    form.outcome = outcome_of(shown)
    return form


def _renumbered(data: Any) -> Any:
    """Return what was sent with its parts numbered from 0 without a gap."""
    parts = typed_parts(data, NAME)
    copy = data.copy()
    for key in [key for key in copy if key.startswith(f"{NAME}-part-")]:
        del copy[key]
    for key, value in initial_of(parts).items():
        copy[f"{NAME}-{key}"] = value
    return copy


def drafted_of(data: Any) -> Drafted:
    """Return the decision as it was typed, before anything of it is judged."""
    return Drafted(
        words=data.get(f"{NAME}-words", ""),
        gives=bool(data.get(f"{NAME}-gives")),
        files=tuple(data.getlist(f"{NAME}-given")),
        parts=typed_parts(data, NAME),
    )


def changed(drafted: Drafted, press: str, found: DeskCase) -> Drafted:
    """Return the decision after a part was added or taken away; untouched words follow it."""
    parts = list(drafted.parts)
    verb, _sign, number = press.partition("-")
    if verb == "add":
        parts.append({})
    elif verb == "drop" and number.isdecimal() and 0 < int(number) <= len(parts):
        parts.pop(int(number) - 1)
    words = drafted.words
    if prepared.is_untouched(found, words):
        words = prepared.words_for(
            found,
            gives=drafted.gives_something,
            withholds=bool(parts),
            has_files=bool(drafted.files),
        )
    return Drafted(words, drafted.gives, drafted.files, parts)


def outcome_of(drafted: Drafted) -> str:
    """Return what a decision comes to as it stands, "" where it gives and withholds nothing."""
    known = set(rules.RefusalGround)
    withheld = [
        rules.Withholding(rules.RefusalGround(part["ground"]))
        for part in drafted.parts
        if part.get("ground") in known
    ]
    if not drafted.gives_something and not withheld:
        return ""
    return rules.outcome_of(drafted.gives_something, withheld).value
