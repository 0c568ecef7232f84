"""Input of the acts on meetings."""

from infitah.proceedings.forms.minutes import ApproveForm, MinutesForm, PublishForm, SendForm
from infitah.proceedings.forms.session import (
    CONVOCATION_DAY,
    AgainForm,
    CancelForm,
    CancelSittingForm,
    ChangeSittingForm,
    CloseForm,
    ConveneForm,
    ConvocationForm,
    CorrectItemForm,
    ItemForm,
    SittingForm,
)
from infitah.proceedings.forms.voices import (
    NO_PART,
    CountedCorrectionForm,
    CountedVoteForm,
    NamedCorrectionForm,
    NamedVoteForm,
    RollCorrectionForm,
    RollForm,
    StrikeForm,
)

__all__ = [
    "CONVOCATION_DAY",
    "NO_PART",
    "AgainForm",
    "ApproveForm",
    "CancelForm",
    "CancelSittingForm",
    "ChangeSittingForm",
    "CloseForm",
    "ConveneForm",
    "ConvocationForm",
    "CorrectItemForm",
    "CountedCorrectionForm",
    "CountedVoteForm",
    "ItemForm",
    "MinutesForm",
    "NamedCorrectionForm",
    "NamedVoteForm",
    "PublishForm",
    "RollCorrectionForm",
    "RollForm",
    "SendForm",
    "SittingForm",
    "StrikeForm",
]
