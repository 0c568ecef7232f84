"""Public addresses of participation."""

from django.urls import path

from infitah.participation import feeds
from infitah.participation.views import (
    answers,
    axes,
    comments,
    data,
    flags,
    giving,
    mine,
    moderation_log,
    prove,
    public,
    texts,
    themes,
    voice,
    workshops,
)

app_name = "participation"

ONE = "consultations/<slug:slug>/"
GIVE = f"{ONE}give/<uuid:key>/"

urlpatterns = [
    # First, because thousands come here in the last hours of a consultation.
    path(f"{ONE}vote/", voice.cast, name="cast"),
    path("consultations/", public.index, name="index"),
    path("consultations/moderation-rules/", public.moderation_rules, name="rules"),
    path("consultations/moderation/", moderation_log.moderation, name="moderation"),
    path(ONE, public.consultation, name="consultation"),
    path(f"{ONE}ideas/<str:reference>/", public.idea, name="idea"),
    path(f"{ONE}ideas/", public.ideas, name="ideas"),
    path(f"{ONE}ideas/<str:reference>/support/", voice.support, name="support"),
    path(f"{ONE}ideas/<str:reference>/comment/", comments.comment, name="comment"),
    path(f"{ONE}ideas/<str:reference>/flag/", flags.flag, name="flag"),
    path(f"{ONE}paragraphs/<int:pk>/comment/", comments.comment, name="comment-paragraph"),
    path(f"{ONE}paragraphs/<int:pk>/flag/", flags.flag, name="flag-paragraph"),
    path(f"{ONE}axes/<slug:axis>/", axes.axis, name="axis"),
    path(f"{ONE}results/", voice.results, name="results"),
    path(f"{ONE}texts/", texts.texts, name="texts"),
    path(f"{ONE}texts/<str:reference>/", texts.text, name="text"),
    path(f"{ONE}texts/<str:reference>/<int:number>/", texts.text, name="text-version"),
    path(f"{ONE}texts/<str:reference>/<slug:key>/", texts.paragraph, name="paragraph"),
    path(f"{ONE}answers/", answers.answers, name="answers"),
    path(f"{ONE}themes/", themes.themes, name="themes"),
    path(f"{ONE}themes/<str:reference>/", themes.theme, name="theme"),
    path(f"{ONE}workshops/", workshops.workshops, name="workshops"),
    path(f"{ONE}workshops/<slug:workshop>/", workshops.workshop, name="workshop"),
    path(f"{ONE}opinion/", themes.opinion, name="opinion"),
    path(f"{ONE}opinion.json", themes.opinion_json, name="opinion-json"),
    path(f"{ONE}similar/", public.similar, name="similar"),
    path(f"{ONE}files/", data.files, name="files"),
    path(f"{ONE}consultation.zip", data.package, name="package"),
    path(f"{ONE}consultation.json", data.consultation_json, name="json"),
    path(f"{ONE}ideas.json", data.ideas_json, name="ideas-json"),
    path(f"{ONE}ideas.atom", feeds.ideas_atom, name="atom"),
    path(f"{ONE}comments.atom", feeds.comments_atom, name="comments-atom"),
    path(f"{ONE}comments.csv", feeds.comments_csv, name="comments-csv"),
    path(f"{ONE}ideas.csv", feeds.ideas_csv, name="csv"),
    path(f"{ONE}give/", giving.give, name="give"),
    path(GIVE, giving.confirm, name="confirm"),
    path(f"{GIVE}code/", giving.code, name="code"),
    path(f"{GIVE}received/", giving.received, name="received"),
    path(f"{GIVE}receipt.pdf", giving.receipt_pdf, name="receipt-pdf"),
    path(f"{GIVE}receipt.json", giving.receipt_json, name="receipt-json"),
    path("mine/", mine.mine, name="mine"),
    path("mine/comments/", comments.mine, name="mine-comments"),
    path("mine/appeal/<str:token>/", flags.appeal, name="appeal"),
    path("mine/act/<uuid:key>/", prove.act, name="act"),
    path("mine/act/<uuid:key>/code/", prove.code, name="act-code"),
    path("mine/act/<uuid:key>/done/", prove.done, name="act-done"),
    path("mine/vote/<slug:slug>/", voice.vote, name="vote"),
    path("mine/vote/<slug:slug>/<str:reference>/", voice.my_voice, name="my-voice"),
    path("mine/texts/<slug:slug>/<str:reference>/", texts.my_text, name="my-text"),
    path("mine/link/", mine.lost_link, name="lost-link"),
    path("mine/link/<str:token>/", mine.link, name="link"),
]
