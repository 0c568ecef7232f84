"""Public addresses of access to information, below /<language>/information/."""

from django.urls import URLPattern

app_name = "information"
urlpatterns: list[URLPattern] = []
