"""Desk acts of the programme."""

from django.urls import path

from infitah.programme.views import (
    desk,
    desk_assessments,
    desk_commitments,
    desk_cycle,
    desk_follow,
    desk_import,
    desk_round,
    desk_timetable,
)

app_name = "programme_desk"
CYCLE = "cycles/<slug:slug>/"
DRAFT = "commitments/<slug:reference>/"
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
    path("cycles/", desk_cycle.cycles, name="cycles"),
    path("cycles/new/", desk_cycle.new, name="cycle_new"),
    path("principles/", desk_cycle.principles, name="principles"),
    path("principles/national/", desk_cycle.national_principles, name="national_principles"),
    path("commitments/", desk_commitments.commitments, name="commitments"),
    path("commitments/start/<slug:slug>/", desk_commitments.start, name="start"),
    path(DRAFT, desk_commitments.commitment, name="commitment"),
    path(f"{DRAFT}milestones/", desk_commitments.milestones, name="commitment_milestones"),
    path(f"{DRAFT}indicators/", desk_commitments.indicators, name="commitment_indicators"),
    path(f"{DRAFT}ideas/", desk_commitments.ideas, name="ideas"),
    path(f"{DRAFT}ideas/link/", desk_commitments.link, name="link"),
    path(f"{DRAFT}owner/", desk_commitments.owner, name="draft_owner"),
    path(f"{DRAFT}round/", desk_round.beside, name="round"),
    path(f"{DRAFT}round/<slug:consultation>/", desk_round.correct, name="correct"),
    path(f"{DRAFT}parts/<slug:name>/", desk_commitments.part, name="part"),
    path(CYCLE, desk_cycle.cycle, name="cycle"),
    path(f"{CYCLE}put/<slug:consultation>/", desk_round.put, name="put"),
    path(f"{CYCLE}edit/", desk_cycle.edit, name="cycle_edit"),
    path(f"{CYCLE}committee/", desk_cycle.committee, name="committee"),
    path(f"{CYCLE}committee/composition/", desk_cycle.composition, name="composition"),
    path(f"{CYCLE}rounds/", desk_cycle.rounds, name="rounds"),
    path(f"{CYCLE}timetable/", desk_timetable.timetable, name="timetable"),
    path(f"{CYCLE}timetable/<slug:name>/", desk_timetable.change, name="step_change"),
    path(f"{CYCLE}timetable/<slug:name>/strike/", desk_timetable.strike, name="step_strike"),
    path(f"{CYCLE}deliberation/", desk_import.deliberation, name="past_deliberation"),
    path(f"{CYCLE}import/", desk_import.upload, name="import"),
    path(f"{CYCLE}import/example.csv", desk_import.example, name="import_example"),
    path(f"{CYCLE}import/<uuid:key>/", desk_import.preview, name="import_preview"),
    path(f"{CYCLE}carry-over/", desk_import.carry_over, name="carry_over"),
    path(
        f"{CYCLE}carry-over/<slug:reference>/",
        desk_import.carry_commitment,
        name="carry_commitment",
    ),
]
