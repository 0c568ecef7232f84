"""What each component's template is given: plain values made from plain values, no model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.design import states
from infitah.design.direction import language_by_script, ui_language
from infitah.design.text import grouped

Context = dict[str, Any]
SUMMARY_KNOTS = 5
OPTION = re.compile("<option (?P<rest>[^>]*)>(?P<words>[^<]*)")


def part(item: object, name: str) -> Any:
    """Return the value called `name` of a mapping or an object; None where it has none."""
    if isinstance(item, Mapping):
        return item.get(name)
    return getattr(item, name, None)


def knot(item: object) -> Context:
    """Return a knot with its state in words."""
    names = ("sentence", "state", "on", "who", "url", "proof_url", "state_words", "reference")
    values = {name: part(item, name) for name in names}
    values["state"] = values["state"] or "to_come"
    values["state_words"] = values["state_words"] or states.words_of(values["state"])
    return values


def present_knot(knots: Sequence[Context]) -> Context | None:
    """Return where the thread stands: the first knot that is not done, else the last."""
    return next((one for one in knots if one["state"] != "done"), knots[-1] if knots else None)


def chosen_knots(knots: Sequence[Context], limit: int = SUMMARY_KNOTS) -> Sequence[Context]:
    """Return at most `limit` knots for a card: the first, the last, and those around the present.

    The present is what `present_knot` returns.
    """
    if len(knots) <= limit:
        return knots
    present = knots.index(present_knot(knots))
    start = min(max(present - (limit - 2) // 2, 1), len(knots) - limit + 1)
    return [knots[0], *knots[start : start + limit - 2], knots[-1]]


def days_sentence(days_left: int) -> str:
    """Return "3 days left", "today is the last day" or "late by 34 days" in the page's language."""
    if days_left == 0:
        return _("Today is the last day")
    if days_left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days_left) % {"days": days_left}
    late = -days_left
    return ngettext("Late by %(days)s day", "Late by %(days)s days", late) % {"days": late}


def deadline(
    due: date,
    days_left: int | None = None,
    *,
    latest: date | None = None,
    counted: Iterable[object] = (),
    estimated: bool = False,
    met_on: date | None = None,
    label: str = "",
) -> Context:
    """Return the clock: due day, days left in words, how it was counted."""
    state = "under_way"
    if met_on is not None:
        state = "done" if met_on <= due else "late"
    elif days_left is not None and days_left < 0:
        state = "late"
    names = ("on", "words", "estimated", "source", "ends")
    lines = [{name: part(one, name) for name in names} for one in counted]
    return {
        "due": due,
        "latest": latest if latest != due else None,
        "sentence": "" if days_left is None or met_on else days_sentence(days_left),
        "counted": lines,
        "estimated": estimated or any(line["estimated"] for line in lines),
        "met_on": met_on,
        "met_late": met_on is not None and met_on > due,
        "label": label or _("Deadline"),
        "state": state,
    }


