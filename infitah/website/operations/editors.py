"""Who edits pages: Wagtail's rights follow from the offices of `community` (decisions B3).

Wagtail asks groups. Each community has one, `pages:<key>`; an officer is in it as long as a grant
in force gives "page.edit" here, and at most in that of the host where he works.
"""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
)
from wagtail.users.models import UserProfile

from infitah.community.models import Community, User
from infitah.community.queries import by_key, rights_of
from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.website import rules
from infitah.website.models import HomePage
from infitah.website.queries import editor_group, editor_groups

PAGE_ACTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
IMAGE_ACTS = ("add_image", "change_image", "delete_image", "choose_image")
STRIP_ACTS = ("add_emergencystrip", "change_emergencystrip", "delete_emergencystrip")


def _permissions(app: str, names: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))


@transaction.atomic
def make_editors(*, community: Community) -> Group:
    """Return the community's group of editors: its homes, its images, nothing of others.

    Idempotent; a home that came later is added.
    """
    group, _new = Group.objects.get_or_create(name=rules.group_name(community.key))
    entry = _permissions("wagtailadmin", ("access_admin",))
    group.permissions.set([*entry, *_permissions("website", STRIP_ACTS)])
    for home in HomePage.objects.filter(community=community):
        for permission in _permissions("wagtailcore", PAGE_ACTS):
            GroupPagePermission.objects.get_or_create(
                group=group, page_id=home.pk, permission=permission
            )
    collection = _collection(community, group)
    for permission in _permissions("wagtailimages", IMAGE_ACTS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return group


def _collection(community: Community, group: Group) -> Collection:
    """Return where the images of the community lie, made if it is missing."""
    held = GroupCollectionPermission.objects.filter(group=group).select_related("collection")
    first = held.first()
    if first is not None:
        found: Collection = first.collection
        return found
    root = Collection.get_first_root_node()
    return root.add_child(name=f"{community.institution.ar} ({community.key})")


@transaction.atomic
def sync_editor(*, user: User, community: Community, may_edit: bool) -> None:
    """Make `user` an editor of this community's pages, and of no other's, or of these no more.

    One query when nothing changes.
    """
    own = rules.group_name(community.key)
    standing = {group.name: group for group in editor_groups(user)}
    wanted = {own} if may_edit else set(standing) - {own}
    user.groups.remove(*(group for name, group in standing.items() if name not in wanted))
    if may_edit and own not in standing:
        user.groups.add(editor_group(community) or make_editors(community=community))


@transaction.atomic
def keep_language(*, user: User, language: str) -> None:
    """Make both the desk and the back office speak `language` to `user`. Two queries or fewer."""
    if language in User.Language.values and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    profile = UserProfile.get_for_user(user)
    if profile.preferred_language != user.language:
        profile.preferred_language = user.language
        profile.save(update_fields=["preferred_language"])
    setattr(user, "wagtail_userprofile", profile)  # noqa: B010 (a reverse relation of Wagtail)


def on_access_changed(*, event: Outbox, now: datetime) -> None:
    """Follow a grant that was opened or closed at the desk (event `community.access_*`)."""
    community = by_key(event.community_key)
    user = User.objects.get(pk=event.payload["user"])
    may_edit = "page.edit" in rights_of(user, community, local_day(now))
    sync_editor(user=user, community=community, may_edit=may_edit)
