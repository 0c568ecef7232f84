"""Tables of the index. What they hold can be made again from the records at any time.

The word index itself (FTS5 or tsvector) hangs on `IndexedText` by triggers: see migration 0001.
"""

from typing import Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexedTextQuerySet(models.QuerySet["IndexedText"]):
    """Reads of the index."""

    def of(self, community_key: str) -> Self:
        """Return the texts of one community."""
        return self.filter(community_key=community_key)

    def outdated(self, version: int) -> Self:
        """Return the texts that another version of the normaliser wrote."""
        return self.exclude(normaliser_version=version)


class IndexedText(models.Model):
    """نص مفهرس / texte indexé: a record in one language, as shown and as search sees it."""

    community_key = models.CharField(_("community"), max_length=12)
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=60)
    language = models.CharField(_("language"), max_length=3)
    title = models.TextField(_("title"))
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=300)
    is_public = models.BooleanField(_("public"))
    dated_on = models.DateField(_("dated"), null=True)
    title_words = models.TextField(_("words of the title"), blank=True)
    body_words = models.TextField(_("words of the text"), blank=True)
    title_stems = models.TextField(_("stems of the title"), blank=True)
    body_stems = models.TextField(_("stems of the text"), blank=True)
    normaliser_version = models.PositiveSmallIntegerField(_("version of the normaliser"))

    objects = IndexedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("indexed text")
        verbose_name_plural = _("indexed texts")
        constraints = [
            models.UniqueConstraint(
                name="searchindex_text_once",
                fields=["community_key", "kind", "subject", "language"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.kind} {self.subject} {self.language}"


class TextMeaning(models.Model):
    """معنى نص / sens d'un texte: the vectors of an indexed text's sentences, or that they wait.

    A text that is put waits: its `revision` is empty. Each round of the worker's encoding takes
    the next revision, so that who holds vectors in memory asks only for later ones. The place is
    held here too: what leaves the index is deleted by it, texts first, without reading them.
    """

    text = models.OneToOneField(
        IndexedText,
        on_delete=models.DO_NOTHING,  # `operations.texts` deletes both: a cascade would read first
        primary_key=True,
        related_name="meaning",
        verbose_name=_("indexed text"),
    )
    community_key = models.CharField(_("community"), max_length=12)
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=60)
    encoder_version = models.PositiveIntegerField(_("version of the encoder"), null=True)
    revision = models.PositiveBigIntegerField(_("revision"), null=True)
    vectors = models.BinaryField(_("vectors of the sentences"), null=True, editable=False)

    class Meta:
        verbose_name = _("meaning of a text")
        verbose_name_plural = _("meanings of texts")
        indexes = [
            models.Index(
                name="searchindex_meaning_place", fields=["community_key", "kind", "subject"]
            ),
            models.Index(name="searchindex_meaning_later", fields=["revision"]),
            models.Index(
                name="searchindex_meaning_fresh", fields=["community_key", "kind", "revision"]
            ),
            models.Index(
                name="searchindex_meaning_waits",
                fields=["text"],
                condition=models.Q(revision__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.kind} {self.subject}"


class DirtyRow(models.Model):
    """تقييد في انتظار الفهرسة / inscription à indexer: a record whose text changed."""

    community_key = models.CharField(_("community"), max_length=12)
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=60)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        verbose_name = _("record to index")
        verbose_name_plural = _("records to index")
        constraints = [
            models.UniqueConstraint(
                name="searchindex_dirty_once", fields=["community_key", "kind", "subject"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.kind} {self.subject}"


EVERY_TEXT: Final = ""
"""The word of the vocabulary that says how many texts there are."""


class VocabularyWord(models.Model):
    """كلمة من المعجم / mot du vocabulaire: a word or stem of the index, and in how many texts.

    Read off the word index by the worker from time to time: how rare a word is and what a
    mistyped one may have meant, without counting through the index at each question. The row
    without letters says how many texts there are.
    """

    form = models.CharField(_("word"), max_length=64, primary_key=True)
    texts = models.PositiveIntegerField(_("texts that hold it"))

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")

    def __str__(self) -> str:
        return f"{self.form}: {self.texts}"
