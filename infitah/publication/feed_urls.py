"""The feed of published answers, without a language in its address."""

from django.urls import path

from infitah.publication import feeds

app_name = "publication_feeds"
urlpatterns = [path("information-log.atom", feeds.log_atom, name="log")]
