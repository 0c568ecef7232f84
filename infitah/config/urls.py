"""Root addresses: the languages, machine and permanent ones, the desk, the back office."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

handler400 = "infitah.website.errors.bad_request"
handler403 = "infitah.website.errors.forbidden"
handler404 = "infitah.website.errors.not_found"
handler500 = "infitah.website.errors.server_error"

urlpatterns = [
    # First, because most readers and all voters come here; nothing below begins with a language.
    *i18n_patterns(
        path("", include("infitah.participation.urls")),
        path("mine/", include("infitah.programme.mine_urls")),
        path("programme/", include("infitah.programme.urls")),
        path("council/", include("infitah.council.urls")),
        path("information/", include("infitah.information.urls")),
        path("information/", include("infitah.community.urls")),
        path("", include("infitah.publication.urls")),
        path("", include("infitah.website.register_urls")),
        path("", include("infitah.website.urls")),
    ),
    path("", include("infitah.website.root_urls")),
    path("", include("infitah.website.register_machine_urls")),
    path("design/", include("infitah.design.urls")),
    path("files/", include("infitah.core.urls")),
    path("feeds/", include("infitah.publication.feed_urls")),
    path("calendars/", include("infitah.community.calendar_urls")),
    path("calendars/information/", include("infitah.information.calendar_urls")),
    path("calendars/", include("infitah.programme.calendar_urls")),
    # Our log-in stands before Wagtail's: its own page would answer (decisions B6).
    path("", include("infitah.desk.account_urls")),
    path("desk/", include("infitah.desk.urls")),
    path("desk/community/", include("infitah.community.desk_urls")),
    path("desk/participation/", include("infitah.participation.desk_urls")),
    path("desk/programme/", include("infitah.programme.desk_urls")),
    path("desk/information/", include("infitah.information.desk_urls")),
    path("desk/council/", include("infitah.council.desk_urls")),
    path("desk/meetings/council/", include("infitah.council.meeting_urls")),
    path("desk/meetings/", include("infitah.proceedings.desk_urls")),
    path("admin/", include(wagtailadmin_urls)),
]
