"""Desk acts on meetings of any body."""

from django.urls import path

from infitah.proceedings.views import corrections, meetings, minutes, sittings

app_name = "proceedings_desk"
ONE = "<slug:reference>/"
SITTING = f"{ONE}sittings/<int:number>/"
ITEM = f"{ONE}items/<int:pk>/"
VOTE = f"{ONE}votes/<int:pk>/"

urlpatterns = [
    path("", meetings.index, name="index"),
    path("convene/<slug:slug>/", meetings.convene, name="convene"),
    path(ONE, meetings.session, name="session"),
    path(f"{ONE}close/", meetings.close, name="close"),
    path(f"{ONE}cancel/", meetings.cancel, name="cancel"),
    path(f"{ONE}sitting/", sittings.plan, name="plan"),
    path(f"{SITTING}change/", sittings.change, name="sitting_change"),
    path(f"{SITTING}cancel/", sittings.cancel, name="sitting_cancel"),
    path(f"{SITTING}item/", sittings.item, name="item"),
    path(f"{SITTING}roll/", sittings.roll, name="roll"),
    path(f"{SITTING}again/", sittings.again, name="again"),
    path(f"{ITEM}correct/", corrections.item, name="item_correct"),
    path(f"{ITEM}vote/", sittings.vote, name="vote"),
    path(f"{ITEM}count/", sittings.count, name="count"),
    path(f"{ONE}convocation/", corrections.convocation, name="convocation"),
    path(f"{SITTING}roll/correct/", corrections.roll, name="roll_correct"),
    path(f"{VOTE}correct/", corrections.vote, name="vote_correct"),
    path(f"{VOTE}strike/", corrections.strike, name="strike"),
    path(f"{ONE}minutes/", minutes.minutes, name="minutes"),
    path(f"{ONE}minutes/send/", minutes.send, name="send"),
    path(f"{ONE}minutes/approve/", minutes.approve, name="approve"),
    path(f"{ONE}minutes/publish/", minutes.publish, name="publish"),
]
