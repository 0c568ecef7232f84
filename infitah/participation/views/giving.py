"""Giving an idea in four pages without script: idea, address, code, receipt."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.operations.proofs import purge_day_of
from infitah.community.queries import masked_address_of_code
from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.http import same_origin_required, viewer_of
from infitah.core.queries import is_demonstration
from infitah.design.entry import carried_out
from infitah.participation import operations, queries
from infitah.participation.conf import OPTIONS
from infitah.participation.forms.giving import AddressForm, CodeForm, GiveForm, read_key
from infitah.participation.models import Consultation, Idea, IdeaDraft
from infitah.participation.models.draft import IdeaDraftQuerySet
from infitah.participation.queries.pending import is_code_over
from infitah.participation.rules import ConsultationState, last_day
from infitah.participation.views.devices import remember_device
from infitah.participation.views.files import kept_file
from infitah.participation.views.public import found_or_404


def _trail(consultation: Consultation) -> list[tuple[object, str]]:
    return [
        (_("Consultations and ideas"), reverse("participation:index")),
        (consultation.name, consultation.get_absolute_url()),
    ]


def _page(
    request: HttpRequest,
    name: str,
    consultation: Consultation,
    step: int,
    status: int,
    **more: object,
) -> HttpResponse:
    now = clock.now()
    context = {
        "consultation": consultation,
        "open_instead": queries.open_instead(
            viewer=viewer_of(request), closed=consultation, now=now
        ),
        "is_closed": consultation.state(now) == ConsultationState.CLOSED,
        "last_day": last_day(consultation.closes_at),
        "step": step,
        "trail": _trail(consultation),
        **more,
    }
    return render(request, f"participation/{name}.html", context, status=status)


def _at(name: str, consultation: Consultation, key: uuid.UUID) -> HttpResponseRedirect:
    return redirect(f"participation:{name}", consultation.slug, key)


def _received(idea: Idea, key: uuid.UUID) -> HttpResponseRedirect:
    """Lead to a receipt; where the same sentence was given before, its page says so."""
    at = reverse("participation:received", args=[idea.consultation.slug, idea.submission_key])
    return HttpResponseRedirect(at if idea.submission_key == key else f"{at}?again=1")


@same_origin_required
def give(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, now = found_or_404(request, slug), clock.now()
    if consultation.state(now) not in {ConsultationState.OPEN, ConsultationState.CLOSED}:
        return redirect(consultation.get_absolute_url())
    if not consultation.takes_ideas and request.method != "POST":
        return redirect(consultation.get_absolute_url())
    if request.method != "POST":
        draft = _draft(consultation, request.GET.get("change", ""))
        text = draft or _late_draft(consultation, request.GET.get("late", ""))
        key = {"key": draft.key} if draft else {}
        form = GiveForm(consultation=consultation, initial=_typed(request, text) | key)
        form.kept = text.attachment if text else None
        return _give_page(request, consultation, form, 200)
    kept, refusal = kept_file(request, now)
    form = GiveForm(
        request.POST, consultation=consultation, attachment=kept, attachment_refusal=refusal
    )
    if form.warning:
        return _give_page(request, consultation, form, 200)
    done = carried_out(
        form,
        lambda: operations.draft_idea(
            consultation=consultation,
            key=form.key,
            text=form.text(request.LANGUAGE_CODE),  # type: ignore[attr-defined]
            proved_as=viewer_of(request).participant_id,
            now=now,
        ),
    )
    if done:
        return _at("confirm", consultation, form.key)
    return _give_page(request, consultation, form, 422)


def _give_page(
    request: HttpRequest, consultation: Consultation, form: GiveForm, status: int
) -> HttpResponse:
    held = queries.rules_in_force(viewer=viewer_of(request), day=clock.today())
    return _page(request, "give", consultation, 1, status, form=form, rules=held)


def _draft(consultation: Consultation, key: str) -> IdeaDraft | None:
    return _kept(IdeaDraft.objects.filter(consultation=consultation), key)


def _late_draft(consultation: Consultation, key: str) -> IdeaDraft | None:
    """Return what was typed for another consultation: too late there, in time here."""
    others = IdeaDraft.objects.filter(community=consultation.community)
    return _kept(others.exclude(consultation=consultation), key)


def _kept(drafts: IdeaDraftQuerySet, key: str) -> IdeaDraft | None:
    wanted = read_key(key)
    if wanted is None:
        return None
    return (
        drafts.filter(key=wanted)
        .waiting(clock.now())
        .select_related("axis", "commune", "attachment", "consultation", "community")
        .first()
    )


def _typed(request: HttpRequest, text: IdeaDraft | None) -> dict[str, object]:
    """Return what the first page starts with: what was typed before, or an axis from a link."""
    if text is None:
        return {"axis": request.GET.get("axis", "")[:60]}
    return {
        "axis": text.axis.slug,
        "statement": text.statement,
        "detail": text.detail,
        "commune": text.commune_id,
        "name": operations.name_of(text),
        "attachment_alt": text.attachment_alt,
    }


@same_origin_required
def confirm(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    consultation = found_or_404(request, slug)
    draft = _draft(consultation, str(key))
    if draft is None:
        return _without_draft(request, consultation, key)
    form = AddressForm(request.POST or None, is_proved=_is_proved(request, draft))
    if request.method == "POST":
        sent = carried_out(form, lambda: _send_code(request, draft, form))
        if sent:
            return sent.record
    return _confirm_page(request, draft, form)


def _confirm_page(request: HttpRequest, draft: IdeaDraft, form: AddressForm) -> HttpResponse:
    now = clock.now()
    more = {
        "draft": draft,
        "draft_name": operations.name_of(draft),
        "form": form,
        "similar": queries.similar_ideas(
            viewer=viewer_of(request), text=draft.statement, now=now, axis=draft.axis.slug
        ),
        "erased_on": purge_day_of(draft.community, now),
    }
    status = 422 if request.method == "POST" else 200
    return _page(request, "confirm", draft.consultation, 2, status, **more)


def _is_proved(request: HttpRequest, draft: IdeaDraft) -> bool:
    """Tell whether the address needs no code: proved on the device that typed the draft.

    The device is read on POST only; there it must still prove the same person.
    """
    if draft.proved_as_id is None or request.method != "POST":
        return draft.proved_as_id is not None
    return viewer_of(request).participant_id == draft.proved_as_id


def _send_code(request: HttpRequest, draft: IdeaDraft, form: AddressForm) -> HttpResponse:
    consultation = draft.consultation
    if "email" not in form.fields:
        idea = operations.submit_idea(
            draft_key=draft.key,
            author_id=int(draft.proved_as_id or 0),
            by=viewer_of(request).actor(),
            now=clock.now(),
        )
        return _received(idea, draft.key)
    operations.ask_code(
        draft=draft,
        address=form.cleaned_data["email"],
        path=reverse("participation:code", args=[consultation.slug, draft.key]),
        device=request.COOKIES.get(OPTIONS.device_cookie, ""),
        network=client_address(request),
        now=clock.now(),
        real_now=clock.real_now(),
    )
    return _at("code", consultation, draft.key)


def _without_draft(
    request: HttpRequest, consultation: Consultation, key: uuid.UUID
) -> HttpResponse:
    """Answer where a draft is gone: it became an idea, or its day has passed."""
    if queries.receipt_of(consultation=consultation, key=key) is not None:
        return _at("received", consultation, key)
    return _page(request, "gone", consultation, 1, 404)


@same_origin_required
def code(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    consultation = found_or_404(request, slug)
    draft = _draft(consultation, str(key))
    if draft is None:
        return _without_draft(request, consultation, key)
    if not draft.code_token:
        return _at("confirm", consultation, key)
    if request.method != "POST":
        form = CodeForm(initial={"code": request.GET.get("code", "")[:12]})
        over = is_code_over(draft.community, draft.code_token, clock.real_now())
        return _code_page(request, draft, form, needs_new_code=over)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, draft, form)
    given = _given(request, key, form)
    if given.idea is not None:
        # The same sentence given before by the same person leads to the idea that it became.
        return remember_device(_received(given.idea, key), given.device)
    form.add_error("code", given.refusal)
    return _code_page(request, draft, form, needs_new_code=given.needs_new_code)


def _given(request: HttpRequest, key: uuid.UUID, form: CodeForm) -> operations.Given:
    try:
        return operations.confirm_and_submit(
            draft_key=key,
            code=form.cleaned_data["code"],
            network=client_address(request),
            now=clock.now(),
            real_now=clock.real_now(),
        )
    except OperationRefused as refused:
        return operations.Given(refusal=refused.message)


def _code_page(
    request: HttpRequest, draft: IdeaDraft, form: CodeForm, *, needs_new_code: bool = False
) -> HttpResponse:
    more = {
        "draft": draft,
        "form": form,
        "sent_to": masked_address_of_code(draft.community, draft.code_token),
        "needs_new_code": needs_new_code,
        "is_demonstration": is_demonstration(),
    }
    status = 422 if form.is_bound else 200
    return _page(request, "code", draft.consultation, 3, status, **more)


@same_origin_required
def received(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    consultation = found_or_404(request, slug)
    idea = queries.receipt_of(consultation=consultation, key=key)
    if idea is None:
        raise Http404
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    more = {
        "idea": idea,
        "is_again": request.GET.get("again") == "1",
        "proof_url": queries.proof_url(idea.register_number),
        "withdrawal_url": queries.proof_url(queries.withdrawal_number(idea)),
        "verify_address": queries.verify_url(idea, language),
        "key_id": queries.signing_key(idea),
    }
    return _page(request, "received", consultation, 0, 200, **more)


@same_origin_required
def receipt_pdf(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    idea = queries.receipt_of(consultation=found_or_404(request, slug), key=key)
    if idea is None:
        raise Http404
    content = queries.receipt_pdf(idea, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{idea.reference}.pdf"'
    return response


@same_origin_required
def receipt_json(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    idea = queries.receipt_of(consultation=found_or_404(request, slug), key=key)
    if idea is None:
        raise Http404
    response = HttpResponse(queries.receipt_json(idea), content_type="application/json")
    name = f"{idea.reference}-withdrawn" if idea.withdrawn_at else idea.reference
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
