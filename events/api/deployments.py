"""/api/v1/deployments: where forces are or were stationed, one row per force, host country and stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView

from actors.codes import DeploymentStatus
from events.answers.envelope import json_answer, stated, tagged, unchanged
from events.api.asking import filtered, own
from events.contract.operations import Answer, Operation, Parameter
from events.contract.parameters import FILTER_PARAMETERS, MOMENT
from events.contract.schemas import shape
from events.deployments import FILTERS, actors_wanted, meets, stays, touches
from events.query.filters import FILTERS as ALL_FILTERS
from events.query.readers import code_of
from events.record.known import known

STATUS = code_of(DeploymentStatus)
NOT_HERE = tuple(name for name in ALL_FILTERS if name not in FILTERS)


class Deployments(APIView):
    """Deployments under the filters that say something of them."""

    describes = Operation(
        tag="Actors",
        summary="Where forces are or were deployed",
        meaning=(
            "`country` is the host; `since` and `until` find what may touch the days between them, as the dates of a "
            "deployment are partial. As points on a map: `/ogc/collections/deployments`."
        ),
        parameters=(
            Parameter("status", "How far the deployment is.", STATUS.schema, "confirmed"),
            *(item for item in FILTER_PARAMETERS if item.name in FILTERS),
            *MOMENT,
        ),
        answer=Answer("Deployments by force, host and beginning.", shape("Deployments")),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """All that fulfil every filter."""
        status = own(request, {"status": (STATUS, None)})["status"]
        asked = filtered(request, ("status",), ("as_of", "lang"), NOT_HERE)
        at = known(asked.as_of)
        if found := unchanged(request, at):
            return found
        wanted = actors_wanted(asked, at)
        data = [
            shown(row, stay, asked.lang)
            for row, stay in stays(at)
            if meets(row, stay, asked.values, wanted)
            and status in (None, stay["status"])
            and touches(stay, asked.values)
        ]
        return tagged(json_answer({"data": data, **stated(request, at, asked)}), request, at)


def shown(row: dict[str, Any], stay: dict[str, Any], lang: str) -> dict[str, Any]:
    """A deployment with its force named."""
    return {"actor": row["slug"], "actor_name": row[f"name_{lang}"], "actor_kind": row["kind"], **stay}
