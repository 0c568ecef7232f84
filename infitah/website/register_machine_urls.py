"""Machine addresses of the register, without language."""

from django.urls import path

from infitah.website import register_feeds as views

urlpatterns = [
    path("register/roots.json", views.roots, name="register-roots"),
    path("register/<str:key>/roots/<int:year>.json", views.roots_of_year, name="register-year"),
    path("register/<str:key>/<int:number>.json", views.receipt, name="register-receipt"),
    path(
        "register/<str:key>/consistency/<int:first>/<int:second>.json",
        views.consistency,
        name="register-consistency",
    ),
    path("feeds/register.atom", views.atom, name="register-atom"),
]
