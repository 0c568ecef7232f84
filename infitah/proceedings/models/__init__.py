"""The records of a meeting of any body: session, sitting, agenda, roll call, votes, minutes."""

from infitah.proceedings.models.meeting import AgendaItem, Attendance, Session, Sitting
from infitah.proceedings.models.minutes import Minutes
from infitah.proceedings.models.vote import Vote, VoteEvent

__all__ = ["AgendaItem", "Attendance", "Minutes", "Session", "Sitting", "Vote", "VoteEvent"]
