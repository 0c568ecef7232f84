"""Turning a computed proposal into themes, without touching what people arranged.

A theme keeps its number from one proposal to the next: a number is never given back. A proposal
that is left without ideas leads to the one that took most of them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.core.clock import local_day
from infitah.core.operations import next_reference
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    ClusterRun,
    Consultation,
    Idea,
    IdeaAnswer,
    Theme,
    ThemeIdea,
)

if TYPE_CHECKING:
    from infitah.participation.rules.themes import ProposedTheme

LETTER: Final = "T"
JOINT: Final = " · "
OVER: Final = "arranged_too"
"""The parameter by which a person asks that themes arranged by people be proposed anew as well."""


def _left_alone(consultation: Consultation, *, over: bool) -> QuerySet[Theme]:
    """Return the themes that a proposal leaves alone: published or answered ones always.

    Those that people arranged too, unless a person asked for them to be proposed anew (`over`).
    """
    answered = IdeaAnswer.objects.filter(theme__consultation=consultation).values("theme")
    firm = Q(published_at__isnull=False) | Q(pk__in=answered)
    if not over:
        firm |= Q(is_edited=True) | Q(run=None)
    return Theme.objects.filter(firm, consultation=consultation)


def _kept_ideas(consultation: Consultation, *, over: bool) -> set[int]:
    """Return the ideas whose place stays: put there by a person, or in a theme left alone."""
    stays = Q(theme__in=_left_alone(consultation, over=over).values("pk"))
    if not over:
        stays |= Q(is_by_hand=True)
    placings = ThemeIdea.objects.filter(stays, theme__consultation=consultation)
    return set(placings.values_list("idea_id", flat=True))


def texts_to_join(consultation: Consultation, *, over: bool) -> list[rules.ThemeText]:
    """Return the shown ideas that a proposal may place, in order. Two queries."""
    kept = _kept_ideas(consultation, over=over)
    ideas = Idea.objects.filter(consultation=consultation).shown()
    rows = ideas.values_list("pk", "reference", "axis__slug", "language", "statement")
    return rules.sorted_texts(
        [
            rules.ThemeText(reference, axis, rules.language_filed(language), statement)
            for pk, reference, axis, language, statement in rows.iterator()
            if pk not in kept
        ]
    )


def propose_themes(
    *, run: ClusterRun, themes: "Sequence[ProposedTheme]", now: datetime
) -> list[Theme]:
    """Return the themes that stand for a proposal, with its ideas in them.

    What people placed since the computation began stays where they put it. Belongs inside the
    transaction that stores the run.
    """
    consultation, over = run.consultation, bool(run.parameters.get(OVER))
    kept = _kept_ideas(consultation, over=over)
    free = _free_themes(consultation, over=over)
    before = _places(free)
    ThemeIdea.objects.filter(theme__in=free).exclude(idea__in=kept).delete()
    ideas = _ideas(consultation, kept, (key for one in themes for key in one.members))
    position = _last_position(consultation, free)
    made: list[Theme] = []
    for place, proposed in enumerate(themes, 1):
        members = [ideas[key] for key in proposed.members if key in ideas]
        theme = _chosen(free, made, Counter(before.get(pk) for pk in members))
        made.append(_filled(theme, run, proposed, members, position + place, now))
    _lead_on([one for one in free if one not in made], before, ideas.values(), now)
    return made


def _free_themes(consultation: Consultation, *, over: bool) -> list[Theme]:
    """Return the themes that a new proposal may fill anew, those it merged itself included."""
    firm = _left_alone(consultation, over=over).values("pk")
    themes = Theme.objects.filter(consultation=consultation).exclude(pk__in=firm)
    return list(themes.order_by("position", "pk"))


def _places(themes: Collection[Theme]) -> dict[int, int]:
    placed = ThemeIdea.objects.filter(theme__in=themes)
    return dict(placed.values_list("idea_id", "theme_id"))


def _ideas(
    consultation: Consultation, kept: Collection[int], references: Iterable[str]
) -> dict[str, int]:
    shown = Idea.objects.filter(consultation=consultation).shown()
    rows = shown.values_list("reference", "pk")
    known = {reference: pk for reference, pk in rows if pk not in kept}
    return {reference: known[reference] for reference in references if reference in known}


def _last_position(consultation: Consultation, free: Collection[Theme]) -> int:
    others = Theme.objects.filter(consultation=consultation).exclude(
        pk__in=[one.pk for one in free]
    )
    return others.aggregate(last=Max("position"))["last"] or 0


def _chosen(
    free: Sequence[Theme], made: Collection[Theme], where: Mapping[int | None, int]
) -> Theme | None:
    """Return the free theme in which most of these ideas were, else any that is left."""
    left = [one for one in free if one not in made]
    return max(left, key=lambda one: where.get(one.pk, 0), default=None)


def _filled(
    theme: Theme | None,
    run: ClusterRun,
    proposed: "ProposedTheme",
    members: Sequence[int],
    position: int,
    now: datetime,
) -> Theme:
    if theme is None:
        theme = Theme(
            community=run.community,
            consultation=run.consultation,
            reference=new_reference(run.community.key, now),
        )
    theme.name, theme.summary = name_of(proposed, theme.reference), summary_of(proposed)
    theme.position, theme.run, theme.changed_at = position, run, now
    theme.is_edited, theme.merged_into = False, None
    theme.save()
    ThemeIdea.objects.bulk_create(
        [ThemeIdea(theme=theme, idea_id=pk, placed_at=now) for pk in members]
    )
    return theme


def new_reference(community_key: str, now: datetime) -> str:
    """Return the next number of a theme; inside the transaction that keeps it."""
    year = local_day(now).year
    return str(next_reference(community_key=community_key, year=year, letter=LETTER))


def name_of(proposed: "ProposedTheme", reference: str) -> LocalizedText:
    """Return the telling words of each language; in Arabic the number where it has no words."""
    names = {
        language: JOINT.join(words)
        for language, words in proposed.words.items()
        if language in LANGUAGES and words
    }
    if not names.get("ar"):
        with override("ar"):
            names["ar"] = _("Theme %(number)s") % {"number": reference}
    return LocalizedText(**names)


def summary_of(proposed: "ProposedTheme") -> LocalizedText:
    """Return the most central sentence of each language."""
    known = {one: text for one, text in proposed.sentences.items() if one in LANGUAGES}
    return LocalizedText(**known)


def _lead_on(
    left: Sequence[Theme], before: Mapping[int, int], placed: Iterable[int], now: datetime
) -> None:
    """Have each proposal that lost its ideas lead to the theme that took most of them."""
    after = dict(ThemeIdea.objects.filter(idea__in=list(placed)).values_list("idea_id", "theme_id"))
    for theme in left:
        took = Counter(
            after[idea] for idea, was in before.items() if was == theme.pk and idea in after
        )
        theme.merged_into_id = took.most_common(1)[0][0] if took else None
        theme.changed_at = now
        theme.save(update_fields=["merged_into", "changed_at"])
