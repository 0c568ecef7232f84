"""Input of the desk's acts on the programme."""

from infitah.programme.forms.milestone import ConfirmForm, ReportForm

__all__ = ["ConfirmForm", "ReportForm"]
