"""Public addresses of the website; editorial pages come last and keep Wagtail's route name."""

from django.urls import path, re_path

from infitah.website import views

urlpatterns = [
    path("demonstration/mailbox/", views.mailbox, name="mailbox"),
    re_path(r"^((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
]
