"""Desk acts of access to information, below /desk/information/."""

from django.urls import path

from infitah.information.views import desk_case, desk_decision, desk_entry, desk_queue

app_name = "information_desk"
ONE = "<str:reference>/"

urlpatterns = [
    path("", desk_queue.queue, name="queue"),
    path("form.pdf", desk_entry.form_pdf, name="form"),
    path("enter/", desk_entry.enter, name="enter"),
    path("entered/<uuid:key>/", desk_entry.entered, name="entered"),
    path("entered/<uuid:key>/receipt.pdf", desk_entry.entered_pdf, name="entered-pdf"),
    # Addresses without a reference stand above: a reference takes any one word.
    path(ONE, desk_case.case, name="case"),
    path(f"{ONE}acts/<slug:name>/", desk_case.act, name="act"),
    path(f"{ONE}identity/", desk_case.identity, name="identity"),
    path(f"{ONE}decide/", desk_decision.decide, name="decide"),
]
