"""The desk page of the community's own identity."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from infitah.community import operations
from infitah.community.forms.desk import CommunityForm
from infitah.community.models import Community
from infitah.community.operations.founding import CommunityChanges
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out

PLAIN = ("accent", "email", "phone", "cndp_number")


def _initial(community: Community) -> dict[str, object]:
    texts = {name: getattr(community, name) for name in CommunityForm.texts}
    plain = {name: getattr(community, name) for name in PLAIN}
    return {**CommunityForm.initial_of(**texts), **plain}


def _changes(form: CommunityForm) -> CommunityChanges:
    return CommunityChanges(
        name=form.text_of("name"),
        institution=form.text_of("institution"),
        address=form.text_of("address"),
        letterhead=form.text_of("letterhead"),
        **{name: form.cleaned_data[name] for name in PLAIN},
    )


@desk_page("community.edit")
def community(request: HttpRequest) -> HttpResponse:
    item = community_of(request)
    form = CommunityForm(request.POST or None, initial=_initial(item))
    done = carried_out(
        form,
        lambda: operations.edit_community(
            community=item,
            changes=_changes(form),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The changes are kept."), "community_desk:community")
    return form_page(
        request,
        form,
        title=_("Identity of the community"),
        button=_("Keep the changes"),
        trail=[],
        hint=_("The reference code, the host and the HCP code stay for ever."),
    )
