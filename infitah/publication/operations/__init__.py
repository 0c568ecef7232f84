"""Acts of publication: answers are published, put off, taken back; readers say what helped."""

from infitah.publication.operations.guards import IdentityLeft, RecordRefused, check_record
from infitah.publication.operations.records import (
    GENERATION,
    KIND,
    Correction,
    defer_record,
    has_due_records,
    publish_deferred,
    publish_due,
    publish_record,
    withdraw_record,
)
from infitah.publication.operations.verdicts import count_verdict, has_old_marks, sweep_marks
from infitah.publication.operations.writing import FILE_PREFIX, stage_public_copy
from infitah.publication.rules import FileToPublish, Identity, RecordText, Withheld

__all__ = [
    "FILE_PREFIX",
    "GENERATION",
    "KIND",
    "Correction",
    "FileToPublish",
    "Identity",
    "IdentityLeft",
    "RecordRefused",
    "RecordText",
    "Withheld",
    "check_record",
    "count_verdict",
    "defer_record",
    "has_due_records",
    "has_old_marks",
    "publish_deferred",
    "publish_due",
    "publish_record",
    "stage_public_copy",
    "sweep_marks",
    "withdraw_record",
]
