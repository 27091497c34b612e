"""The desk's tables. Django finds models through this package."""

from events.models.incidents import Incident, IncidentGroup, Participation
from events.models.keys import ApiKey, HandedIn
from events.models.places import AdminUnit, Place
from events.models.review import Decision
from events.models.said import Claim, Evidence
from events.models.sources import Feed, Report, Source
from events.models.tables import ReferenceEvent, TableRow, TableUpload
from events.models.work import ImportRun, Proposal, PublicIdCounter, Trace

__all__ = [
    "AdminUnit",
    "ApiKey",
    "Claim",
    "Decision",
    "Evidence",
    "Feed",
    "HandedIn",
    "ImportRun",
    "Incident",
    "IncidentGroup",
    "Participation",
    "Place",
    "Proposal",
    "PublicIdCounter",
    "ReferenceEvent",
    "Report",
    "Source",
    "TableRow",
    "TableUpload",
    "Trace",
]
