"""Mails that came in (البريد الوارد): sealed, sorted by hand, never published (law 09-08)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class IncomingMailQuerySet(OfCommunity["IncomingMail"]):
    """Vocabulary of mails that came in."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` may open.

        Who handles requests: all of the community. Who only enters them: what waits to be sorted.
        """
        here = self.filter(community_id=viewer.community_id)
        if viewer.may("information.read"):
            return here
        return here.to_sort() if viewer.may("information.enter") else self.none()

    def to_sort(self) -> Self:
        return self.filter(state=IncomingMail.State.TO_SORT)


class IncomingMail(models.Model):
    """رسالة واردة / courriel reçu: a mail of the mailbox, in the hands of the office.

    Who wrote and what lies sealed. `request` is the case that it belongs to, or, while it waits to
    be sorted, the one that it may belong to. `fingerprint` makes it come once.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", _("message")
        BOUNCE = "bounce", _("a mail of ours that came back")
        AUTO_REPLY = "auto_reply", _("sent by a machine")

    class State(models.TextChoices):
        TO_SORT = "to_sort", _("to sort")
        MATCHED = "matched", _("belongs to a case")
        ENTERED = "entered", _("entered as a request")
        SET_ASIDE = "set_aside", _("set aside")

    class Match(models.TextChoices):
        TOKEN = "token", _("by the address that only our mails carry")
        ANSWER = "answer", _("as the answer to a mail of ours")
        REFERENCE = "reference", _("by the number that its subject names")
        OFFICER = "officer", _("by an officer")

    class Why(models.TextChoices):
        """Why a mail was set aside."""

        MACHINE = "machine", _("a machine sent it")
        SPAM = "spam", _("unwanted advertising or fraud")
        NOT_OURS = "not_ours", _("not a request for information")
        DOUBLE = "double", _("it came twice")
        OTHER = "other", _("another reason")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    fingerprint = models.CharField(_("keyed digest of the mail"), max_length=64)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=9, choices=State)
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("request"),
    )
    match = models.CharField(_("how it was matched"), max_length=9, choices=Match, blank=True)
    received_at = models.DateTimeField(_("received at"))
    taken_at = models.DateTimeField(_("taken in at"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    head_sealed = models.TextField(_("sealed sender and subject"), blank=True)
    text_sealed = models.TextField(_("sealed text"), blank=True)
    notes = models.JSONField(_("notes of the reading"), default=list, blank=True)
    bounce_status = models.CharField(_("code of the failure"), max_length=12, blank=True)
    is_clarification = models.BooleanField(_("kept as the clarification"), default=False)
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    why = models.CharField(_("set aside because"), max_length=8, choices=Why, blank=True)
    words = models.CharField(_("words about it"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        constraints = [
            models.UniqueConstraint(
                name="information_mail_once", fields=["community", "fingerprint"]
            ),
            models.CheckConstraint(
                name="information_mail_of_case_names_it",
                condition=~Q(state__in=["matched", "entered"]) | Q(request__isnull=False),
            ),
            models.CheckConstraint(
                name="information_mail_set_aside_says_why",
                condition=~Q(state="set_aside") | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="information_mail_erased_is_empty",
                condition=Q(erased_at=None) | Q(head_sealed="", text_sealed=""),
            ),
        ]
        indexes = [
            models.Index(name="information_mail_shelf", fields=["community", "state", "-id"]),
            models.Index(
                name="information_mail_aside",
                fields=["handled_at"],
                condition=Q(state="set_aside", erased_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"mail:{self.pk}"


class IncomingFileQuerySet(OfCommunity["IncomingFile"]):
    """Files of mails, seen by who sees their mail."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(mail__in=IncomingMail.objects.visible_to(viewer))


class IncomingFile(models.Model):
    """مرفق رسالة واردة / pièce jointe reçue: a file of a mail that came in, kept or left there.

    What is not kept here is told with the reason (`refusal`); it stays in the mailbox.
    """

    class Refusal(models.TextChoices):
        INFECTED = "infected", _("it holds a virus")
        TOO_LARGE = "too_large", _("it is too large")
        PROGRAM = "program", _("it is a program")
        MARKUP = "markup", _("it is a web page, which may deceive")
        MACROS = "macros", _("it holds macros")
        TOO_MANY = "too_many", _("the mail holds too many files")
        OTHER = "other", _("it could not be taken in")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    mail = models.ForeignKey(
        "information.IncomingMail",
        on_delete=models.PROTECT,
        related_name="files",
        verbose_name=_("mail"),
    )
    file = models.OneToOneField(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    refusal = models.CharField(_("not kept because"), max_length=9, choices=Refusal, blank=True)
    is_locked = models.BooleanField(_("opens by a password alone"), default=False)

    objects = IncomingFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a mail that came in")
        verbose_name_plural = _("files of mails that came in")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="information_mail_file_kept_or_told",
                condition=Q(file__isnull=False, refusal="")
                | (Q(file__isnull=True) & ~Q(refusal="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id}/{self.pk}"
