"""The records of requests for information: requests, requesters apart, acts, decisions."""

from infitah.information.models.act import RequestAct
from infitah.information.models.decision import Decision, WithheldPart
from infitah.information.models.request import InformationRequest, InformationRequestQuerySet
from infitah.information.models.requester import Requester

__all__ = [
    "Decision",
    "InformationRequest",
    "InformationRequestQuerySet",
    "RequestAct",
    "Requester",
    "WithheldPart",
]
