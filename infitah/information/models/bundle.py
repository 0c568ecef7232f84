"""Files for the commission that the worker makes: large ones, secret, erased after a while."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class BundleRunQuerySet(OfCommunity["BundleRun"]):
    """Files for the commission, seen by who holds the follow link of the request alone."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(
            community_id=viewer.community_id, request__token__in=sorted(viewer.tokens)
        )

    def waiting(self) -> Self:
        """Those that the worker has still to make."""
        return self.filter(made_at=None, tries__lt=BundleRun.MOST_TRIES)


class BundleRun(models.Model):
    """ملف الشكاية / dossier de la plainte: everything of a request as one PDF, made by the worker.

    Law 31-13, art. 20. `mark` names what the request holds on a day: the same file asked for twice
    is one. Only the bearer of the follow link asks for it and gets it.
    """

    MOST_TRIES = 3

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="bundles",
        verbose_name=_("request"),
    )
    language = models.CharField(_("language"), max_length=3)
    mark = models.CharField(_("what it holds"), max_length=64)
    pages_done = models.PositiveIntegerField(_("pages done"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("asked at"))
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    stored = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    objects = BundleRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("file for the commission")
        verbose_name_plural = _("files for the commission")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="information_bundle_once", fields=["request", "language", "mark"]
            ),
            models.CheckConstraint(
                name="information_bundle_made_has_file",
                condition=Q(made_at=None) | Q(stored__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="information_bundle_waiting", fields=["id"], condition=Q(made_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.language}"

    @property
    def has_failed(self) -> bool:
        """Whether it was tried as often as it is; asking again tries anew."""
        return self.made_at is None and self.tries >= self.MOST_TRIES
