"""The app `information` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.information"
    label = "information"
    verbose_name = _("access to information")

    def ready(self) -> None:
        """Name the acts, follow the days off, give the worker what is due and erased in time."""
        from infitah.community.operations import register_clock
        from infitah.core.diagnosis import register_look
        from infitah.core.registry import register_handler, register_job
        from infitah.information import acts, diagnosis, operations
        from infitah.information.operations import clock_moves, refresh, telling_moves

        acts.name_acts()
        self._open_desk()
        self._read_mail()
        self._count()
        self._write_letters()
        register_job(
            "information.drafts",
            600,
            operations.erase_drafts,
            has_work=operations.has_drafts_to_erase,
        )
        register_job(
            "information.purge",
            3600,
            operations.purge_requesters,
            has_work=operations.has_requesters_to_purge,
        )
        register_clock(clock_moves.CLOCKS)
        register_handler("community.calendar_changed", refresh.count_again)
        register_job(
            "information.moves",
            2,
            telling_moves.tell_moves,
            has_work=telling_moves.has_moves_to_tell,
        )
        register_job(
            "information.refresh",
            60,
            refresh.refresh_requests,
            has_work=refresh.has_requests_to_refresh,
        )
        register_look(diagnosis.requests)

    def _count(self) -> None:
        """Have the sheets of yearly reports and long exports made, and exports shown to whom."""
        from infitah.core.registry import register_export, register_file_guard, register_job
        from infitah.information.management.exporting import RequestsExport
        from infitah.information.operations import exports, reports
        from infitah.information.queries.figures.office import may_open_export

        register_export("requests", RequestsExport())
        register_job(
            "information.reports",
            5,
            reports.draw_yearly_reports,
            has_work=reports.has_yearly_reports_to_draw,
        )
        register_job(
            "information.exports",
            5,
            exports.make_exports,
            has_work=exports.has_exports_to_make,
            lease_seconds=1800,
        )
        register_file_guard(exports.SUBJECT, may_open_export)

    def _read_mail(self) -> None:
        """Have the mailbox read, answers to our mails sent there, mails erased in time."""
        from infitah.core.diagnosis import register_look
        from infitah.core.registry import (
            register_file_guard,
            register_job,
            register_reply_to,
        )
        from infitah.information import mail_diagnosis
        from infitah.information.operations import mail_erasing, mail_in
        from infitah.information.queries import desk_mail
        from infitah.information.queries.mail_in import reply_to_of

        register_job(
            "information.mail_in",
            60,
            mail_in.read_mailbox,
            has_work=mail_in.has_mail_due,
        )
        register_job(
            "information.mail_erase",
            3600,
            mail_erasing.erase_mails,
            has_work=mail_erasing.has_mails_to_erase,
        )
        register_reply_to("information/", reply_to_of)
        register_file_guard(desk_mail.FILE_PREFIX, desk_mail.file_is_visible)
        register_look(mail_diagnosis.mails)

    def _open_desk(self) -> None:
        """Have files looked into and shown to who may see them, requests found by officers."""
        from infitah.core.registry import register_file_guard, register_handler, register_job
        from infitah.information.operations import (
            file_checks,
            indexing,
            morning,
            publishing,
            redaction_runs,
            reminders,
            task_letters,
        )
        from infitah.information.queries import (
            desk_files,
            desk_search,
            desk_words,
            report_search,
        )
        from infitah.searchindex.registry import register_source

        register_file_guard(desk_files.FILE_PREFIX, desk_files.file_is_visible)
        register_source(desk_words.KIND, desk_search.searchable_request)
        register_source(report_search.KIND, report_search.searchable_report)
        register_handler("information.report_published", indexing.index_report)
        register_handler("publication.record_published", publishing.note_published)
        for act in indexing.CHANGES:
            register_handler(f"information.{act}", indexing.index_request)
        register_job(
            "information.checks",
            2,
            file_checks.check_files,
            has_work=file_checks.has_files_to_check,
        )
        register_job(
            "information.redaction",
            2,
            redaction_runs.burn_runs,
            has_work=redaction_runs.has_runs,
            lease_seconds=900,
        )
        for name, run, has_work in (
            ("nudges", task_letters.nudge_services, task_letters.has_services_to_nudge),
            ("reminders", reminders.remind, reminders.has_reminders),
            ("morning", morning.send_digests, morning.has_digests),
        ):
            register_job(f"information.{name}", 600, run, has_work=has_work)

    def _write_letters(self) -> None:
        """Have each act told once by letter or mail, and large files for the commission made."""
        from infitah.core.registry import register_handler, register_job
        from infitah.information.operations import bundles, letters

        for kind in sorted(letters.TOLD):
            register_handler(f"information.{kind}", letters.ask_letter)
        register_job(
            "information.letters",
            0.5,
            letters.write_letters,
            has_work=letters.has_letters_to_write,
        )
        register_job(
            "information.bundles",
            2,
            bundles.make_bundles,
            has_work=bundles.has_bundles_to_make,
            lease_seconds=1800,
        )