def field_kind(bound: BoundField) -> str:
    """Return how a field is laid out: a group of choices, one tick, or a plain control."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "multi" if hasattr(widget, "widgets") else "plain"


def field(bound: BoundField, width: str = "") -> Context:
    """Return a field: label above, hint, error above the control, wiring for screen readers."""
    control = bound.auto_id or bound.html_name
    has_hint, errors = bool(bound.help_text), list(bound.errors)
    kind = field_kind(bound)
    attributes = _wiring(bound, control, has_hint=has_hint, has_errors=bool(errors), kind=kind)
    return {
        "field": bound,
        "control": "" if kind == "choices" else _control(bound, attributes),
        "kind": kind,
        "id": control,
        "errors": errors,
        "optional": kind != "tick" and not _is_needed(bound),
        "needed_if": getattr(bound.field, "needed_if", ""),
        "width": width or _width(bound),
        "counter": _counter(bound),
    }


def _is_needed(bound: BoundField) -> bool:
    """Return whether a field is needed, alone or as one of several ways."""
    return bound.field.required or getattr(bound.field, "is_one_way", False)


def _control(bound: BoundField, attributes: dict[str, str | bool]) -> SafeString:
    """Return the control; a list to choose from stands as the page does, each choice by its text.

    `dir="auto"` on the list itself would draw it right to left for one Arabic choice.
    """
    html = bound.as_widget(attrs=attributes)
    if not isinstance(bound.field.widget, Select):
        return html
    return SafeString(OPTION.sub(_option, html))


def _option(found: re.Match[str]) -> str:
    """Return an option in its own direction, with its language where its script is another."""
    language = language_by_script(found["words"])
    lang = "" if language == ui_language() else f' lang="{language}"'
    return f'<option{lang} dir="auto" {found["rest"]}>{found["words"]}'


def _wiring(
    bound: BoundField, control: str, *, has_hint: bool, has_errors: bool, kind: str
) -> dict[str, str | bool]:
    described = [f"{control}-hint"] if has_hint else []
    described += [f"{control}-error"] if has_errors else []
    attributes: dict[str, str | bool] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if has_errors:
        attributes["aria-invalid"] = "true"
    widget = bound.field.widget
    if kind == "plain" and "dir" not in widget.attrs and not isinstance(widget, Select):
        attributes["dir"] = "auto"
    return attributes


def _width(bound: BoundField) -> str:
    """Return a width class from the expected length, so that a field shows what it awaits."""
    length = getattr(bound.field, "max_length", None)
    widget = type(bound.field.widget).__name__
    if widget in {"DateInput", "TimeInput", "NumberInput"} or (length and length <= 12):
        return "short"
    if widget in {"Textarea", "Select", "SelectMultiple"}:
        return "long"
    return "middle" if length and length <= 60 else "long"


def _counter(bound: BoundField) -> Context | None:
    """Return the bounds of the character counter where the form asks for one (`data-counter`)."""
    if "data-counter" not in bound.field.widget.attrs:
        return None
    return {
        "least": getattr(bound.field, "min_length", None) or 0,
        "most": getattr(bound.field, "max_length", None) or 0,
    }


def _named(bound: BoundField, message: str) -> str:
    label = str(bound.label).rstrip(" ?؟:\u00a0\u202f")
    named = _("%(label)s: %(message)s") % {"label": label, "message": message}
    row = getattr(bound.field, "row", "")
    return _("%(label)s: %(message)s") % {"label": row, "message": named} if row else named


def error_summary(form: BaseForm) -> Context:
    """Return the list of what must be mended, each with a link to its field."""
    lines = [{"id": "", "message": one} for one in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id or bound.html_name
        if field_kind(bound) == "choices":
            target = f"{target}_0"
        lines += [{"id": target, "message": _named(bound, str(one))} for one in bound.errors]
    return {"lines": lines}


def table(
    caption: object,
    headers: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    numeric: str = "",
    hidden_caption: bool = False,
) -> Context:
    """Return a table; `numeric` names the columns of numbers, counted from 1: "2,3"."""
    columns = {int(one) - 1 for one in numeric.split(",") if one.strip()}
    shaped = [
        [{"value": value, "numeric": place in columns} for place, value in enumerate(row)]
        for row in rows
    ]
    heads = [{"value": value, "numeric": place in columns} for place, value in enumerate(headers)]
    return {"caption": caption, "heads": heads, "rows": shaped, "hidden_caption": hidden_caption}


def bars(
    title: object, items: Iterable[object], *, unit: str = "", description: str = ""
) -> Context:
    """Return a bar chart: bars as shares of the greatest value, and the same table."""
    rows = [
        {
            "label": part(one, "label"),
            "value": part(one, "value") or 0,
            "url": part(one, "url") or "",
            "state": part(one, "state") or "",
        }
        for one in items
    ]
    greatest = max((row["value"] for row in rows), default=0) or 1
    for row in rows:
        row["length"] = round(row["value"] / greatest * 1000)
        row["text"] = grouped(row["value"])
    return {"title": title, "rows": rows, "unit": unit, "description": description}


def waffle(title: object, items: Iterable[object], *, columns: int = 10) -> Context:
    """Return a waffle: one cell a thing up to 100 things, else one cell for every hundredth.

    A part that is not empty always gets a cell.
    """
    parts = [
        {"label": part(one, "label"), "count": part(one, "value") or 0, "state": part(one, "state")}
        for one in items
    ]
    total = sum(one["count"] for one in parts)
    scale = 1 if total <= 100 else 100 / total
    cells, place = [], 0
    for one in parts:
        share = round(one["count"] * scale)
        for _cell in range(max(share, 1) if one["count"] else 0):
            cells.append(
                {"x": place % columns * 12, "y": place // columns * 12, "state": one["state"]}
            )
            place += 1
    rows = ceil(place / columns) or 1
    return {
        "title": title,
        "parts": parts,
        "cells": cells,
        "width": columns * 12 - 2,
        "height": rows * 12 - 2,
        "total": total,
        "per_cell": scale == 1,
    }
