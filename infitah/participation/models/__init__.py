"""The records of participation: consultations, ideas, their drafts, moderation."""

from infitah.participation.models.consultation import Consultation, ConsultationAxis, IdeaTally
from infitah.participation.models.draft import IdeaDraft
from infitah.participation.models.idea import Idea, IdeaQuerySet
from infitah.participation.models.moderation import ModerationDecision, ModerationRule

__all__ = [
    "Consultation",
    "ConsultationAxis",
    "Idea",
    "IdeaDraft",
    "IdeaQuerySet",
    "IdeaTally",
    "ModerationDecision",
    "ModerationRule",
]
