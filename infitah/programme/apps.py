"""The app `programme` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ACTS = {
    "cycle_opened": _("Cycle of the programme opened"),
    "cycle_edited": _("Cycle of the programme changed"),
    "committee_named": _("Follow-up committee of the cycle named"),
    "composition_reason_set": _("Reason published for the composition of the committee"),
    "timetable_set": _("Step of the timetable announced"),
    "timetable_edited": _("Step of the timetable changed"),
    "timetable_moved": _("Step of the timetable moved"),
    "timetable_struck": _("Step of the timetable struck out"),
    "commitment_carried_over": _("Commitment carried over to the next cycle"),
    "ideas_carried_over": _("Ideas taken up by the next cycle"),
    "imported": _("Running programme imported from a file"),
    "round_added": _("Consultation made a round of the cycle"),
    "item_named": _("Item of the agenda named for the programme"),
    "item_released": _("Item of the agenda no longer named for the programme"),
    "adopted": _("Programme adopted by the council"),
    "returned_to_council": _("Programme taken to the council again after an annulment"),
    "cycle_assessed": _("Cycle assessed"),
    "commitment_drafted": _("Commitment drafted"),
    "commitment_idea_linked": _("Idea linked to a commitment"),
    "commitment_idea_weighed": _("Weight of an idea in a commitment changed"),
    "commitment_idea_unlinked": _("Idea taken from a draft commitment"),
    "commitment_edited": _("Draft commitment changed"),
    "commitment_milestones_set": _("Milestones of a draft commitment set"),
    "commitment_indicators_set": _("Indicators of a draft commitment set"),
    "commitment_checked": _("Quality of a draft commitment published"),
    "commitment_put_to_public": _("Draft commitment put to the public"),
    "commitment_corrected": _("Text of a draft commitment corrected, with the reason"),
    "commitment_milestone_added": _("Milestone added to a commitment"),
    "commitment_indicator_added": _("Indicator added to a commitment"),
    "commitment_measured": _("Indicator measured"),
    "commitment_validated": _("Commitment validated by the follow-up committee"),
    "commitment_amendment_moved": _("Amendment moved in session"),
    "commitment_amendment_decided": _("Amendment voted in session"),
    "commitment_amendment_withdrawn": _("Amendment withdrawn by its mover"),
    "commitment_rejected": _("Commitment not kept, by vote"),
    "commitment_withdrawn": _("Commitment withdrawn by deliberation"),
    "milestone_started": _("Milestone under way"),
    "milestone_blocked": _("Milestone blocked"),
    "milestone_claimed": _("Milestone said to be done"),
    "milestone_verified": _("Milestone confirmed by a second person"),
    "milestone_returned": _("Milestone sent back: evidence not enough"),
    "milestone_rescheduled": _("Milestone put off"),
    "evidence_captured": _("Evidence captured"),
    "progress_told": _("Monthly word of the owner of a commitment"),
    "owner_set": _("Owner of a commitment named for the monthly word"),
    "owner_removed": _("Owner of a commitment no longer asked"),
    "report_published": _("Annual report published"),
    "report_presented": _("Annual report presented to the council"),
    "assessment_published": _("Finding on a commitment published"),
    "assessment_replied": _("Reply of the council to a finding published"),
}


class ProgrammeConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.programme"
    label = "programme"
    verbose_name = _("programme")

    def ready(self) -> None:
        """Tell the apps below what the programme adds to their pages."""
        from infitah.core import clock
        from infitah.core.registry import register_handler, register_job
        from infitah.council import queries as council
        from infitah.ledger.rules.acts import register_act, register_family
        from infitah.participation import queries as participation
        from infitah.participation.operations import register_pending_act
        from infitah.participation.queries.planned import register_planned_reading
        from infitah.proceedings.queries import register_before_meeting, register_session_acts
        from infitah.programme import operations, queries
        from infitah.programme.queries.planned_reading import planned_reading

        council.register_consequences(queries.consequences_of)
        council.register_own_texts(queries.own_texts)
        council.register_other_votes(queries.amendment_votes)
        register_session_acts(queries.session_acts)
        register_before_meeting(queries.before_meeting)
        participation.register_answers(queries.ideas_with_follow_up)
        participation.register_follow_up(
            lambda key, reference, is_kept: queries.follow_up_of(
                key, reference, is_kept=is_kept, today=clock.today()
            )
        )
        self._be_found()
        register_planned_reading(lambda one: planned_reading(one, today=clock.today()))
        participation.register_backgrounds(queries.backgrounds)
        participation.register_desk_ways(queries.ways_on)
        register_handler(operations.IDEA_CARRIED, operations.tell_carried_author)
        register_handler(operations.ADOPTED_EVENT, operations.tell_adopted)
        register_handler(operations.REJECTED_EVENT, operations.tell_not_kept)
        register_handler(operations.WITHDRAWN_EVENT, operations.tell_not_kept)
        register_handler("programme.milestone_verified", operations.tell_authors)
        register_pending_act(
            "rating",
            operations.perform_rating,
            asked=_("Your answer is ready to be counted."),
            done=_("Your answer is counted. You may change it on the page of the commitment."),
            shown=queries.shown_rating,
        )
        register_job(
            "programme.monthly",
            900,
            operations.send_monthly_links,
            has_work=operations.has_links_to_send,
        )
        register_job(
            "programme.captures",
            20,
            operations.make_captures,
            has_work=operations.has_captures_to_make,
        )
        register_job(
            "programme.reports",
            5,
            operations.draw_reports,
            has_work=operations.has_reports_to_draw,
        )
        register_family("programme", _("Openness programme"))
        for act, label in ACTS.items():
            register_act(f"programme.{act}", label)

    def _be_found(self) -> None:
        """Have documents and data that show what was done found by words."""
        from infitah.programme.queries.evidence_search import KINDS_OF, evidence_source
        from infitah.searchindex.registry import register_source

        for kind in KINDS_OF:
            register_source(kind, evidence_source(kind))
