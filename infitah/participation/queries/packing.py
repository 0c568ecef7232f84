"""Everything open of a consultation as one package: tables in pieces, their description last.

Only what anybody may read at this instant: no hidden text, no votes before closing, no dots where
counts are told after closing.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from infitah.community.queries import communes_of, url_of
from infitah.core.viewer import Viewer
from infitah.kernel.dates import local_moment
from infitah.participation import rules
from infitah.participation.models import Consultation
from infitah.participation.queries.answers import answers_for
from infitah.participation.queries.conversation import exported_comments
from infitah.participation.queries.ideas import ideas_visible_to
from infitah.participation.queries.voice import each_statement, results_of, shows_supports
from infitah.participation.rules import sealed
from infitah.participation.rules.archive import Table, Written, zipped

PIECE: Final = 500
STATES: Final = (rules.IdeaState.VISIBLE, rules.IdeaState.LATE, rules.IdeaState.REFUSED)
COLUMNS: Final = (
    *("reference", "submitted_at", "state", "axis__slug", "commune__key", "language", "source"),
    *("table__workshop__slug", "table__number", "dots", "is_late", "statement", "detail"),
)
IDEAS: Final = "ideas.csv"


@cache
def descriptions() -> dict[str, dict[str, object]]:
    """Return what each file and each column means, in Arabic and French."""
    source = files("infitah.participation") / "data" / "package.json"
    found: dict[str, dict[str, object]] = json.loads(source.read_text(encoding="utf-8"))
    return found


def package(*, consultation: Consultation, viewer: Viewer, now: datetime) -> Iterator[bytes]:
    """Yield the zip of a consultation; the manifest with rows and hashes comes last."""
    return zipped(
        _tables(consultation, viewer, now), lambda written: _manifest(consultation, written, now)
    )


def _tables(consultation: Consultation, viewer: Viewer, now: datetime) -> Iterator[Table]:
    yield _table("workshops.csv", workshop_rows(consultation))
    yield _table("axes.csv", _axes(consultation))
    yield _table("communes.csv", _communes(consultation))
    yield _table(IDEAS, idea_rows(consultation=consultation, viewer=viewer, now=now))
    if consultation.state(now) is rules.ConsultationState.CLOSED:
        yield _table("answers.csv", _answers(consultation, viewer))
    yield _table("comments.csv", _comments(consultation, viewer))
    results = results_of(consultation=consultation, viewer=viewer, now=now)
    if results is not None:
        rows = (
            (one.reference, one.votes.agree, one.votes.disagree, one.votes.passed, one.supports)
            for one in each_statement(results)
        )
        yield _table("tallies.csv", (tuple(map(str, row)) for row in rows))


def _table(path: str, rows: Iterator[Sequence[str]]) -> Table:
    return Table(
        path, tuple(package_columns(path)), ([sealed(cell) for cell in row] for row in rows)
    )


def package_columns(path: str) -> dict[str, list[str]]:
    """Return the columns of a file in their order, each with its kind and its names."""
    fields = descriptions()[path]["fields"]
    return fields if isinstance(fields, dict) else {}


def idea_rows(
    *, consultation: Consultation, viewer: Viewer, now: datetime
) -> Iterator[tuple[str, ...]]:
    """Yield the ideas that anybody may read, as the columns of ideas.csv, in constant memory.

    The shown ones first, then those that came late, each in the order of their numbers. One
    query for each piece.
    """
    shows = shows_supports(consultation=consultation, viewer=viewer, now=now)
    for state in STATES:
        for piece in _pieces(consultation, viewer, state, ("position", *COLUMNS)):
            for _position, *values in piece:
                yield _idea(values, shows_dots=shows)


def _pieces(
    consultation: Consultation, viewer: Viewer, state: str, columns: Sequence[str]
) -> Iterator[list[tuple[object, ...]]]:
    last: object = 0
    ideas = ideas_visible_to(viewer).filter(consultation=consultation, state=state)
    while True:
        piece = ideas.filter(position__gt=last).order_by("position")
        rows = list(piece.values_list(*columns)[:PIECE])
        if rows:
            yield rows
            last = rows[-1][0]
        if len(rows) < PIECE:
            return


def _idea(values: Sequence[object], *, shows_dots: bool) -> tuple[str, ...]:
    reference, submitted_at, *rest = values
    *facts, dots, is_late, statement, detail = rest
    at = _instant(submitted_at) if isinstance(submitted_at, datetime) else ""
    return (
        *(str(reference), at, *map(_text, facts)),
        _text(dots) if shows_dots else "",
        "1" if is_late else "0",
        *(str(statement), str(detail)),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _instant(at: datetime | None) -> str:
    return "" if at is None else local_moment(at).isoformat()


def workshop_rows(consultation: Consultation) -> Iterator[tuple[str, ...]]:
    """Yield the tables of the workshops of a consultation. One query a workshop."""
    for workshop in consultation.workshops.order_by("held_on", "pk"):
        for number, axis in workshop.tables.order_by("number").values_list("number", "axis__slug"):
            yield (
                *(workshop.slug, workshop.held_on.isoformat()),
                *(workshop.name.text_of("ar"), workshop.name.text_of("fr")),
                *(workshop.place.text_of("ar"), workshop.place.text_of("fr")),
                *(_text(workshop.present), str(number), axis),
                workshop.hour.isoformat() if workshop.hour else "",
                *(_instant(workshop.cancelled_at), workshop.cancel_reason),
            )


def _axes(consultation: Consultation) -> Iterator[tuple[str, ...]]:
    for topic in consultation.topics.select_related("axis"):
        name, question = topic.axis.name, topic.question
        words = (name.text_of("ar"), name.text_of("fr"))
        yield (topic.axis.slug, *words, question.text_of("ar"), question.text_of("fr"))


def _communes(consultation: Consultation) -> Iterator[tuple[str, ...]]:
    for one in communes_of(consultation.community).order_by("hcp_code"):
        yield (one.key, one.name.text_of("ar"), one.name.text_of("fr"))


def _answers(consultation: Consultation, viewer: Viewer) -> Iterator[tuple[str, ...]]:
    for state in STATES:
        for piece in _pieces(consultation, viewer, state, ("position", "reference")):
            references = [str(reference) for _position, reference in piece]
            answers = answers_for(references)
            for reference in filter(answers.__contains__, references):
                one = answers[reference]
                words = (one.text.text_of("ar"), one.text.text_of("fr"))
                yield (reference, one.code, one.answered_on.isoformat(), *words)


def _comments(consultation: Consultation, viewer: Viewer) -> Iterator[tuple[str, ...]]:
    for one in exported_comments(consultation=consultation, viewer=viewer):
        yield (
            *(one.subject, one.paragraph, str(one.number), _text(one.to)),
            *(_instant(one.submitted_at), one.stance, one.language),
            *(one.office, one.text),
        )


def _manifest(consultation: Consultation, written: Sequence[Written], now: datetime) -> str:
    community = consultation.community
    return rules.manifest_text(
        {
            "profile": "tabular-data-package",
            "name": f"{community.key.lower()}-{consultation.slug}",
            "title": consultation.name.text_of("ar"),
            "title_fr": consultation.name.text_of("fr"),
            "homepage": url_of(community, f"/ar/consultations/{consultation.slug}/"),
            "licenses": [rules.LICENCE],
            "sources": [{"title": community.institution.text_of("ar")}],
            "created": local_moment(now).isoformat(timespec="seconds"),
            "consultation": described(consultation, now),
            "cells": "A cell that would start a formula, or starts with an apostrophe, has one "
            "apostrophe more before it: take the first apostrophe of such a cell away.",
            "resources": [_resource(one) for one in written],
        }
    )


def _resource(one: Written) -> dict[str, object]:
    said = descriptions()[one.path]
    return {
        "profile": "tabular-data-resource",
        "name": one.path.removesuffix(".csv"),
        "path": one.path,
        "title": said["ar"],
        "title_fr": said["fr"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": one.bytes,
        "hash": f"sha256:{one.sha256}",
        "rows": one.rows,
        "schema": {
            "fields": [_field(name, *words) for name, words in package_columns(one.path).items()],
            "missingValues": [""],
            **({"primaryKey": said["key"]} if said["key"] else {}),
        },
    }


def _field(name: str, kind: str, arabic: str, french: str) -> dict[str, object]:
    described = {"name": name, "type": kind, "title": arabic, "title_fr": french}
    return {**described, **({"format": "any"} if kind == "datetime" else {})}


def described(consultation: Consultation, now: datetime) -> dict[str, object]:
    """Return a consultation for programs: its dates, its state, what it takes. No query."""
    return {
        "slug": consultation.slug,
        "name": {code: consultation.name.text_of(code) for code in consultation.name.languages()},
        "round": consultation.round_number,
        "opens_at": _instant(consultation.opens_at),
        "closes_at": _instant(consultation.closes_at),
        "state": str(consultation.state(now)),
        "cancelled_at": _instant(consultation.cancelled_at),
        "cancel_reason": consultation.cancel_reason,
        "takes": {
            "ideas": consultation.takes_ideas,
            "votes": consultation.takes_votes,
            "comments": consultation.takes_comments,
        },
        "is_demonstration": consultation.is_demonstration,
    }
