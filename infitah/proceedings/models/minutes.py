"""Minutes of a session."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.fields import LocalizedTextField
from infitah.proceedings import rules


class Minutes(models.Model):
    """محضر / procès-verbal: what was said and decided, kept in a numbered register; 113-14:47.

    Approved minutes never change; their hash says so.
    """

    class State(models.TextChoices):
        DRAFT = rules.MinutesState.DRAFT.value, pgettext_lazy("minutes", "draft")
        SENT = rules.MinutesState.SENT.value, _("sent to the members")
        APPROVED = rules.MinutesState.APPROVED.value, _("approved")
        PUBLISHED = rules.MinutesState.PUBLISHED.value, _("published")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    session = models.OneToOneField(
        "proceedings.Session",
        on_delete=models.PROTECT,
        related_name="minutes",
        verbose_name=_("session"),
    )
    text = LocalizedTextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    written_on = models.DateField(_("written on"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256 of the approved text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                name="proceedings_minutes_approved_is_bound",
                condition=Q(state__in=["draft", "sent"])
                | (Q(approved_on__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="proceedings_minutes_published_has_day",
                condition=~Q(state="published") | Q(published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session.reference}: {self.get_state_display()}"
