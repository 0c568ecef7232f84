"""Desk acts of the community, below /desk/community/."""

from django.urls import path

from infitah.community.views import axes, bodies, days, identity, law, offices

app_name = "community_desk"
urlpatterns = [
    path("", identity.community, name="community"),
    path("axes/", axes.axes, name="axes"),
    path("axes/add/", axes.add, name="axis_add"),
    path("axes/<slug:slug>/", axes.edit, name="axis"),
    path("axes/<slug:slug>/move/", axes.move, name="axis_move"),
    path("axes/<slug:slug>/close/", axes.close, name="axis_close"),
    path("offices/", offices.appointments, name="appointments"),
    path("offices/appoint/", offices.appoint, name="appoint"),
    path("offices/people/add/", offices.add_person, name="person_add"),
    path("offices/<int:pk>/", offices.appointment, name="appointment"),
    path("offices/<int:pk>/end/", offices.end, name="appointment_end"),
    path("offices/<int:pk>/access/", offices.give_access, name="access_give"),
    path("access/<int:pk>/close/", offices.close_access, name="access_close"),
    path("rules/", law.rule_sets, name="rule_sets"),
    path("rules/<str:key>/", law.rule, name="rule"),
    path("rules/<str:key>/change/", law.change, name="rule_change"),
    path("rules/<str:key>/verify/", law.verify, name="rule_verify"),
    path("calendar/", days.calendar, name="calendar"),
    path("calendar/close/", days.close, name="calendar_close"),
    path("calendar/<slug:occasion>/", days.day, name="day"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/add/", bodies.add, name="body_add"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("mandates/<int:pk>/end/", bodies.end_mandate, name="mandate_end"),
]
