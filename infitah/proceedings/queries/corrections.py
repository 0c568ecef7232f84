"""Reads before a record is put right: what rests on it, and what stands instead of it."""

from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _

from infitah.proceedings.models import Minutes, Session, Sitting, VoteEvent

OWN = "proceedings"


def are_minutes_bound(session: Session) -> bool:
    """Return whether the minutes of a session are approved: its records then stay. One query."""
    bound = (Minutes.State.APPROVED, Minutes.State.PUBLISHED)
    return Minutes.objects.filter(session=session, state__in=bound).exists()


def why_bound(vote: VoteEvent) -> str:
    """Return why the record of a vote can no longer be put right, and what to do; empty if it can.

    `vote.item.sitting.session` must be fetched. One query a kind of record that may rest on it.
    """
    if vote.struck_on is not None:
        return _("This record was struck already.")
    if are_minutes_bound(vote.item.sitting.session):
        return _(
            "The minutes of this session are approved: the record of the vote stays as it is. Put "
            "the question on the agenda of a later sitting and record its vote there."
        )
    resting = what_rests_on(vote)
    if resting:
        return _(
            "The record stays as it is, for this rests on it: %(what)s. Put the question on the "
            "agenda of a later sitting, record its vote there, and what it decides by it."
        ) % {"what": resting}
    return ""


def what_rests_on(vote: VoteEvent) -> str:
    """Return the name of a record of an app above that was made by this vote, or nothing.

    The database knows its own relations: an app above need not tell of a new one.
    """
    for relation in VoteEvent._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        model = relation.related_model
        if isinstance(model, str) or model._meta.app_label == OWN:
            continue
        found = model._base_manager.filter(**{relation.field.name: vote.pk}).first()
        if found is not None:
            return f"{model._meta.verbose_name} ({getattr(found, 'reference', '') or found.pk})"
    return ""


def why_roll_bound(sitting: Sitting) -> str:
    """Return why a roll call can no longer be put right, and what to do; empty if it can.

    `sitting.session` must be fetched. Two queries.
    """
    if sitting.state not in {Sitting.State.HELD, Sitting.State.NO_QUORUM}:
        return _("The roll of this sitting was not called yet.")
    if not sitting.attendances.exists():
        return _("This sitting was entered afterwards: nobody's presence is stated.")
    if are_minutes_bound(sitting.session):
        return _(
            "The minutes of this session are approved: its roll call stays as it is. Say what was "
            "wrong at a later sitting, and write it in its minutes."
        )
    return ""
