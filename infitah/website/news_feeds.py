"""What happened, for feed readers: Atom of the programme, of consultations, of one followed thing.

The same news as the daily digest tells, from the same rows; titles are the institution's words or
a number, never a citizen's.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.http import machine_page, viewer_of
from infitah.core.models import News
from infitah.core.registry import news_words
from infitah.kernel.grouping import digits_together
from infitah.kernel.localized import LocalizedText
from infitah.website.topics import topic_for

NEWEST: Final = 50
LANGUAGES: Final = ("ar", "fr", "zgh")


@machine_page(kinds=("programme", "participation"))
def whole(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with what happened to the programme, or to consultations, newest first."""
    return _feed(request, name)


@machine_page(kinds=("programme", "participation"))
def one(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Answer with what happened to one cycle, commitment, consultation or idea."""
    return _feed(request, f"{kind}:{name}")


def _feed(request: HttpRequest, name: str) -> HttpResponse:
    asked = request.GET.get("lang", "ar")
    language = asked if asked in LANGUAGES else "ar"
    topic = topic_for(viewer_of(request), name)
    if topic is None:
        raise Http404
    community = Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]
    with override(language):
        title = topic.title
        words = title.in_language(language) if isinstance(title, LocalizedText) else str(title)
        feed = Atom1Feed(
            title=f"{words} · {community.institution.in_language(language)}",
            link=url_of(community, f"/{language}/{topic.path}"),
            description=_("What happened, as it stands in the public register."),
            language=language,
            feed_url=url_of(community, request.get_full_path()),
            author_name=community.institution.in_language(language),
        )
        for news in _newest(community.key, name):
            about = LocalizedText.from_json(news.title).in_language(language)
            feed.add_item(
                title=digits_together(f"{news_words(news.kind)}: {about}"),
                link=url_of(community, f"/{language}/{news.path}"),
                description="",
                unique_id=f"tag:{community.host},2023:{news.dedupe_key}",
                pubdate=news.happened_at,
                updateddate=news.happened_at,
            )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _newest(community_key: str, name: str) -> list[News]:
    found = News.objects.filter(community_key=community_key, topic=name)
    return list(found.order_by("-id")[:NEWEST])
