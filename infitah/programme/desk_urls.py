"""Desk acts of the programme."""

from django.urls import path

from infitah.programme.views import desk, desk_assessments, desk_follow

app_name = "programme_desk"
urlpatterns = [
    path("", desk.milestones, name="index"),
    path("confirm/", desk.to_confirm, name="to_confirm"),
    path("milestones/<slug:reference>/report/", desk.report, name="report"),
    path("milestones/<slug:reference>/confirm/", desk.confirm, name="confirm"),
    path("milestones/<slug:reference>/claim/", desk.claim, name="claim"),
    path("evidence/<slug:reference>/capture/", desk.add_capture, name="capture"),
    path("carrying-out/", desk_follow.overview, name="overview"),
    path("carrying-out/<slug:reference>/owner/", desk_follow.owner, name="owner"),
    path("carrying-out/<slug:reference>/owner/link/", desk_follow.send_link, name="send_link"),
    path("carrying-out/<slug:reference>/word/", desk_follow.word, name="word"),
    path("carrying-out/<slug:reference>/findings/", desk_assessments.findings, name="findings"),
    path(
        "carrying-out/<slug:reference>/findings/<slug:kind>/",
        desk_assessments.write,
        name="finding_write",
    ),
    path("findings/<int:pk>/", desk_assessments.change, name="finding_change"),
    path("findings/<int:pk>/publish/", desk_assessments.publish, name="finding_publish"),
    path("findings/<int:pk>/reply/", desk_assessments.reply, name="reply"),
]
