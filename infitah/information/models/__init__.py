"""The records of requests for information: requests, requesters apart, acts, decisions, files."""

from infitah.information.models.act import RequestAct
from infitah.information.models.bundle import BundleRun
from infitah.information.models.clock import ClockMove, LegalText
from infitah.information.models.counting import SuggestionCount
from infitah.information.models.decision import Decision, WithheldPart
from infitah.information.models.draft import RequestDraft
from infitah.information.models.file import CaseFile, RedactionBox, RedactionRun
from infitah.information.models.letter import ActLetter
from infitah.information.models.mail import (
    IncomingFile,
    IncomingMail,
    IncomingMailQuerySet,
)
from infitah.information.models.report import PortalCount, RegisterExport, YearlyReport
from infitah.information.models.request import InformationRequest, InformationRequestQuerySet
from infitah.information.models.requester import Requester, RequesterReading
from infitah.information.models.task import ServiceTask

__all__ = [
    "ActLetter",
    "BundleRun",
    "CaseFile",
    "ClockMove",
    "Decision",
    "IncomingFile",
    "IncomingMail",
    "IncomingMailQuerySet",
    "InformationRequest",
    "InformationRequestQuerySet",
    "LegalText",
    "PortalCount",
    "RedactionBox",
    "RedactionRun",
    "RegisterExport",
    "RequestAct",
    "RequestDraft",
    "Requester",
    "RequesterReading",
    "ServiceTask",
    "SuggestionCount",
    "WithheldPart",
    "YearlyReport",
]
