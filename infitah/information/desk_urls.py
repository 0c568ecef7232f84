"""Desk acts of access to information, below /desk/information/."""

from django.urls import path

from infitah.information.views import (
    days,
    desk_absence,
    desk_case,
    desk_decision,
    desk_entry,
    desk_files,
    desk_letters,
    desk_mail,
    desk_portal,
    desk_publish,
    desk_queue,
    desk_redaction,
    desk_register,
    desk_report,
    desk_tasks,
    desk_transfer,
    desk_wordings,
)

app_name = "information_desk"
ONE = "<str:reference>/"
FILE = f"{ONE}files/<int:pk>/"
TASK = f"{ONE}tasks/<int:position>/"

urlpatterns = [
    path("", desk_queue.queue, name="queue"),
    path("form.pdf", desk_entry.form_pdf, name="form"),
    path("law/", desk_wordings.law, name="law"),
    path("law/<str:key>/", desk_wordings.wording, name="wording"),
    path("law/<str:key>/change/", desk_wordings.change, name="wording_change"),
    path("law/<str:key>/confirm/", desk_wordings.confirm, name="wording_confirm"),
    path("absence/", desk_absence.absence, name="absence"),
    path("absence/<int:pk>/end/", desk_absence.back, name="absence_end"),
    path("enter/", desk_entry.enter, name="enter"),
    path("entered/<uuid:key>/", desk_entry.entered, name="entered"),
    path("entered/<uuid:key>/receipt.pdf", desk_entry.entered_pdf, name="entered-pdf"),
    path("mail/", desk_mail.mails, name="mails"),
    path("mail/<int:pk>/", desk_mail.mail, name="mail"),
    path("mail/<int:pk>/sender/", desk_mail.sender, name="mail-sender"),
    path("mail/<int:pk>/<slug:name>/", desk_mail.act, name="mail-act"),
    path("report/", desk_report.reports, name="reports"),
    path("report/<int:year>/", desk_report.report, name="report"),
    path("report/<int:year>/draft.pdf", desk_report.draft, name="report-draft"),
    path("portal/", desk_portal.portal, name="portal"),
    path("portal/record/", desk_portal.record, name="portal-record"),
    path("register/", desk_register.register, name="register"),
    # Addresses without a reference stand above: a reference takes any one word.
    path(ONE, desk_case.case, name="case"),
    path(f"{ONE}acts/<slug:name>/", desk_case.act, name="act"),
    path(f"{ONE}days/", days.desk_days, name="days"),
    path(f"{ONE}identity/", desk_case.identity, name="identity"),
    path(f"{ONE}decide/", desk_decision.decide, name="decide"),
    path(f"{ONE}publish/", desk_publish.publish, name="publish"),
    path(f"{ONE}pass-on/", desk_transfer.transfer, name="pass_on"),
    path(f"{ONE}decision.pdf", desk_letters.decision, name="decision_letter"),
    path(f"{ONE}decision/address.pdf", desk_letters.addressed, name="decision_address"),
    path(f"{ONE}letters/<int:position>/address.pdf", desk_letters.addressed, name="letter_address"),
    path(f"{ONE}files/add/", desk_files.add, name="file_add"),
    path(f"{FILE}name/", desk_files.name, name="file_name"),
    path(f"{FILE}accept/", desk_files.accept, name="file_accept"),
    path(f"{FILE}remove/", desk_files.remove, name="file_remove"),
    path(f"{FILE}redact/", desk_redaction.redact, name="redaction"),
    path(f"{FILE}redact/<int:page>.png", desk_redaction.page_image, name="page"),
    path(f"{ONE}tasks/give/", desk_tasks.give, name="task_give"),
    path(f"{TASK}renew/", desk_tasks.renew, name="task_renew"),
    path(f"{TASK}cancel/", desk_tasks.cancel, name="task_cancel"),
    path(f"{TASK}answer/", desk_tasks.answer, name="task_answer"),
]
