"""How far the mailbox of the installation was read (`Inbox`), and since when it is silent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Inbox(models.Model):
    """صندوق البريد الوارد / boîte de réception: what the worker remembers of a mailbox.

    `last_uid` counts within `validity`, which the server changes when it numbers its mails anew.
    What lay there when the mailbox was met, up to `known_upto`, is taken in where it is unread, or
    came from `known_since` on. Instants are true ones, whatever a demonstration pretends.
    """

    key = models.CharField(_("key"), max_length=64, unique=True)
    validity = models.PositiveBigIntegerField(_("validity of the numbers"), default=0)
    last_uid = models.PositiveBigIntegerField(_("last number read"), default=0)
    known_upto = models.PositiveBigIntegerField(_("last number when it was met"), default=0)
    known_since = models.DateField(_("taken in again from"), null=True, blank=True)
    answered_at = models.DateTimeField(_("last answered at"), null=True, blank=True)
    silent_since = models.DateTimeField(_("silent since"), null=True, blank=True)
    retry_at = models.DateTimeField(_("tried again at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    stuck_uid = models.PositiveBigIntegerField(_("mail that could not be read"), default=0)
    stuck_tries = models.PositiveSmallIntegerField(_("tries at that mail"), default=0)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.key[:8]
