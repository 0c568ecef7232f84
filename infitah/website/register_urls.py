"""Public addresses of the register."""

from django.urls import path

from infitah.website import register_views as views

app_name = "register"
urlpatterns = [
    path("register/", views.index, name="index"),
    path("register/<int:number>/", views.entry, name="entry"),
    path("verify/", views.verify, name="verify"),
]
