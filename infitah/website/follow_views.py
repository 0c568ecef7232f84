"""Following by mail: one button, one's preferences, and stopping by one click."""

import uuid
from collections.abc import Collection, Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.http import mail_link_page, same_origin_required, viewer_of
from infitah.core.models import Subscriber
from infitah.core.operations import end_follow, resume_follow, set_preferences, stop_mail
from infitah.core.queries import Wish, is_demonstration, subscriber_by_token, wishes_of
from infitah.design.direction import people
from infitah.design.text import unbroken
from infitah.participation.operations import act_now_or_later
from infitah.website import followed, operations
from infitah.website.follow_forms import PreferencesForm, PreferencesLinkForm
from infitah.website.topics import Topic, topic_for, topics_for


def _topic(request: HttpRequest, name: str) -> Topic:
    found = topic_for(viewer_of(request), name[:80])
    if found is None:
        raise Http404
    return found


@same_origin_required
def follow(request: HttpRequest, topic: str) -> HttpResponse:
    """Offer to follow one thing; the address is proved once, by a code."""
    wanted, refusal = _topic(request, topic), ""
    if request.method == "POST" and wanted.has_ended:
        refusal = gettext("It has ended: nothing new is told of it any more.")
    elif request.method == "POST":
        try:
            begin = _resumed if request.POST.get("resume") else _begun
            return redirect(begin(request, wanted))
        except OperationRefused as refused:
            refusal = refused.message
    language = get_language() or "ar"
    own = followed.of_device(viewer_of(request))
    context = {
        "topic": wanted,
        "topic_url": f"/{language}/{wanted.path}",
        "refusal": refusal,
        "own": own,
        "state": own.state_of(wanted.name) if own else "",
        "is_asked": request.GET.get("asked") == "1",
        "is_resumed": request.GET.get("resumed") == "1",
    }
    return render(request, "website/follow.html", context, status=422 if refusal else 200)


def _begun(request: HttpRequest, wanted: Topic) -> str:
    """Follow at once on a proved device, else after the code; return where to go on."""
    at = reverse("follow", args=[wanted.name])
    waiting = act_now_or_later(
        participant_id=viewer_of(request).participant_id,
        community=request.community,  # type: ignore[attr-defined]
        key=uuid.uuid4(),
        kind=operations.FOLLOW,
        subject=wanted.name,
        payload={},
        interface=get_language() or "ar",
        back=f"{at}?asked=1",
        now=clock.now(),
    )
    return f"{at}?asked=1" if waiting is None else reverse("participation:act", args=[waiting.key])


def _resumed(request: HttpRequest, wanted: Topic) -> str:
    """Start again at once what the person of a proved device stopped: their explicit choice."""
    participant_id = viewer_of(request).participant_id
    if participant_id is None:
        return _begun(request, wanted)
    operations.resume_on_device(
        community=request.community,  # type: ignore[attr-defined]
        participant_id=participant_id,
        topic=wanted.name,
        language=get_language() or "ar",
        now=clock.now(),
    )
    return f"{reverse('follow', args=[wanted.name])}?resumed=1"


@same_origin_required
def link(request: HttpRequest) -> HttpResponse:
    """Show what a proved device follows; else send the link by mail, the same to every address."""
    form = PreferencesLinkForm(request.POST if request.method == "POST" else None)
    own = followed.of_device(viewer_of(request))
    context: dict[str, object] = {
        "form": form,
        "own": own,
        "topics": list(_titles(request, own.followed()).items()) if own else [],
        "is_demonstration": is_demonstration(),
    }
    if form.is_valid():
        operations.send_preferences(
            community=request.community,  # type: ignore[attr-defined]
            address=form.cleaned_data["email"],
            network=client_address(request),
            now=clock.now(),
        )
        context["is_sent"] = True
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "website/mails_link.html", context, status=status)


def _subscriber(request: HttpRequest, token: uuid.UUID) -> Subscriber | None:
    return subscriber_by_token(viewer_of(request).community_key, str(token))


