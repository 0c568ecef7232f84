"""Arranging themes by people: name, move, merge, order, publish; each act in the register.

Whoever sends a form sends with it what the page showed (`seen`): of two officers on one theme the
second is told what changed, and nothing is overwritten. Merging moves ideas; authors, supports
and votes stay with them.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, Theme, ThemeIdea
from infitah.participation.operations.theme_guards import (
    ThemeRefused,
    ThemeWords,
    all_standing,
    check_words,
    held_consultation,
    held_theme,
    placed_ideas,
    standing_theme,
)
from infitah.participation.operations.theme_proposals import new_reference

SUBJECT = "consultation:{slug}"


@transaction.atomic
def add_theme(
    *,
    consultation: Consultation,
    words: ThemeWords,
    references: Sequence[str] = (),
    was_in: str | None = "",
    by: Actor,
    now: datetime,
) -> Theme:
    """Return a new theme with its number, and these ideas in it, if any.

    `was_in` is the theme that the officer saw them in (empty: in none; None: anywhere). Public
    once the themes are published (again). Raises ThemeRefused before closing, without an Arabic
    name, or for ideas that moved meanwhile.
    """
    consultation = held_consultation(consultation.pk, now)
    check_words(words)
    ideas = placed_ideas(consultation, references, was_in)
    theme = Theme.objects.create(
        community=consultation.community,
        consultation=consultation,
        reference=new_reference(consultation.community.key, now),
        name=words.name,
        summary=words.summary,
        position=_last_position(consultation) + 1,
        is_edited=True,
        changed_at=now,
    )
    _touch_sources(ideas, now)
    _place(theme, ideas, now)
    _record(theme, "theme_added", by, now, {"ideas": list(references)})
    return theme


@transaction.atomic
def rename_theme(
    *, theme: Theme, words: ThemeWords, seen: datetime, by: Actor, now: datetime
) -> Theme:
    """Give a theme its name and summary; the same words again change nothing.

    Raises ThemeRefused without an Arabic name, for a merged theme, and where somebody changed it
    since `seen` (code "changed").
    """
    theme = held_theme(theme, seen, now)
    check_words(words)
    if (theme.name, theme.summary) == (words.name, words.summary) and theme.is_edited:
        return theme
    theme.name, theme.summary = words.name, words.summary
    _touch(theme, now)
    _record(theme, "theme_renamed", by, now, {})
    return theme


@transaction.atomic
def move_ideas(
    *,
    consultation: Consultation,
    references: Sequence[str],
    to: str,
    was_in: str | None,
    by: Actor,
    now: datetime,
) -> int:
    """Put ideas into the theme `to`; return how many moved.

    `was_in` is the theme that the officer saw them in (empty: in none; None: anywhere, for
    imports). Raises ThemeRefused where `to` is no standing theme of the consultation, where none
    is chosen, or where one is elsewhere by now (code "changed"): then nothing moves.
    """
    consultation = held_consultation(consultation.pk, now)
    ideas = placed_ideas(consultation, references, was_in)
    if not ideas:
        raise ThemeRefused(_("Choose at least one idea."), field="ideas")
    target = standing_theme(consultation, to, field="to")
    _touch_sources(ideas, now)
    _place(target, ideas, now)
    _touch(target, now)
    _record(target, "theme_ideas_moved", by, now, {"ideas": [one.reference for one in ideas]})
    return len(ideas)


@transaction.atomic
def remove_from_theme(
    *,
    consultation: Consultation,
    references: Sequence[str],
    was_in: str,
    by: Actor,
    now: datetime,
) -> int:
    """Take ideas out of a theme: they are listed without theme; return how many.

    Raises ThemeRefused as `move_ideas` does.
    """
    consultation = held_consultation(consultation.pk, now)
    source = standing_theme(consultation, was_in, field="ideas")
    ideas = placed_ideas(consultation, references, was_in)
    if not ideas:
        raise ThemeRefused(_("Choose at least one idea."), field="ideas")
    ThemeIdea.objects.filter(idea__in=ideas).delete()
    _touch(source, now)
    _record(source, "theme_ideas_removed", by, now, {"ideas": [one.reference for one in ideas]})
    return len(ideas)


@transaction.atomic
def merge_themes(*, theme: Theme, into: str, seen: datetime, by: Actor, now: datetime) -> Theme:
    """Merge a theme into another one and return that one: all its ideas move there.

    Authors, supports and votes stay with the ideas. The address of the merged theme stays and
    leads on. Raises ThemeRefused where `into` is itself, merged, or of another consultation, and
    where somebody changed the theme since `seen` (code "changed").
    """
    theme = held_theme(theme, seen, now)
    target = standing_theme(theme.consultation, into, field="into")
    if target.pk == theme.pk:
        raise ThemeRefused(_("Choose another theme: this is the theme itself."), field="into")
    moved = ThemeIdea.objects.filter(theme=theme).update(
        theme=target, is_by_hand=True, placed_at=now
    )
    theme.merged_into = target
    _touch(theme, now)
    _touch(target, now)
    _record(theme, "themes_merged", by, now, {"into": target.reference, "ideas": moved})
    return target


@transaction.atomic
def order_themes(
    *, consultation: Consultation, references: Sequence[str], by: Actor, now: datetime
) -> None:
    """Put the standing themes in this order.

    Raises ThemeRefused where these are not the standing themes any more (code "changed").
    """
    consultation = held_consultation(consultation.pk, now)
    standing = {one.reference: one for one in all_standing(consultation)}
    if sorted(references) != sorted(standing):
        raise ThemeRefused(
            _("Themes were added or merged meanwhile: look at the list again."), code="changed"
        )
    if list(references) == list(standing):
        return
    for position, reference in enumerate(references, 1):
        standing[reference].position = position
    Theme.objects.bulk_update(standing.values(), ["position"])
    _record_for(consultation, "themes_ordered", by, now, {"themes": list(references)})


@transaction.atomic
def publish_themes(
    *,
    consultation: Consultation,
    by: Actor,
    now: datetime,
    occurred_on: date | None = None,
) -> int:
    """Publish the themes that have ideas and are not public yet; return how many.

    Shown ideas in no theme are listed as such. Who follows the consultation is told. Can be done
    again for themes added later. `occurred_on` where history is entered afterwards. Raises
    ThemeRefused before closing, and where there is nothing to publish.
    """
    consultation = held_consultation(consultation.pk, now)
    fresh = _with_ideas(consultation)
    if not fresh:
        raise ThemeRefused(
            _("There is nothing to publish: every theme that has ideas is public already.")
        )
    Theme.objects.filter(pk__in=[one.pk for one in fresh]).update(published_at=now)
    if consultation.themes_published_at is None:
        consultation.themes_published_at = now
        consultation.save(update_fields=["themes_published_at"])
    public: dict[str, JSON] = {
        "themes": [{"reference": one.reference, "name": one.name.as_json()} for one in fresh],
        "ideas_without_theme": _without_theme(consultation),
    }
    _record_for(consultation, "themes_published", by, now, public, occurred_on=occurred_on)
    post_event(
        kind="participation.themes_published",
        community_key=consultation.community.key,
        subject=SUBJECT.format(slug=consultation.slug),
        payload={"consultation": consultation.slug, "themes": len(fresh)},
        dedupe_key=f"participation.themes_published:{consultation.pk}:{fresh[-1].pk}",
        now=now,
    )
    return len(fresh)


# Changes ----------------------------------------------------------------------------------------


def _last_position(consultation: Consultation) -> int:
    themes = Theme.objects.filter(consultation=consultation)
    return themes.aggregate(last=Max("position"))["last"] or 0


def _touch(theme: Theme, now: datetime) -> None:
    theme.is_edited, theme.changed_at = True, now
    theme.save(update_fields=["name", "summary", "merged_into", "is_edited", "changed_at"])


def _touch_sources(ideas: Collection[Idea], now: datetime) -> None:
    sources = Theme.objects.filter(placings__idea__in=ideas)
    Theme.objects.filter(pk__in=sources.values("pk")).update(is_edited=True, changed_at=now)


def _place(theme: Theme, ideas: Collection[Idea], now: datetime) -> None:
    ThemeIdea.objects.bulk_create(
        [ThemeIdea(theme=theme, idea=one, is_by_hand=True, placed_at=now) for one in ideas],
        update_conflicts=True,
        unique_fields=["idea"],
        update_fields=["theme", "is_by_hand", "placed_at"],
    )


def _with_ideas(consultation: Consultation) -> list[Theme]:
    held = ThemeIdea.objects.filter(idea__state=rules.IdeaState.VISIBLE).values("theme")
    themes = Theme.objects.filter(consultation=consultation, pk__in=held).standing()
    return list(themes.filter(published_at=None).order_by("position", "pk"))


def _without_theme(consultation: Consultation) -> int:
    ideas = Idea.objects.filter(consultation=consultation).shown()
    return ideas.exclude(placing__theme__published_at__isnull=False).count()


# The register -----------------------------------------------------------------------------------


def _record(theme: Theme, act: str, by: Actor, now: datetime, public: dict[str, JSON]) -> None:
    """Write an act on a theme; its words stand in clear once it is public, sealed before."""
    words = {"name": str(theme.name), "summary": str(theme.summary)}
    if theme.published_at is not None:
        public = {**public, "name": theme.name.as_json()}
    ledger.record(
        community_key=theme.community.key,
        act=f"participation.{act}",
        subject=theme.reference,
        by=by,
        public={"consultation": theme.consultation.slug, **public},
        private=None if theme.published_at else words,
        occurred_on=local_day(now),
        now=now,
    )
    bump(theme.community.key, "participation")


def _record_for(
    consultation: Consultation,
    act: str,
    by: Actor,
    now: datetime,
    public: dict[str, JSON],
    *,
    occurred_on: date | None = None,
) -> None:
    ledger.record(
        community_key=consultation.community.key,
        act=f"participation.{act}",
        subject=SUBJECT.format(slug=consultation.slug),
        by=by,
        public=public,
        occurred_on=occurred_on or local_day(now),
        now=now,
    )
    bump(consultation.community.key, "participation")
