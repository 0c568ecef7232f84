"""Tables of the register; triggers refuse every change to entries, nodes and signed heads."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules.entries import EntryFacts
from infitah.ledger.rules.heads import SignedTreeHead, TreeHead
from infitah.ledger.rules.tree import HASH_BYTES


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the register."""

    def of(self, community_key: str) -> Self:
        """Return the entries of one community."""
        return self.filter(community_key=community_key)


class Entry(models.Model):
    """تقييد في السجل / inscription au registre: one act; `canonical` is the truth (decisions F25).

    The other columns repeat what `canonical` says, for reading; `register verify` compares them.
    """

    community_key = models.CharField(_("community"), max_length=12)
    number = models.PositiveBigIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=80)
    family = models.CharField(_("family of acts"), max_length=80)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    occurred_on = models.DateField(_("happened on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    canonical = models.TextField(_("canonical text"))
    leaf_hash = models.BinaryField(_("leaf hash"), max_length=32)

    objects = EntryQuerySet.as_manager()

    # Set by `operations.record` for the act that records; never stored in this table.
    salts: Mapping[str, bytes] = MappingProxyType({})

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("entries of the register")
        constraints = [
            models.UniqueConstraint(name="ledger_entry_once", fields=["community_key", "number"])
        ]
        indexes = [
            models.Index(
                name="ledger_entry_subject", fields=["community_key", "subject", "number"]
            ),
            models.Index(name="ledger_entry_family", fields=["community_key", "family", "number"]),
            models.Index(name="ledger_entry_leaf", fields=["community_key", "leaf_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.number} {self.act}"

    @property
    def facts(self) -> EntryFacts:
        """Return what the canonical text states."""
        return EntryFacts.read(self.canonical.encode())


class Node(models.Model):
    """عقدة الشجرة / nœud de l'arbre: hash of a complete subtree, from level 1 upwards."""

    community_key = models.CharField(_("community"), max_length=12)
    level = models.PositiveSmallIntegerField(_("level"))
    position = models.PositiveBigIntegerField(_("position"))
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("node of the tree")
        verbose_name_plural = _("nodes of the tree")
        constraints = [
            models.UniqueConstraint(
                name="ledger_node_once", fields=["community_key", "level", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.level}/{self.position}"


class HeadState(models.Model):
    """حالة السجل / état du registre: size and peaks of a community's tree; its row is the lock."""

    community_key = models.CharField(_("community"), max_length=12, unique=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    peaks = models.BinaryField(_("peaks"), default=b"")

    class Meta:
        verbose_name = _("state of the register")
        verbose_name_plural = _("states of the registers")

    def __str__(self) -> str:
        return f"{self.community_key}: {self.size}"

    @property
    def peak_hashes(self) -> tuple[bytes, ...]:
        """Return the hashes of the complete subtrees, largest first."""
        peaks = bytes(self.peaks)
        return tuple(
            peaks[start : start + HASH_BYTES] for start in range(0, len(peaks), HASH_BYTES)
        )


class SignedHead(models.Model):
    """رأس موقع / tête signée: size and root under a signature; `day` marks a day's anchor."""

    community_key = models.CharField(_("community"), max_length=12)
    size = models.PositiveBigIntegerField(_("size"))
    root = models.BinaryField(_("root"), max_length=32)
    signed_at = models.DateTimeField(_("signed at"))
    key_id = models.CharField(_("key"), max_length=64)
    signature = models.BinaryField(_("signature"), max_length=64)
    day = models.DateField(_("anchor of the day"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed head")
        verbose_name_plural = _("signed heads")
        constraints = [
            models.UniqueConstraint(name="ledger_head_day_once", fields=["community_key", "day"])
        ]
        indexes = [models.Index(name="ledger_head_size", fields=["community_key", "size"])]

    def __str__(self) -> str:
        return f"{self.community_key} {self.size}"

    @property
    def signed(self) -> SignedTreeHead:
        """Return the head as the rules know it."""
        head = TreeHead(
            self.community_key, self.size, bytes(self.root), self.signed_at, self.key_id
        )
        return SignedTreeHead(head, bytes(self.signature))


class Opening(models.Model):
    """مفتاح قيمة خاصة / ouverture: sealed salt and value of a commitment; erasable (law 09-08).

    `person` is a keyed digest of who acted, by which all that concerns one person is found.
    """

    community_key = models.CharField(_("community"), max_length=12)
    number = models.PositiveBigIntegerField(_("number of the entry"))
    name = models.CharField(_("name of the value"), max_length=64)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    person = models.CharField(_("person, as a keyed digest"), max_length=64, blank=True)
    sealed = models.TextField(_("sealed salt and value"))

    class Meta:
        verbose_name = _("opening of a commitment")
        verbose_name_plural = _("openings of commitments")
        constraints = [
            models.UniqueConstraint(
                name="ledger_opening_once", fields=["community_key", "number", "name"]
            )
        ]
        indexes = [
            models.Index(name="ledger_opening_subject", fields=["community_key", "subject"]),
            models.Index(name="ledger_opening_person", fields=["community_key", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.number} {self.name}"

    @property
    def row(self) -> str:
        """Return the name to which the sealed value is bound."""
        return f"{self.community_key}/{self.number}/{self.name}"
