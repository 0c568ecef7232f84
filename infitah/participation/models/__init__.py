"""The records of participation: consultations, ideas, voices, comments, themes, answers."""

from infitah.participation.models.answer import AnswerTally, IdeaAnswer
from infitah.participation.models.consultation import Consultation, ConsultationAxis, IdeaTally
from infitah.participation.models.conversation import Comment, CommentQuerySet, Flag
from infitah.participation.models.document import DocumentText, Paragraph
from infitah.participation.models.draft import IdeaDraft
from infitah.participation.models.idea import Idea, IdeaQuerySet
from infitah.participation.models.moderation import (
    ModerationCase,
    ModerationDecision,
    ModerationRule,
)
from infitah.participation.models.theme import (
    ClusterRun,
    GroupStat,
    OpinionGroup,
    Theme,
    ThemeIdea,
)
from infitah.participation.models.voice import (
    PendingAct,
    StatementTally,
    StatementVote,
    Support,
    VoiceTally,
)
from infitah.participation.models.workshop import Workshop, WorkshopTable

__all__ = [
    "AnswerTally",
    "ClusterRun",
    "Comment",
    "CommentQuerySet",
    "Consultation",
    "ConsultationAxis",
    "DocumentText",
    "Flag",
    "GroupStat",
    "Idea",
    "IdeaAnswer",
    "IdeaDraft",
    "IdeaQuerySet",
    "IdeaTally",
    "ModerationCase",
    "ModerationDecision",
    "ModerationRule",
    "OpinionGroup",
    "Paragraph",
    "PendingAct",
    "StatementTally",
    "StatementVote",
    "Support",
    "Theme",
    "ThemeIdea",
    "VoiceTally",
    "Workshop",
    "WorkshopTable",
]
