"""Addresses without a language."""

from django.urls import include, path

from infitah.website import admin_views, news_feeds, root_views

urlpatterns = [
    path("", root_views.entrance, name="entrance"),
    path("language/<slug:code>/", root_views.choose_language, name="language"),
    path("d/<str:reference>", root_views.permanent, name="permanent"),
    path("d/<str:reference>/", root_views.permanent),
    path("c/<slug:slug>/", root_views.community, name="community"),
    path("feeds/programme.atom", news_feeds.whole, {"name": "programme"}, name="news-programme"),
    path(
        "feeds/consultations.atom",
        news_feeds.whole,
        {"name": "consultations"},
        name="news-consultations",
    ),
    path("feeds/<slug:kind>/<slug:name>.atom", news_feeds.one, name="news-one"),
    path("robots.txt", root_views.robots, name="robots"),
    path("sitemap.xml", root_views.site_map, name="sitemap"),
    path("sitemaps/ideas.xml", root_views.idea_maps, name="sitemap-ideas"),
    path("sitemaps/ideas-<int:part>.xml", root_views.idea_map, name="sitemap-ideas-part"),
    path("sitemaps/answers.xml", root_views.answer_maps, name="sitemap-answers"),
    path("sitemaps/answers-<int:part>.xml", root_views.answer_map, name="sitemap-answers-part"),
    path(".well-known/infitah.json", root_views.well_known, name="well-known"),
    # Before Wagtail's own, which also offers a portrait, a name and a password.
    path("admin/account/", admin_views.account, name="wagtailadmin_account"),
    path("", include("infitah.core.health_urls")),
]
