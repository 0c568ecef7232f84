"""Files for the commission that the worker makes: large ones, secret, erased after a while."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.core.viewer import Viewer
from infitah.information.models.making import FilesToMake, FileToMake


class BundleRunQuerySet(FilesToMake["BundleRun"]):
    """Files for the commission, seen by who holds the follow link of the request alone."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(
            community_id=viewer.community_id, request__token__in=sorted(viewer.tokens)
        )


class BundleRun(FileToMake):
    """ملف الشكاية / dossier de la plainte: everything of a request as one PDF, made by the worker.

    Law 31-13, art. 20. `mark` names what the request holds on a day: the same file asked for twice
    is one. Only the bearer of the follow link asks for it and gets it.
    """

    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="bundles",
        verbose_name=_("request"),
    )
    mark = models.CharField(_("what it holds"), max_length=64)
    pages_done = models.PositiveIntegerField(_("pages done"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)

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
