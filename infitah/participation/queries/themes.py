"""Themes as readers see them once published, and as officers arrange them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaQuerySet, Theme, ThemeIdea
from infitah.participation.queries.consultations import tallies
from infitah.participation.queries.ideas import (
    PAGE_SIZE,
    IdeaList,
    ideas_visible_to,
    rows_by_keyset,
)
from infitah.participation.queries.voice import shows_supports

ARRANGES = "consultation.edit"
"""The right to arrange themes."""
DESK_SIZE = 50
FIRST_IDEAS = 3


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """What a theme holds: shown ideas, those who gave them, those answered.

    `authors` are people known by their address; `unknown` ideas came without one (a workshop's
    table, the desk) and count one each.
    """

    ideas: int = 0
    authors: int = 0
    unknown: int = 0
    answered: int = 0

    @property
    def people(self) -> int:
        """At least how many people stand behind the ideas."""
        return self.authors + self.unknown


NO_COUNTS = ThemeCounts()


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme in a list."""

    pk: int
    reference: str
    name: LocalizedText
    summary: LocalizedText
    position: int
    is_edited: bool
    is_published: bool
    counts: ThemeCounts
    examples: tuple[tuple[str, str], ...] = ()
    """Language and sentence of its first ideas."""


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The themes of a consultation, and the ideas that are in none of them."""

    themes: tuple[ThemeCard, ...]
    loose: IdeaList
    placed: int
    without: int

    @property
    def ideas(self) -> int:
        """Shown ideas in all."""
        return self.placed + self.without


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme with a page of its ideas; `leads_to` where it was merged into another one."""

    theme: Theme
    counts: ThemeCounts
    ideas: IdeaList
    leads_to: str = ""


def _counts(viewer: Viewer, themes: Iterable[int]) -> dict[int, ThemeCounts]:
    """Return what each of these themes holds. One query."""
    ideas = ideas_visible_to(viewer).shown().filter(placing__theme__in=list(themes))
    rows = (
        ideas.order_by()
        .values_list("placing__theme")
        .annotate(
            ideas=Count("pk", distinct=True),
            authors=Count("author", distinct=True),
            unknown=Count("pk", distinct=True, filter=Q(author=None)),
            answered=Count("pk", distinct=True, filter=Q(answers__is_current=True)),
        )
    )
    return {pk: ThemeCounts(*counts) for pk, *counts in rows}


def _visible(viewer: Viewer, consultation: Consultation) -> list[Theme]:
    themes = Theme.objects.visible_to(viewer).standing().filter(consultation=consultation)
    return list(themes.order_by("position", "pk"))


def _without(viewer: Viewer, consultation: Consultation) -> IdeaQuerySet:
    """Return the shown ideas that are in no theme that the viewer may see."""
    placed = ThemeIdea.objects.filter(
        idea=OuterRef("pk"), theme__in=Theme.objects.visible_to(viewer).standing()
    )
    ideas = ideas_visible_to(viewer).shown().filter(consultation=consultation)
    return ideas.filter(~Exists(placed))


def themes_page(
    *, viewer: Viewer, consultation: Consultation, before: str = "", after: str = "", now: datetime
) -> ThemesPage | None:
    """Return the published themes and the ideas without theme; None before publication.

    Five queries, however many ideas. What is published later than the rest is public then.
    """
    if consultation.themes_published_at is None or now < consultation.closes_at:
        return None
    anybody = Viewer(viewer.community_key, viewer.community_id)
    return _themes_page(anybody, consultation, before=before, after=after)


def _themes_page(
    viewer: Viewer,
    consultation: Consultation,
    *,
    before: str,
    after: str,
    size: int = PAGE_SIZE,
    has_examples: bool = False,
) -> ThemesPage:
    themes = _visible(viewer, consultation)
    counts = _counts(viewer, [one.pk for one in themes])
    examples = _examples([one.pk for one in themes]) if has_examples else {}
    loose = rows_by_keyset(_without(viewer, consultation), before=before, after=after, size=size)
    cards = tuple(_card(one, counts, examples) for one in themes)
    placed = sum(one.counts.ideas for one in cards)
    without = max(tallies(consultation).shown - placed, 0)
    return ThemesPage(themes=cards, loose=loose, placed=placed, without=without)


def _card(
    theme: Theme,
    counts: dict[int, ThemeCounts],
    examples: dict[int, list[tuple[str, str]]],
) -> ThemeCard:
    return ThemeCard(
        pk=theme.pk,
        reference=theme.reference,
        name=theme.name,
        summary=theme.summary,
        position=theme.position,
        is_edited=theme.is_edited,
        is_published=theme.published_at is not None,
        counts=counts.get(theme.pk, NO_COUNTS),
        examples=tuple(examples.get(theme.pk, ())),
    )


