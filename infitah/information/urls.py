"""Public addresses of access to information, below /<language>/information/."""

from django.urls import path

from infitah.information.views import (
    asking,
    bundles,
    days,
    entry,
    figures,
    figures_report,
    following,
    remedies,
    service,
)

app_name = "information"

ASK = "ask/<uuid:key>/"
FOLLOW = "follow/<str:token>/"
FIGURES = "figures/"
REPORT = f"{FIGURES}<int:year>/report/"

urlpatterns = [
    path("", entry.index, name="index"),
    path("suggest/", entry.suggest, name="suggest"),
    path("told/", entry.told, name="told"),
    path("opened/", entry.opened, name="opened"),
    path("ask/", asking.ask, name="ask"),
    path(f"{ASK}who/", asking.who, name="who"),
    path(f"{ASK}send/", asking.send, name="send"),
    path(f"{ASK}code/", asking.again, name="again"),
    path(f"{ASK}received/", asking.received, name="received"),
    path("form.pdf", asking.form_pdf, name="form"),
    path(f"{ASK}form.pdf", asking.filled_form, name="filled-form"),
    path(f"{ASK}receipt.pdf", asking.receipt_pdf, name="receipt-pdf"),
    path(f"{ASK}receipt.json", asking.receipt_json, name="receipt-json"),
    path("follow/", following.follow, name="follow"),
    path(FOLLOW, following.followed, name="followed"),
    path(f"{FOLLOW}clarify/", following.clarify, name="clarify"),
    path(f"{FOLLOW}withdraw/", following.withdraw, name="withdraw"),
    path(f"{FOLLOW}complain/", following.complain, name="complain"),
    path(f"{FOLLOW}days/", days.days, name="days"),
    path(f"{FOLLOW}cdai.pdf", bundles.bundle, name="bundle"),
    path(f"{FOLLOW}cdai/", bundles.making, name="bundle-making"),
    path(f"{FOLLOW}cdai/<uuid:key>.pdf", bundles.made, name="bundle-made"),
    path(f"{FOLLOW}files/<uuid:key>/<str:name>", following.case_file, name="case-file"),
    path("remedies/", remedies.remedies, name="remedies"),
    path("service/<str:token>/", service.task, name="service"),
    path(FIGURES, figures.newest, name="figures"),
    path(f"{FIGURES}figures.csv", figures.figures_csv, name="figures-csv"),
    path(f"{FIGURES}figures.json", figures.figures_json, name="figures-json"),
    path(f"{FIGURES}requests.csv", figures.requests_csv, name="requests-csv"),
    path(f"{FIGURES}requests.json", figures.requests_json, name="requests-json"),
    path(f"{FIGURES}<int:year>/", figures.of_year, name="figures-year"),
    path(REPORT, figures_report.report, name="report"),
    path(f"{REPORT}<int:number>/", figures_report.version, name="report-version"),
    path(f"{REPORT}<int:number>/report.json", figures_report.report_json, name="report-json"),
    path(f"{REPORT}<int:number>/report.csv", figures_report.report_csv, name="report-csv"),
    path(f"{REPORT}<int:number>/proof.json", figures_report.report_proof, name="report-proof"),
    path(f"{FIGURES}<int:year>/<slug:figure>/", figures.listed, name="figure"),
]
