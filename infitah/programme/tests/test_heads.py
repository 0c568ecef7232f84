"""Every public page names itself: a title and a description, plain, in the page's language."""

import re
from datetime import date

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.tests.factories import (
    DAY,
    NOW,
    OWNER,
    STEP,
    adopted_programme,
    evidence,
    idea_of,
)

LANGUAGES = ("ar", "fr", "zgh")
MARKUP = re.compile(r"</?[a-z]+[^>]*>|&[a-z]+;", re.IGNORECASE)
FIXED = (
    "programme:index",
    "participation:index",
    "participation:mine",
    "council:index",
    "council:members",
    "council:sessions",
    "council:decisions",
    "calculator:deadline",
    "register:index",
    "register:verify",
)


@pytest.fixture
def story(sefrou):
    """A cycle with a commitment that grew from an idea; its title holds joined digits."""
    cycle, (commitment,) = adopted_programme(sefrou)
    idea = idea_of(sefrou)
    operations.link_idea(commitment=commitment, idea=idea, weight="main", on=DAY, **STEP)
    cycle.title = cycle.title.with_text("ar", "برنامج الانفتاح 2024-2025").with_text(
        "fr", "Programme d’ouverture 2024-2025"
    )
    cycle.save(update_fields=["title"])
    return commitment


def addresses(commitment):
    slug, deliberation = commitment.cycle.slug, commitment.cycle.deliberation
    idea = commitment.source_ideas.get().idea
    session = deliberation.vote.item.sitting.session
    return [
        *(reverse(name) for name in FIXED),
        reverse("programme:cycle", args=[slug]),
        reverse("programme:late", args=[slug]),
        reverse("programme:commitment", args=[slug, commitment.reference]),
        reverse("participation:consultation", args=[idea.consultation.slug]),
        reverse("participation:idea", args=[idea.consultation.slug, idea.reference]),
        reverse("council:decision", args=[deliberation.reference]),
        reverse("council:session", args=[session.reference]),
    ]


def head(client, address):
    answer = client.get(address, headers={"host": "localhost"})
    assert answer.status_code == 200, address
    page = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    told = page.find(".//meta[@name='description']")
    assert told is not None, address
    return "".join(page.find(".//title").itertext()), told.get("content")


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_descriptions_hold_no_markup_and_are_not_empty(story, client, language):
    with translation.override(language):
        walked = addresses(story)
    for address in walked:
        for words in head(client, address):
            own = words.rsplit(" · ", 1)[0]
            assert len(own.strip()) > 3, (address, words)
            assert not MARKUP.search(words), (address, words)


def test_pages_are_described_by_what_they_hold(story, client):
    with translation.override("ar"):
        idea = story.source_ideas.get().idea
        shown = reverse("participation:idea", args=[idea.consultation.slug, idea.reference])
        page = reverse("programme:commitment", args=[story.cycle.slug, story.reference])
        register = reverse("register:index")
    assert idea.statement in head(client, shown)[1]
    assert head(client, page)[1].startswith("متأخر بـ")
    assert "التزم المجلس بمشروع واحد" in head(client, f"/ar/programme/{story.cycle.slug}/")[1]
    assert "رقم" in head(client, register)[1]
    idea.state = "held"
    idea.save(update_fields=["state"])
    title, description = head(client, shown)
    assert idea.statement not in title + description


ARABIC = re.compile("[\u0600-\u06ff]")


def unmarked(element, language=""):
    """Yield the Arabic texts of a page whose nearest language is another."""
    language = element.get("lang") or language
    if element.tag in {"title", "meta", "script", "style"}:
        return
    texts = [element.text, *(child.tail for child in element)]
    yield from (text for text in texts if text and ARABIC.search(text) and language != "ar")
    for child in element:
        if isinstance(child.tag, str):
            yield from unmarked(child, language)


@pytest.mark.parametrize("language", ["fr", "zgh"])
def test_arabic_on_a_page_of_another_language_is_marked(story, client, language):
    story.title = LocalizedText(ar="تجديد الموقع")
    story.save(update_fields=["title"])
    reference = f"{story.reference}-M1"
    operations.start_milestone(reference=reference, on=date(2024, 1, 8), by=OWNER, now=NOW)
    given = evidence(title=LocalizedText(ar="محضر التسليم"))
    operations.claim_milestone(
        reference=reference, evidence=given, on=date(2024, 2, 1), by=OWNER, now=NOW
    )
    with translation.override(language):
        walked = addresses(story)
    for address in walked:
        answer = client.get(address, headers={"host": "localhost"})
        page = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
        assert not list(unmarked(page)), address
