"""Input of the desk's acts on the programme."""

from infitah.programme.forms.assessment import AssessmentForm, ReplyForm
from infitah.programme.forms.milestone import CaptureForm, ClaimForm, ConfirmForm, ReportForm
from infitah.programme.forms.update import AskLinkForm, OwnerForm, WordForm

__all__ = [
    "AskLinkForm",
    "AssessmentForm",
    "CaptureForm",
    "ClaimForm",
    "ConfirmForm",
    "OwnerForm",
    "ReplyForm",
    "ReportForm",
    "WordForm",
]
