"""Sessions of the council as the law sorts them, and its deliberations."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.council import rules


class CouncilSession(models.Model):
    """دورة المجلس / session du conseil: ordinary or extraordinary; 112-14, 113-14:33, 36, 37."""

    class Kind(models.TextChoices):
        ORDINARY = rules.SessionKind.ORDINARY.value, _("ordinary session")
        EXTRAORDINARY = rules.SessionKind.EXTRAORDINARY.value, _("extraordinary session")

    class CalledBy(models.TextChoices):
        LAW = rules.CalledBy.LAW.value, _("as the law provides")
        PRESIDENT = rules.CalledBy.PRESIDENT.value, _("by the president")
        MEMBERS = rules.CalledBy.MEMBERS.value, _("by a third of the members")
        GOVERNOR = rules.CalledBy.GOVERNOR.value, _("by the governor")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    session = models.OneToOneField(
        "proceedings.Session",
        on_delete=models.PROTECT,
        related_name="of_council",
        verbose_name=_("session"),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    called_by = models.CharField(
        _("held on the initiative"), max_length=10, choices=CalledBy.choices
    )

    class Meta:
        verbose_name = _("session of the council")
        verbose_name_plural = _("sessions of the council")

    def __str__(self) -> str:
        return f"{self.session.reference} {self.get_kind_display()}"


class DeliberationQuerySet(models.QuerySet["Deliberation"]):
    """Deliberations are public acts."""

    def of(self, community: models.Model) -> Self:
        return self.filter(community=community)

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)

    def newest_first(self) -> Self:
        return self.order_by("-adopted_on", "-pk")


class Deliberation(models.Model):
    """مقرر / délibération: what the council decided by vote; 112-14, 113-14:115 to 118, 273.

    Its text never changes in place: a change is a new version with its own hash.
    """

    class State(models.TextChoices):
        ADOPTED = rules.State.ADOPTED.value, _("adopted")
        SENT = rules.State.SENT.value, _("sent to the governor")
        OBJECTED = rules.State.OBJECTED.value, _("objected to")
        VISA_PENDING = rules.State.VISA_PENDING.value, _("waiting for the visa")
        VISAED = rules.State.VISAED.value, _("visa granted")
        EXECUTORY = rules.State.EXECUTORY.value, _("in force")
        EXECUTING = rules.State.EXECUTING.value, _("being carried out")
        EXECUTED = rules.State.EXECUTED.value, _("carried out")
        REFERRED = rules.State.REFERRED.value, _("before the administrative court")
        ANNULLED = rules.State.ANNULLED.value, _("annulled")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="deliberations",
        verbose_name=_("community"),
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number of the council"))
    items = models.ManyToManyField(
        "proceedings.AgendaItem", related_name="deliberations", verbose_name=_("agenda items")
    )
    vote = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        related_name="deliberations",
        verbose_name=_("vote"),
    )
    title = LocalizedTextField(_("title"))
    adopted_on = models.DateField(_("adopted on"))
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.ADOPTED
    )
    sent_on = models.DateField(_("sent to the governor on"), null=True, blank=True)
    posted_on = models.DateField(_("posted at the seat on"), null=True, blank=True)
    is_visa_required = models.BooleanField(_("needs a visa"), default=False)
    visa_on = models.DateField(_("visa of"), null=True, blank=True)
    is_visa_silent = models.BooleanField(_("visa by silence"), default=False)

    objects = DeliberationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliberation")
        verbose_name_plural = _("deliberations")
        ordering = ["-adopted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_deliberation_number", fields=["community", "year", "number"]
            ),
            models.CheckConstraint(
                name="council_deliberation_visa_after_sending",
                condition=Q(visa_on=None)
                | Q(is_visa_required=True, sent_on__isnull=False, visa_on__gte=F("sent_on")),
            ),
            models.CheckConstraint(
                name="council_deliberation_steps_after_adoption",
                condition=(Q(sent_on=None) | Q(sent_on__gte=F("adopted_on")))
                & (Q(posted_on=None) | Q(posted_on__gte=F("adopted_on"))),
            ),
        ]
        indexes = [
            models.Index(
                name="council_deliberation_newest", fields=["community", "-adopted_on", "-id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def objection_made(self) -> "Objection | None":
        """The objection of the governor, if there was one."""
        return getattr(self, "objection", None)

    @property
    def contest(self) -> rules.Contest | None:
        """By which act it may be contested now, or how the contest goes on."""
        made = self.objection_made
        return rules.contest_at_hand(
            rules.State(self.state),
            is_objected=made is not None,
            is_ruled=made is not None and made.ruled_on is not None,
        )


class DeliberationVersion(models.Model):
    """صيغة المقرر / version de la délibération: a text that the council adopted, bound by hash."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    deliberation = models.ForeignKey(
        "council.Deliberation",
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("deliberation"),
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = LocalizedTextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_on = models.DateField(_("of"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a deliberation")
        verbose_name_plural = _("versions of deliberations")
        ordering = ["deliberation_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="council_version_number", fields=["deliberation", "number"]
            ),
            models.CheckConstraint(
                name="council_version_change_has_reason",
                condition=Q(number=1) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliberation.reference} v{self.number}"


class Objection(models.Model):
    """تعرض العامل / opposition du gouverneur: to a deliberation, and what followed; 113-14:117.

    The council examines the text anew; if it keeps it, the court may be asked (to verify).
    """

    class Outcome(models.TextChoices):
        KEPT = rules.Examination.KEPT.value, _("the council kept the text")
        GIVEN_UP = rules.Examination.GIVEN_UP.value, _("the council gave the text up")

    class Ruling(models.TextChoices):
        ANNULLED = rules.Ruling.ANNULLED.value, _("the court annulled the deliberation")
        DISMISSED = rules.Ruling.DISMISSED.value, _("the court dismissed the request")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    deliberation = models.OneToOneField(
        "council.Deliberation",
        on_delete=models.PROTECT,
        related_name="objection",
        verbose_name=_("deliberation"),
    )
    letter_number = models.CharField(_("number of the letter"), max_length=60)
    received_on = models.DateField(_("received on"))
    reason = LocalizedTextField(_("reason"))
    document = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letter"),
    )
    vote = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vote of the new examination"),
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    referred_on = models.DateField(_("referred to the court on"), null=True, blank=True)
    case_number = models.CharField(_("number of the case"), max_length=60, blank=True)
    ruled_on = models.DateField(_("ruled on"), null=True, blank=True)
    ruling = models.CharField(_("ruling"), max_length=9, choices=Ruling, blank=True)

    class Meta:
        verbose_name = _("objection of the governor")
        verbose_name_plural = _("objections of the governor")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="council_objection_examined_by_vote",
                condition=Q(outcome="", vote=None) | (~Q(outcome="") & Q(vote__isnull=False)),
            ),
            models.CheckConstraint(
                name="council_objection_referred_if_kept",
                condition=Q(referred_on=None)
                | Q(outcome=rules.Examination.KEPT.value, referred_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="council_objection_ruled_after_referral",
                condition=Q(ruling="", ruled_on=None)
                | (~Q(ruling="") & Q(ruled_on__gte=F("referred_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliberation_id}: {self.letter_number}"
