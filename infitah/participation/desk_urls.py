"""Desk acts of participation."""

from django.urls import path

from infitah.participation.views import (
    desk_answers,
    desk_consultations,
    desk_ideas,
    desk_rules,
    desk_themes,
    desk_workshops,
)

app_name = "participation_desk"
ONE = "ideas/<str:reference>/"
TABLE = "tables/<str:token>/"
WORKSHOP = "consultations/<slug:slug>/workshops/<slug:workshop>/"

urlpatterns = [
    path("ideas/", desk_ideas.ideas, name="queue"),
    path(ONE, desk_ideas.idea, name="idea"),
    path(f"{ONE}hide/", desk_ideas.hide, name="hide"),
    path(f"{ONE}restore/", desk_ideas.restore, name="restore"),
    path(f"{ONE}publish/", desk_ideas.publish, name="publish"),
    path(f"{ONE}accept/", desk_ideas.accept_late, name="accept"),
    path(f"{ONE}refuse/", desk_ideas.refuse_late, name="refuse"),
    path(f"{ONE}identity/", desk_ideas.identity, name="identity"),
    path(f"{ONE}receipt/", desk_ideas.entered, name="entered"),
    path(f"{ONE}receipt.pdf", desk_ideas.entered_pdf, name="entered-pdf"),
    path(f"{ONE}answer/", desk_answers.answer, name="answer"),
    path("themes/<str:reference>/answer/", desk_answers.theme, name="answer_theme"),
    path("consultations/<slug:slug>/answers/", desk_answers.queue, name="answers"),
    path("themes/<str:reference>/", desk_themes.theme, name="theme"),
    path("themes/<str:reference>/rename/", desk_themes.rename, name="theme_rename"),
    path("themes/<str:reference>/move/", desk_themes.move, name="theme_move"),
    path("themes/<str:reference>/merge/", desk_themes.merge, name="theme_merge"),
    path("consultations/<slug:slug>/themes/", desk_themes.themes, name="themes"),
    path("consultations/<slug:slug>/themes/add/", desk_themes.add, name="theme_add"),
    path("consultations/<slug:slug>/themes/place/", desk_themes.place, name="theme_place"),
    path("consultations/<slug:slug>/themes/order/", desk_themes.order, name="theme_order"),
    path("consultations/<slug:slug>/themes/publish/", desk_themes.publish, name="theme_publish"),
    path("consultations/<slug:slug>/runs/", desk_themes.runs, name="runs"),
    path("consultations/<slug:slug>/runs/text/", desk_themes.run_text, name="run_text"),
    path("consultations/<slug:slug>/runs/opinion/", desk_themes.run_opinion, name="run_opinion"),
    path("workshops/", desk_workshops.workshops, name="workshops"),
    path("consultations/<slug:slug>/workshops/new/", desk_workshops.create, name="workshop-new"),
    path(WORKSHOP, desk_workshops.workshop, name="workshop"),
    path(f"{WORKSHOP}sheets-<str:language>.pdf", desk_workshops.sheets, name="sheets"),
    path(TABLE, desk_workshops.table, name="table"),
    path(f"{TABLE}notes/", desk_workshops.table_notes, name="table-notes"),
    path("notes/<str:reference>/withdraw/", desk_workshops.withdraw_note, name="note-withdraw"),
    path("rules/", desk_rules.rules, name="rules"),
    path("rules/add/", desk_rules.add, name="rule_add"),
    path("rules/<int:pk>/", desk_rules.rule, name="rule"),
    path("rules/<int:pk>/reword/", desk_rules.reword, name="rule_reword"),
    path("rules/<int:pk>/close/", desk_rules.close, name="rule_close"),
    path("rules/<int:pk>/withdraw/", desk_rules.withdraw, name="rule_withdraw"),
    path("consultations/", desk_consultations.consultations, name="consultations"),
    path("consultations/new/", desk_consultations.create, name="new"),
    path("consultations/<slug:slug>/", desk_consultations.consultation, name="consultation"),
    path("consultations/<slug:slug>/announce/", desk_consultations.announce, name="announce"),
    path("consultations/<slug:slug>/enter/", desk_ideas.enter, name="enter"),
]