def _wrong(request: HttpRequest) -> HttpResponse:
    """Say that a link is not ours, and offer a new one."""
    context = {"form": PreferencesLinkForm(), "is_wrong": True}
    return render(request, "website/mails_link.html", context, status=404)


@mail_link_page
def preferences(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Show and change what the bearer of the link follows."""
    held = _subscriber(request, token)
    if held is None:
        return _wrong(request)
    if request.method == "POST" and request.POST.get("again"):
        return _again(request, held)
    wishes = wishes_of(held)
    titles = _titles(request, [wish.topic for wish in wishes])
    initial = {
        "topics": [wish.topic for wish in wishes if wish.is_followed],
        "mails": "off" if held.stopped_at else "on",
        "language": held.language,
    }
    is_post = request.method == "POST"
    form = PreferencesForm(
        request.POST if is_post else None, topics=list(titles.items()), initial=initial
    )
    if form.is_valid():
        set_preferences(
            token=str(token),
            topics=form.cleaned_data["topics"],
            is_stopped=form.cleaned_data["mails"] == "off",
            language=form.cleaned_data["language"],
            now=clock.now(),
        )
        return redirect(f"{reverse('mails', args=[token])}?saved=1")
    context = {
        "form": form,
        "held": held,
        "is_saved": request.GET.get("saved") == "1",
        "wanted": _stopped(request, held, wishes, titles),
    }
    return render(request, "website/mails.html", context, status=422 if form.is_bound else 200)


def _stopped(
    request: HttpRequest, held: Subscriber, wishes: Iterable[Wish], titles: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the topic that the address names and the person stopped, with its title."""
    name = request.GET.get("topic", "")
    wish = next((one for one in wishes if one.topic == name), None)
    if wish is None or (wish.is_followed and held.stopped_at is None):
        return None
    return name, titles[name]


def _again(request: HttpRequest, held: Subscriber) -> HttpResponse:
    """Start one follow again: the explicit choice of the bearer of the link."""
    topic = request.POST["again"]
    if resume_follow(token=str(held.token), topic=topic, now=clock.now()) is None:
        raise Http404
    return redirect(f"{reverse('mails', args=[held.token])}?saved=1")


def _titles(request: HttpRequest, names: Collection[str]) -> dict[str, SafeString]:
    """Return the titles of topics for the reader, by name. One query a kind of topic, or two."""
    found, language = topics_for(viewer_of(request), names), get_language() or "ar"
    gone = gettext("something that is no longer shown")
    words = {name: found[name].words(language) if name in found else gone for name in names}
    return {name: unbroken(people(text)) for name, text in words.items()}


@mail_link_page
def stop(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Stop all digests: a page with one button, and the one click of a mail program (RFC 8058)."""
    held = _subscriber(request, token)
    if held is None:
        return _wrong(request)
    if request.method == "POST":
        held = stop_mail(token=str(token), now=clock.now()) or held
        if not _is_one_click(request):
            return redirect("mails-stop", token)
    return render(request, "website/mails_stop.html", {"held": held})


def _is_one_click(request: HttpRequest) -> bool:
    """Tell whether a mail program sends this: it follows no redirect (RFC 8058, section 3.1)."""
    return request.POST.get("List-Unsubscribe") == "One-Click"


@mail_link_page
def stop_one(request: HttpRequest, token: uuid.UUID, topic: str) -> HttpResponse:
    """Stop the mails about one thing: a button, or the one click of a mail program (RFC 8058)."""
    held = _subscriber(request, token)
    if held is None:
        return _wrong(request)
    if request.method == "POST":
        end_follow(token=str(token), topic=topic, now=clock.now())
        if not _is_one_click(request):
            return redirect("mails-stop-one", token, topic)
    wish = next((one for one in wishes_of(held) if one.topic == topic), None)
    if wish is None:
        raise Http404
    context = {"held": held, "wish": wish, "title": _titles(request, [topic])[topic]}
    return render(request, "website/mails_stop_one.html", context)
