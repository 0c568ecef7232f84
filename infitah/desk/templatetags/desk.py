"""One waiting act as the home page and the queue show it."""

from datetime import date
from typing import Any

from django import template

from infitah.design.components import days_sentence
from infitah.desk.queries import SOURCES
from infitah.desk.rules import WaitingAct

register = template.Library()
LABELS = {source.kind: source.label for source in SOURCES}


@register.inclusion_tag("desk/act.html")
def waiting_act(act: WaitingAct, today: date, level: int = 2) -> dict[str, Any]:
    left = act.days_left(today)
    return {
        "act": act,
        "label": LABELS[act.kind],
        "urgency": act.urgency(today),
        "words": "" if left is None else days_sentence(left),
        "level": level,
    }
