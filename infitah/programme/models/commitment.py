"""Commitments in the fields of the OGP template, their versions, ideas and adoption."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.programme.rules import states

_S = states.CommitmentState


READERS_OF_DRAFTS = frozenset({"commitment.edit", "programme.edit", "session.edit"})
"""Rights of which one lets an officer read a draft before its check is published: those who write
programmes, and the secretary who enters what committee and council decide of drafts."""


def may_read_drafts(viewer: Viewer) -> bool:
    """Return whether this viewer sees drafts that are not published yet."""
    return not READERS_OF_DRAFTS.isdisjoint(viewer.rights)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """A draft is private until its check is published (docs/decisions/0018); then all is public."""

    def published(self) -> Self:
        """What anybody may read, whoever asks: for mails, and pages of other things."""
        return self.exclude(state__in=[state.value for state in states.PRIVATE_STATES])

    def of(self, community: models.Model) -> Self:
        return self.filter(community=community)

    def visible_to(self, viewer: Viewer) -> Self:
        found = self.filter(community_id=viewer.community_id)
        return found if may_read_drafts(viewer) else found.published()

    def adopted(self) -> Self:
        return self.filter(state__in=[state.value for state in states.ADOPTED_STATES])

    def due(self) -> Self:
        """Adopted, and not taken back since: only these can be late."""
        return self.filter(state__in=[state.value for state in states.DUE_STATES])


class Commitment(models.Model):
    """التزام (مشروع انفتاح) / engagement: what the council promises; OGP template fields.

    A draft may still lack parts of its text; what is put to the public or validated lacks none.
    """

    class State(models.TextChoices):
        DRAFTED = _S.DRAFTED.value, _("drafted")
        LINTED = _S.LINTED.value, _("quality checked")
        REFERRED = _S.REFERRED.value, _("sent for opinion")
        CONSULTED = _S.CONSULTED.value, _("put to the public")
        VALIDATED = _S.VALIDATED.value, _("validated by the follow-up committee")
        ADOPTED = _S.ADOPTED.value, _("adopted by the council")
        AMENDED = _S.AMENDED.value, _("adopted with amendments")
        REJECTED = _S.REJECTED.value, _("not adopted")
        RUNNING = _S.RUNNING.value, _("being carried out")
        CLAIMED = _S.CLAIMED.value, _("said to be done, to be confirmed")
        VERIFIED = _S.VERIFIED.value, _("done and confirmed")
        ASSESSED = _S.ASSESSED.value, _("assessed")
        CARRIED_OVER = _S.CARRIED_OVER.value, _("carried over to the next cycle")
        WITHDRAWN = _S.WITHDRAWN.value, _("withdrawn by deliberation")
        CLOSED = _S.CLOSED.value, pgettext_lazy("commitment", "closed")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("cycle"),
    )
    axis = models.ForeignKey(
        "community.Axis",
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("axis"),
    )
    principles = models.ManyToManyField(
        "community.Principle", related_name="commitments", verbose_name=_("principles")
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    source_key = models.CharField(_("number in the imported file"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    title = LocalizedTextField(_("title"))
    problem = LocalizedTextField(_("public problem"), blank=True)
    description = LocalizedTextField(_("what the commitment is"), blank=True)
    contribution = LocalizedTextField(_("how it answers the problem"), blank=True)
    expected_result = LocalizedTextField(_("expected result"), blank=True)
    verifiability = LocalizedTextField(_("how anybody can check it"), blank=True)
    values = models.JSONField(_("values of open government"), default=list)
    sdg = models.JSONField(_("sustainable development goals"), default=list)
    lead_unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("unit in charge"),
    )
    responsible = models.ForeignKey(
        "community.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("person in charge"),
    )
    partners = LocalizedTextField(_("supporting bodies"), blank=True)
    civil_partner = LocalizedTextField(_("civil-society partner and contact"), blank=True)
    budget = models.PositiveBigIntegerField(_("budget in centimes"), null=True, blank=True)
    budget_source = LocalizedTextField(_("source of the budget"), blank=True)
    is_without_cost = models.BooleanField(_("needs no money"), default=False)
    value_argument = LocalizedTextField(_("how it serves these values"), blank=True)
    reason_without_idea = LocalizedTextField(_("why it grew from no idea"), blank=True)
    owner_mail_sealed = models.TextField(_("sealed address of the owner"), blank=True)
    owner_language = models.CharField(_("language of the owner"), max_length=3, default="ar")
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("carried over from"),
    )
    rejected_by = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vote that did not adopt it"),
    )
    rejection_reason = LocalizedTextField(_("why it was not adopted"), blank=True)
    withdrawn_by = models.ForeignKey(
        "council.Deliberation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = LocalizedTextField(_("why it was withdrawn"), blank=True)
    sees = models.PositiveIntegerField(_("citizens who see it"), default=0)
    sees_partly = models.PositiveIntegerField(_("citizens who see part of it"), default=0)
    sees_not = models.PositiveIntegerField(_("citizens who do not see it"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=14, choices=State.choices, default=State.DRAFTED
    )
    changed_at = models.DateTimeField(_("changed at"))

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["cycle_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="programme_commitment_position", fields=["cycle", "position"]
            ),
            models.UniqueConstraint(
                name="programme_commitment_imported_once",
                fields=["cycle", "source_key"],
                condition=~Q(source_key=""),
            ),
            models.CheckConstraint(
                name="programme_commitment_ends_after", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_private(self) -> bool:
        """Whether it is the office's own paper still: its check is not published."""
        return _S(self.state) in states.PRIVATE_STATES

    @property
    def has_ended(self) -> bool:
        """Whether no step leads on: there is no more news of it."""
        return _S(self.state) in states.ENDED_STATES

    @property
    def is_adopted(self) -> bool:
        """Whether the council adopted it; before, it is a draft or was not kept."""
        return _S(self.state) in states.ADOPTED_STATES


