"""Public addresses of the website; editorial pages come last and keep Wagtail's route name."""

from django.urls import path, re_path

from infitah.website import follow_views, views

urlpatterns = [
    path("demonstration/mailbox/", views.mailbox, name="mailbox"),
    path("mine/follow/<str:topic>/", follow_views.follow, name="follow"),
    path("mine/mails/", follow_views.link, name="mails-link"),
    path("mine/mails/<uuid:token>/", follow_views.preferences, name="mails"),
    path("mine/mails/<uuid:token>/stop/", follow_views.stop, name="mails-stop"),
    path("mine/mails/<uuid:token>/stop/<str:topic>/", follow_views.stop_one, name="mails-stop-one"),
    re_path(r"^((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
]
