"""Public addresses of the council, after the language."""

from django.urls import path

from infitah.council import views

app_name = "council"
urlpatterns = [
    path("", views.index, name="index"),
    path("members/", views.members, name="members"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<slug:reference>/", views.session, name="session"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<slug:reference>/", views.decision, name="decision"),
    path("decisions/<slug:reference>/text.json", views.decision_text, name="decision_text"),
]