class CommitmentVersionQuerySet(models.QuerySet["CommitmentVersion"]):
    """A wording that was kept while the draft was private stays so."""

    def visible_to(self, viewer: Viewer) -> Self:
        found = self.filter(commitment__in=Commitment.objects.visible_to(viewer))
        return found if may_read_drafts(viewer) else found.filter(is_public=True)


class CommitmentVersion(models.Model):
    """صيغة الالتزام / version de l'engagement: a frozen text with its hash; it never changes."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("draft")
        ROUND = "round", _("put to the public")
        VALIDATED = "validated", _("validated by the follow-up committee")
        AMENDED = "amended", _("amended by the council")
        IMPORTED = "imported", _("entered afterwards from a file")
        RETURNED = "returned", _("taken to the council again")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("commitment"),
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("frozen text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_on = models.DateField(_("of"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.VALIDATED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = models.CharField(_("made by"), max_length=150, blank=True)
    lint_score = models.PositiveSmallIntegerField(_("score of the linter"), null=True, blank=True)
    lint = models.JSONField(_("findings of the linter"), default=list)
    waiver = LocalizedTextField(_("why it goes on below the threshold"), blank=True)
    is_public = models.BooleanField(_("published"), default=True)
    vote = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vote of the committee"),
    )

    objects = CommitmentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a commitment")
        verbose_name_plural = _("versions of commitments")
        ordering = ["commitment_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="programme_version_number", fields=["commitment", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} v{self.number}"


class CommitmentIdea(models.Model):
    """فكرة في أصل الالتزام / idée à l'origine: an idea from which a commitment grew."""

    class Weight(models.TextChoices):
        MAIN = "main", _("kept")
        PART = "part", _("kept in part")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="source_ideas",
        verbose_name=_("commitment"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("idea"),
    )
    weight = models.CharField(_("weight"), max_length=4, choices=Weight.choices)
    linked_on = models.DateField(_("linked on"))

    class Meta:
        verbose_name = _("idea behind a commitment")
        verbose_name_plural = _("ideas behind commitments")
        ordering = ["commitment_id", "weight", "idea_id"]
        constraints = [
            models.UniqueConstraint(
                name="programme_commitment_idea_once", fields=["commitment", "idea"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} < {self.idea_id}"

    @property
    def standing_words(self) -> str:
        """Whether its idea was kept; one without an answer waits for it, whatever the link says.

        `is_answered` comes with the row from the queries of links.
        """
        if not getattr(self, "is_answered", True):
            return str(_("linked; it waits for its answer"))
        return str(self.get_weight_display())


class Adoption(models.Model):
    """اعتماد / adoption: a version of a commitment, bound by hash to a deliberation.

    Either the council adopted the very text of the committee, or the difference is told. A
    commitment has a second one where its deliberation was annulled and a later one adopted it.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    version = models.OneToOneField(
        "programme.CommitmentVersion",
        on_delete=models.PROTECT,
        related_name="adoption",
        verbose_name=_("version"),
    )
    deliberation = models.ForeignKey(
        "council.Deliberation",
        on_delete=models.PROTECT,
        related_name="adoptions",
        verbose_name=_("deliberation"),
    )
    is_same_text = models.BooleanField(_("the text of the committee, unchanged"))
    difference = LocalizedTextField(_("difference from the text of the committee"), blank=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["deliberation_id", "version_id"]

    def __str__(self) -> str:
        return f"{self.version_id} / {self.deliberation_id}"