def _examples(themes: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the first shown ideas of each theme. One query, three rows a theme."""
    placings = ThemeIdea.objects.filter(theme__in=list(themes), idea__state=rules.IdeaState.VISIBLE)
    place = Window(RowNumber(), partition_by="theme", order_by="idea__position")
    first = placings.annotate(place=place).filter(place__lte=FIRST_IDEAS)
    found: dict[int, list[tuple[str, str]]] = {}
    rows = first.order_by("idea__position").values_list(
        "theme", "idea__language", "idea__statement"
    )
    for theme, language, statement in rows:
        found.setdefault(theme, []).append((language, statement))
    return found


def theme_page(
    *,
    viewer: Viewer,
    consultation: Consultation,
    reference: str,
    before: str = "",
    after: str = "",
    now: datetime,
) -> ThemePage | None:
    """Return a published theme with a page of its ideas in all languages.

    One that was merged leads to the theme that holds its ideas now. None where there is none, or
    before publication. Four queries at most, and one for each theme that it was merged through.
    """
    if now < consultation.closes_at:
        return None
    themes = Theme.objects.filter(consultation=consultation, reference=reference)
    theme = themes.exclude(published_at=None).first()
    if theme is None or consultation.community_id != viewer.community_id:
        return None
    if theme.merged_into_id is not None:
        last = last_of(theme)
        leads_to = last.reference if last.published_at is not None else ""
        return ThemePage(theme, NO_COUNTS, IdeaList([]), leads_to) if leads_to else None
    anybody = Viewer(viewer.community_key, viewer.community_id)
    return _theme_page(anybody, theme, before=before, after=after, now=now)


def _theme_page(
    viewer: Viewer, theme: Theme, *, before: str, after: str, now: datetime, size: int = PAGE_SIZE
) -> ThemePage:
    ideas = ideas_visible_to(viewer).shown().filter(placing__theme=theme)
    told = shows_supports(consultation=theme.consultation, viewer=viewer, now=now)
    return ThemePage(
        theme=theme,
        counts=_counts(viewer, [theme.pk]).get(theme.pk, NO_COUNTS),
        ideas=rows_by_keyset(ideas, before=before, after=after, size=size, shows_supports=told),
    )


def last_of(theme: Theme) -> Theme:
    """Return the theme that holds what this one held. One query for each merging."""
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


def theme_address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a theme's page, which stays for ever. One query."""
    public = Theme.objects.filter(community_id=viewer.community_id, published_at__isnull=False)
    found = public.filter(reference=str(reference)).values_list("consultation__slug", flat=True)
    slug = found.first()
    return f"consultations/{slug}/themes/{reference}/" if slug else None


def theme_names(viewer: Viewer, references: Iterable[str]) -> dict[str, LocalizedText]:
    """Return the names of those of these themes that `viewer` may know. One query."""
    themes = Theme.objects.filter(community_id=viewer.community_id, reference__in=list(references))
    if not viewer.may(ARRANGES):
        themes = themes.filter(published_at__isnull=False)
    return dict(themes.values_list("reference", "name"))


def theme_of_idea(*, viewer: Viewer, idea: Idea) -> Theme | None:
    """Return the published theme of an idea that is shown. One query, none before publication."""
    if idea.consultation.themes_published_at is None or idea.state != rules.IdeaState.VISIBLE:
        return None
    anybody = Viewer(viewer.community_key, viewer.community_id)
    themes = Theme.objects.visible_to(anybody).filter(placings__idea=idea)
    return themes.select_related("consultation").first()


# At the desk ------------------------------------------------------------------------------------


def desk_themes(
    *, viewer: Viewer, consultation: Consultation, before: str = "", after: str = ""
) -> ThemesPage | None:
    """Return all themes with their first ideas, and a page of ideas without theme.

    None for who may not arrange them. Six queries, however many ideas.
    """
    if not viewer.may(ARRANGES):
        return None
    return _themes_page(
        viewer, consultation, before=before, after=after, size=DESK_SIZE, has_examples=True
    )


def desk_theme(
    *, viewer: Viewer, reference: str, before: str = "", after: str = "", now: datetime
) -> ThemePage | None:
    """Return a theme to arrange with a page of its ideas; a merged one with what it leads to.

    None for who may not arrange it. Four queries at most, and one for each merging.
    """
    if not viewer.may(ARRANGES):
        return None
    themes = Theme.objects.visible_to(viewer).filter(reference=reference)
    theme = themes.select_related("consultation__community", "community").first()
    if theme is None:
        return None
    if theme.merged_into_id is not None:
        return ThemePage(theme, NO_COUNTS, IdeaList([]), last_of(theme).reference)
    return _theme_page(viewer, theme, before=before, after=after, now=now, size=DESK_SIZE)


def standing_themes(
    *, viewer: Viewer, consultation: Consultation
) -> list[tuple[str, LocalizedText]]:
    """Return number and name of the themes that ideas can be put in, in their order. One query."""
    if not viewer.may(ARRANGES):
        return []
    themes = Theme.objects.visible_to(viewer).standing().filter(consultation=consultation)
    return list(themes.order_by("position", "pk").values_list("reference", "name"))
