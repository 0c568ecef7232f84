"""Addresses of the desk."""

from django.urls import path

from infitah.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("queue/", views.queue, name="queue"),
    path("acts/", views.acts, name="acts"),
    path("people/", views.accounts, name="accounts"),
    path("people/<str:username>/reset/", views.reset_access, name="reset_access"),
    path("people/readings/", views.readings, name="readings"),
]
