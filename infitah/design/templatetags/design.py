"""The tags and filters of the look; every component takes plain values (docs/reference/design.md).

`{% load design %}` in every template. Nothing here reads a model, a clock or a session.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from infitah.design import colour, components, direction, qr, sheets, states, text
from infitah.kernel.localized import DIRECTIONS

register = template.Library()
Context = dict[str, Any]

register.filter("words", direction.in_page_language)
register.filter("people", direction.people)
register.filter("joined", direction.joined)
register.filter("ref", text.ref)
register.filter("linked", text.linked)
register.filter("unbroken", text.unbroken, is_safe=True)
register.filter("size", text.size)
register.filter("number", text.number)
register.filter("money", text.money)
register.filter("phone", text.phone)
register.filter("email", text.email)
register.filter("law", text.law)
register.filter("day", text.day)
register.filter("weekday", text.weekday)
register.filter("month", text.month)
register.filter("short_month", text.short_month)
register.filter("moment", text.moment)
register.filter("in_short", text.in_short, is_safe=True)
register.filter("state_words", states.words_of)
register.simple_tag(direction.localized, name="localized")
register.simple_tag(direction.ui_language, name="ui_lang")
register.simple_tag(text.period, name="period")
register.simple_tag(text.colon, name="colon")
register.simple_tag(qr.svg, name="qr")

FONTS = {
    "ar": ("noto-sans-arabic-400", "noto-sans-arabic-700"),
    "fr": ("noto-sans-400", "noto-sans-700"),
    "zgh": ("noto-sans-400", "noto-sans-tifinagh-400"),
}


@register.simple_tag(takes_context=True)
def page_facts(context: template.Context) -> object:
    """Return what the frame knows of the very page that is shown: translations, its record."""
    frame = context.get("chrome")
    tell = getattr(frame, "of_page", None)
    return tell(context.flatten()) if tell else None


@register.simple_tag
def font_preloads() -> SafeString:
    return format_html_join(
        "",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n',
        ((static(f"design/fonts/{name}.woff2"),) for name in FONTS[direction.page_language()]),
    )


@register.simple_tag
def accent_sheet(community: object) -> SafeString:
    value = str(getattr(community, "accent", "") or "").lower().removeprefix("#")
    if f"#{value}" == colour.CHERRY or not colour.HEX.fullmatch(value):
        return SafeString("")
    address = reverse("design:accent", args=[value])
    return format_html('<link rel="stylesheet" href="{}">\n', address)


@register.simple_tag
def star(state: str, label: str = "") -> SafeString:
    sprite = static("design/stars.svg")
    known = state if state in states.WORDS or state == "mark" else "to_come"
    if label:
        shape = '<svg class="star star-{}" viewBox="0 0 24 24" role="img" aria-label="{}">'
        start = format_html(shape, known, label)
    else:
        shape = '<svg class="star star-{}" viewBox="0 0 24 24" aria-hidden="true">'
        start = format_html(shape, known)
    return start + format_html('<use href="{}#{}"/></svg>', sprite, known)


@register.inclusion_tag("design/status.html")
def status(state: str, words: object = "") -> Context:
    return {"state": state, "words": words or states.words_of(state)}


@register.inclusion_tag("design/card.html")
def card(
    title: object,
    *,
    url: str = "",
    state: str = "",
    state_words: object = "",
    facts: Iterable[object] = (),
    reference: str = "",
    tags: Iterable[object] = (),
    summary: object = "",
    knots: Iterable[object] = (),
    level: int = 3,
    kind: object = "",
) -> Context:
    return {
        "title": title,
        "url": url,
        "state": state,
        "state_words": state_words or (states.words_of(state) if state else ""),
        "facts": facts,
        "reference": reference,
        "tags": tags,
        "summary": summary,
        "knots": knots,
        "level": level,
        "kind": kind,
    }


@register.inclusion_tag("design/field.html")
def field(bound: BoundField, width: str = "") -> Context:
    return components.field(bound, width)


@register.inclusion_tag("design/fields.html")
def fields(form: BaseForm) -> Context:
    return {"hidden": form.hidden_fields(), "visible": form.visible_fields()}


@register.inclusion_tag("design/error_summary.html")
def error_summary(form: BaseForm) -> Context:
    return components.error_summary(form)


@register.inclusion_tag("design/deadline.html")
def deadline(due: date, days_left: int | None = None, **options: Any) -> Context:
    return components.deadline(due, days_left, **options)


@register.inclusion_tag("design/thread.html")
def thread(knots: Iterable[object], *, label: object = "", summary: bool = False) -> Context:
    made = [components.knot(one) for one in knots]
    shown = components.chosen_knots(made) if summary else made
    present = components.present_knot(made)
    return {"knots": shown, "label": label, "summary": summary, "present": present}


@register.inclusion_tag("design/timeline.html")
def timeline(entries: Iterable[object], *, label: object = "") -> Context:
    return {"entries": entries, "label": label}


@register.inclusion_tag("design/table.html")
def table(
    caption: object, headers: Sequence[object], rows: Iterable[Sequence[object]], **options: Any
) -> Context:
    return components.table(caption, headers, rows, **options)


@register.inclusion_tag("design/pager.html")
def pager(previous_url: str = "", next_url: str = "", *, total: int | None = None) -> Context:
    return {"previous_url": previous_url, "next_url": next_url, "total": total}


@register.inclusion_tag("design/figure.html")
def figure(
    number: object,
    sentence: object,
    *,
    definition: object = "",
    url: str = "",
    link: object = "",
    note: object = "",
) -> Context:
    return {
        "number": number,
        "sentence": sentence,
        "definition": definition,
        "url": url,
        "link": link,
        "note": note,
    }


@register.inclusion_tag("design/notice.html")
def notice(kind: str, words: object, *, title: object = "") -> Context:
    return {"kind": kind, "words": words, "title": title or states.notice_of(kind)}


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: object = "") -> SafeString:
    return format_html(
        '<div class="notice notice-{}"><p class="notice-word">{}</p>{}</div>',
        kind,
        direction.localized(title or states.notice_of(kind)),
        content,
    )


@register.inclusion_tag("design/bar_chart.html")
def bar_chart(title: object, items: Iterable[object], **options: Any) -> Context:
    return components.bars(title, items, **options)


@register.inclusion_tag("design/waffle.html")
def waffle(title: object, items: Iterable[object], **options: Any) -> Context:
    return components.waffle(title, items, **options)


@register.inclusion_tag("design/day_sheets.html")
def day_sheets(days: Iterable[object]) -> Context:
    return sheets.day_sheets(days)


@register.inclusion_tag("design/redline.html")
def redline(pieces: Iterable[object], language: str = "") -> Context:
    shown = direction.page_language()
    known = language if language in DIRECTIONS and language != shown else ""
    return {"pieces": pieces, "language": known, "dir": DIRECTIONS.get(known, "")}


@register.inclusion_tag("design/facts.html")
def facts(items: Iterable[object], *, label: object = "") -> Context:
    return {"items": [_fact(one) for one in items], "label": label}


def _fact(item: object) -> Context:
    if isinstance(item, tuple | list):
        return dict(zip(("label", "value", "url"), item, strict=False))
    return {name: components.part(item, name) for name in ("label", "value", "url")}


@register.inclusion_tag("design/filters.html")
def filters(groups: Iterable[object], *, label: object = "") -> Context:
    return {"groups": groups, "label": label}


@register.inclusion_tag("design/reference.html")
def reference(value: object) -> Context:
    return {"value": str(value)}


@register.inclusion_tag("design/empty_state.html")
def empty_state(sentence: object, *, action: object = "", url: str = "") -> Context:
    return {"sentence": sentence, "action": action, "url": url}


@register.inclusion_tag("design/tags.html")
def tags(items: Iterable[object]) -> Context:
    return {"items": [_fact(one) if isinstance(one, tuple) else one for one in items]}


@register.inclusion_tag("design/breadcrumb.html")
def breadcrumb(trail: Iterable[Sequence[object]]) -> Context:
    return {"trail": trail}


@register.inclusion_tag("design/page_head.html")
def page_head(
    title: object,
    *,
    kind: object = "",
    reference: object = "",
    state: str = "",
    state_words: object = "",
    updated: date | None = None,
    by: object = "",
) -> Context:
    return {
        "title": title,
        "kind": kind,
        "reference": str(reference or ""),
        "state": state,
        "state_words": state_words or (states.words_of(state) if state else ""),
        "updated": updated,
        "by": by,
    }
