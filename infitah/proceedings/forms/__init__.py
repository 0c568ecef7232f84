"""Input of the acts on meetings."""

from infitah.proceedings.forms.minutes import ApproveForm, MinutesForm, PublishForm, SendForm
from infitah.proceedings.forms.session import (
    AgainForm,
    CancelForm,
    CloseForm,
    ConveneForm,
    ItemForm,
    SittingForm,
)
from infitah.proceedings.forms.voices import CountedVoteForm, NamedVoteForm, RollForm

__all__ = [
    "AgainForm",
    "ApproveForm",
    "CancelForm",
    "CloseForm",
    "ConveneForm",
    "CountedVoteForm",
    "ItemForm",
    "MinutesForm",
    "NamedVoteForm",
    "PublishForm",
    "RollForm",
    "SendForm",
    "SittingForm",
]
