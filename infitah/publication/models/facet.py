"""By what the log is narrowed, with the counts that the acts keep: no list counts its rows."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import PublicRecords
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.publication import rules


class RecordFacetQuerySet(PublicRecords["RecordFacet"]):
    """Vocabulary of facets."""

    def in_use(self) -> Self:
        return self.filter(records__gt=0)

    def named(self, kind: rules.FacetKind, value: str) -> Self:
        return self.filter(kind=kind, value=value)


class RecordFacet(models.Model):
    """وسم / facette: a tag, an axis, a year... of published answers, and how many bear it.

    `words` is how a free tag was first written, `title` a ground of what is withheld in words; the
    others are named by what they stand for.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    kind = models.CharField(_("kind"), max_length=8)
    value = models.CharField(_("value"), max_length=60)
    words = models.CharField(_("as it was written"), max_length=60, blank=True)
    title = LocalizedTextField(_("title"), blank=True)
    axis = models.ForeignKey(
        "community.Axis",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("axis"),
    )
    records = models.PositiveIntegerField(_("published answers"), default=0)

    objects = RecordFacetQuerySet.as_manager()

    class Meta:
        verbose_name = _("facet of published answers")
        verbose_name_plural = _("facets of published answers")
        constraints = [
            models.UniqueConstraint(
                name="publication_facet_once", fields=["community", "kind", "value"]
            ),
            models.CheckConstraint(
                name="publication_facet_kind_known",
                condition=models.Q(kind__in=[one.value for one in rules.FacetKind]),
            ),
        ]
        indexes = [
            models.Index(name="publication_facet_most", fields=["community", "kind", "-records"])
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class FacetRowQuerySet(models.QuerySet["FacetRow"]):
    """Vocabulary of rows of facets."""

    def in_log(self, viewer: Viewer) -> Self:
        """Those of answers that stand in the log, as `PublishedRecord` says who may read them.

        Joined rather than asked of a list of answers: a page then reads no more than it shows.
        """
        return self.filter(
            published_at__isnull=False,
            record__community_id=viewer.community_id,
            record__state=rules.RecordState.PUBLISHED,
            record__is_current=True,
        )


class FacetRow(models.Model):
    """تقييد تحت وسم / inscription sous une facette: a published answer under one facet.

    Bears the moment of publication, so that a narrowed list is read in order from one index; none
    while the answer is put off.
    """

    facet = models.ForeignKey(
        "publication.RecordFacet",
        on_delete=models.CASCADE,
        related_name="rows",
        verbose_name=_("facet"),
    )
    record = models.ForeignKey(
        "publication.PublishedRecord",
        on_delete=models.CASCADE,
        related_name="facet_rows",
        verbose_name=_("published answer"),
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = FacetRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a facet")
        verbose_name_plural = _("rows of facets")
        constraints = [
            models.UniqueConstraint(name="publication_facet_row_once", fields=["record", "facet"])
        ]
        indexes = [
            models.Index(
                name="publication_facet_newest", fields=["facet", "-published_at", "-record"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet_id}: {self.record_id}"
