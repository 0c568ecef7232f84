"""The records of requests for information: requests, requesters apart, acts."""

from infitah.information.models.act import RequestAct
from infitah.information.models.request import InformationRequest, InformationRequestQuerySet
from infitah.information.models.requester import Requester

__all__ = ["InformationRequest", "InformationRequestQuerySet", "RequestAct", "Requester"]
