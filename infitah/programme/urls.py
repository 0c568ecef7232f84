"""Public addresses of the programme, after the language."""

from django.urls import path

from infitah.programme.views import committee, cycle_pages, pages, rating, report, versions

app_name = "programme"
ONE = "<slug:slug>/commitments/<slug:reference>/"
REPORT = "<slug:slug>/report/<int:year>/<int:number>/"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.cycle, name="cycle"),
    path("<slug:slug>/report/", report.newest, name="report"),
    path("<slug:slug>/report/<int:year>/", report.of_year, name="report-year"),
    path(REPORT, report.version, name="report-version"),
    path(f"{REPORT}report.json", report.report_json, name="report-json"),
    path(f"{REPORT}report.csv", report.report_csv, name="report-csv"),
    path(f"{REPORT}proof.json", report.proof, name="report-proof"),
    path("<slug:slug>/late/", pages.late, name="late"),
    path("<slug:slug>/committee/", committee.committee, name="committee"),
    path("<slug:slug>/programme.json", committee.bound_programme, name="bound"),
    path("<slug:slug>/programme.txt", committee.hash_lines, name="hash_lines"),
    path("<slug:slug>/commitments/<slug:reference>/adoption/", committee.adoption, name="adoption"),
    path("<slug:slug>/carried-ideas/", cycle_pages.carried_ideas, name="carried_ideas"),
    path("<slug:slug>/commitments.csv", pages.commitments_csv, name="csv"),
    path("<slug:slug>/commitments.json", pages.commitments_json, name="json"),
    path("<slug:slug>/commitments/<slug:reference>/", pages.commitment, name="commitment"),
    path(f"{ONE}versions/", versions.versions, name="versions"),
    path(f"{ONE}versions/<int:number>.json", versions.version_json, name="version-json"),
    path("<slug:slug>/commitments/<slug:reference>/rate/", rating.rate, name="rate"),
]
