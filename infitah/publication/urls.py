"""Public addresses of publication, after the language."""

from django.urls import path

from infitah.publication import feeds
from infitah.publication.views import log, records, transparency

app_name = "publication"

LOG = "information/log/"
ONE = f"{LOG}<slug:reference>/"

urlpatterns = [
    path(LOG, log.log, name="log"),
    path(f"{LOG}deferred/", log.put_off, name="deferred"),
    path(f"{LOG}log.csv", feeds.log_csv, name="csv"),
    path(f"{LOG}log.json", feeds.log_json, name="json"),
    path(ONE, records.record, name="record"),
    path(f"{ONE}record.json", records.record_json, name="record-json"),
    path(f"{ONE}verdict/", records.verdict, name="verdict"),
    path(f"{ONE}<int:edition>/", records.record, name="edition"),
    path(f"{ONE}<int:edition>/record.json", records.record_json, name="edition-json"),
    path("transparency/", transparency.transparency, name="transparency"),
]
