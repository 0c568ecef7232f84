"""Published answers to requests for information (law 31-13): what everybody may read of them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.publication import rules

READS_ALL = "information.read"
"""The right of those who see what is not public yet, or not any more."""


class PublishedRecordQuerySet(OfCommunity["PublishedRecord"]):
    """Vocabulary of published answers."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those whose content `viewer` may read: the one rule of page, list, feed, file, data.

        Anybody: published ones. Who handles requests: deferred and withdrawn ones too.
        """
        here = self.filter(community_id=viewer.community_id)
        return here if viewer.may(READS_ALL) else here.published()

    def known_to_all(self, viewer: Viewer) -> Self:
        """Those whose number, state and reason everybody may know, whatever their content."""
        return self.filter(community_id=viewer.community_id)

    def published(self) -> Self:
        return self.filter(state=rules.RecordState.PUBLISHED)

    def deferred(self) -> Self:
        return self.filter(state=rules.RecordState.DEFERRED)

    def current(self) -> Self:
        """The newest edition of each: another one follows where a case was opened again."""
        return self.filter(is_current=True)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class PublishedRecord(models.Model):
    """جواب منشور / réponse publiée: a question without its author, and the answer; law 31-13.

    Terms of re-use: art. 6. `sha256` binds the whole content and stands in the register. A deferred
    one holds its content, which nobody but the office sees before its day.
    """

    class State(models.TextChoices):
        DEFERRED = rules.RecordState.DEFERRED.value, _("publication put off")
        PUBLISHED = rules.RecordState.PUBLISHED.value, _("published")
        WITHDRAWN = rules.RecordState.WITHDRAWN.value, _("taken back")

    class Outcome(models.TextChoices):
        FULL = rules.Outcome.FULL.value, _("given in full")
        PARTIAL = rules.Outcome.PARTIAL.value, _("given in part")
        REFUSED = rules.Outcome.REFUSED.value, _("refused")
        NOT_HELD = rules.Outcome.NOT_HELD.value, _("not held here")
        ALREADY_PUBLIC = rules.Outcome.ALREADY_PUBLIC.value, _("published already")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="published_records",
        verbose_name=_("community"),
    )
    reference = models.CharField(_("reference of the request"), max_length=30)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    is_current = models.BooleanField(_("newest edition"), default=True)
    state = models.CharField(_("state"), max_length=9, choices=State)
    language = models.CharField(_("language of the question"), max_length=16)
    answer_language = models.CharField(_("language of the answer"), max_length=16)
    title = LocalizedTextField(_("title"), blank=True)
    summary = LocalizedTextField(_("summary"), blank=True)
    question = models.TextField(_("question, without names"), blank=True)
    answer = models.TextField(_("answer, without names"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome)
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    is_late = models.BooleanField(_("after the last day of the law"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=20)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    entered_at = models.DateTimeField(_("entered at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    deferred_until = models.DateField(_("put off until"), null=True, blank=True)
    deferral_reason = LocalizedTextField(_("reason of the deferral"), blank=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawal_reason = LocalizedTextField(_("reason of the withdrawal"), blank=True)
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    objects = PublishedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("published answer")
        verbose_name_plural = _("published answers")
        constraints = [
            models.UniqueConstraint(
                name="publication_record_edition", fields=["reference", "edition"]
            ),
            models.UniqueConstraint(
                name="publication_record_current",
                fields=["reference"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="publication_record_published_at",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_record_deferred_until",
                condition=~Q(state="deferred")
                | Q(deferred_until__isnull=False, published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="publication_record_withdrawn_at",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="publication_record_answered_after_asked",
                condition=Q(answered_on__gte=F("asked_on")),
            ),
        ]
        indexes = [
            models.Index(
                name="publication_record_newest",
                fields=["community", "-published_at", "-id"],
                condition=Q(state="published", is_current=True),
            ),
            models.Index(
                name="publication_record_put_off",
                fields=["community", "deferred_until"],
                condition=Q(state="deferred"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("publication:record", args=[self.reference])

    @property
    def star(self) -> str:
        """The star of the look that goes with the outcome."""
        return rules.star_of(self.outcome)


class RecordFile(models.Model):
    """ملف الجواب المنشور / fichier d'une réponse publiée: its own copy of the bytes, with hash."""

    record = models.ForeignKey(
        "publication.PublishedRecord",
        on_delete=models.PROTECT,
        related_name="files",
        verbose_name=_("published answer"),
    )
    stored = models.OneToOneField(
        "core.StoredFile",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("stored file"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = LocalizedTextField(_("name"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("file of a published answer")
        verbose_name_plural = _("files of published answers")
        ordering = ["record_id", "position"]
        constraints = [
            models.UniqueConstraint(name="publication_file_position", fields=["record", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.position}"


class RecordGround(models.Model):
    """ما حجب وسنده / ce qui est occulté et son fondement: of the answer, or of one of its files."""

    record = models.ForeignKey(
        "publication.PublishedRecord",
        on_delete=models.PROTECT,
        related_name="grounds",
        verbose_name=_("published answer"),
    )
    file = models.ForeignKey(
        "publication.RecordFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grounds",
        verbose_name=_("file"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=3)
    article = models.CharField(_("article"), max_length=60, blank=True)
    sentence = LocalizedTextField(_("ground in words"), blank=True)
    times = models.PositiveIntegerField(_("how often"), default=0)
    place = models.CharField(_("where it is published or kept"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ground of what is withheld")
        verbose_name_plural = _("grounds of what is withheld")
        ordering = ["record_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="publication_ground_position", fields=["record", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.code}"
