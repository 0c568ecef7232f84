"""Addresses of the desk."""

from django.urls import path

from infitah.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("queue/", views.queue, name="queue"),
    path("acts/", views.acts, name="acts"),
    path("people/readings/", views.readings, name="readings"),
]
