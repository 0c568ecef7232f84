"""What a file has that the worker makes because it takes too long while somebody waits (E18)."""

import uuid
from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity

MOST_TRIES = 3
Made_co = TypeVar("Made_co", bound="FileToMake", covariant=True)


class FilesToMake(OfCommunity[Made_co]):
    """Files of a community that are made one after the other."""

    def waiting(self) -> Self:
        """Those that the worker has still to make."""
        return self.filter(made_at=None, tries__lt=MOST_TRIES)


class FileToMake(models.Model):
    """A file asked for at a moment, tried a few times, kept for a while once it is made."""

    MOST_TRIES = MOST_TRIES

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    language = models.CharField(_("language"), max_length=3)
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

    class Meta:
        abstract = True

    @property
    def has_failed(self) -> bool:
        """Whether it was tried as often as it is; asking again tries anew."""
        return self.made_at is None and self.tries >= self.MOST_TRIES
