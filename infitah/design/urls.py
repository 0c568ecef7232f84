"""Addresses of the design gallery and of a community's accent."""

from django.urls import path

from infitah.design import views

app_name = "design"
urlpatterns = [
    path("gallery/<str:language>/", views.gallery, name="gallery"),
    path("gallery/<str:language>/similar/", views.similar, name="similar"),
    path("accent/<str:value>.css", views.accent, name="accent"),
]
