"""What arranging themes asks before it changes anything: the consultation held, what was seen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, Theme, ThemeIdea

NAME_MAX = 120
NOTHING = LocalizedText("")


class ThemeRefused(OperationRefused):
    """The themes cannot be arranged so."""


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """What people call a theme, and what its ideas say."""

    name: LocalizedText
    summary: LocalizedText = NOTHING


def held_consultation(consultation_id: int, now: datetime) -> Consultation:
    """Return the consultation, held until the act is done. Raises ThemeRefused before closing."""
    held = Consultation.objects.select_for_update(of=("self",)).select_related("community")
    consultation = held.get(pk=consultation_id)
    if consultation.state(now) is not rules.ConsultationState.CLOSED:
        raise ThemeRefused(
            _("This consultation is not closed: ideas are arranged in themes after closing.")
        )
    return consultation


def held_theme(theme: Theme, seen: datetime, now: datetime) -> Theme:
    """Return the theme, held; raises ThemeRefused if it was merged or changed since `seen`."""
    consultation = held_consultation(theme.consultation_id, now)
    found = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    found.consultation, found.community = consultation, consultation.community
    if found.merged_into_id is not None:
        raise ThemeRefused(_("This theme was merged into another one."), code="changed")
    if found.changed_at != seen:
        raise ThemeRefused(
            _(
                "Somebody changed this theme meanwhile: it is called “%(name)s” now. What you "
                "typed is still here; look at it again before sending."
            )
            % {"name": found.name},
            code="changed",
        )
    return found


def all_standing(consultation: Consultation) -> list[Theme]:
    """Return the themes of a consultation that are not merged, in their order. One query."""
    themes = Theme.objects.filter(consultation=consultation).standing()
    return list(themes.order_by("position", "pk"))


def standing_theme(consultation: Consultation, reference: str, *, field: str) -> Theme:
    """Return the standing theme of this number, or raise ThemeRefused beside `field`."""
    themes = Theme.objects.filter(consultation=consultation, reference=reference).standing()
    found = themes.first()
    if found is None:
        raise ThemeRefused(
            _("This theme does not stand any more: choose another one."), field=field
        )
    found.consultation, found.community = consultation, consultation.community
    return found


def placed_ideas(
    consultation: Consultation, references: Collection[str], was_in: str | None
) -> list[Idea]:
    """Return these shown ideas, each where the officer saw it."""
    wanted = list(dict.fromkeys(references))
    shown = Idea.objects.filter(consultation=consultation, reference__in=wanted).shown()
    ideas = list(shown.select_related("placing__theme").order_by("position"))
    there = [one for one in ideas if was_in is None or _theme_of(one) == was_in]
    moved = sorted(set(wanted) - {one.reference for one in there})
    if moved:
        raise ThemeRefused(
            _(
                "These ideas were moved, hidden or taken back meanwhile: %(numbers)s. Nothing was "
                "changed: look at the list again."
            )
            % {"numbers": ", ".join(moved)},
            code="changed",
            field="ideas",
        )
    return ideas


def _theme_of(idea: Idea) -> str:
    placing: ThemeIdea | None = getattr(idea, "placing", None)
    return "" if placing is None else placing.theme.reference


def check_words(words: ThemeWords) -> None:
    """Raise ThemeRefused for a name that is missing in Arabic or too long."""
    if not words.name.ar:
        raise ThemeRefused(_("Write the name of the theme in Arabic."), field="name_ar")
    for language in words.name.languages():
        if len(words.name.text_of(language)) > NAME_MAX:
            raise ThemeRefused(
                _("A name has at most %(most)s characters.") % {"most": NAME_MAX},
                field=f"name_{language}",
            )
