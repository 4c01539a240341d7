"""`/healthz`, `/readyz` and `/metrics`: for load balancers, supervisors and Prometheus."""

from typing import Any, Final, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from service import database
from service.dependencies import RuntimeDep, check_staying
from service.errors import DatabaseAway, KeyNotAccepted, ScopeTooNarrow, Stopping, TooManyCalls
from service.problems import responses
from service.telemetry.callers import check_scraper
from service.telemetry.exposition import MEDIA_TYPE
from service.usecases import readiness

router = APIRouter(tags=["operation"])


EXPOSED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Metrics in Prometheus's text format",
        "content": {
            "text/plain": {
                "example": "# HELP bulian_database_up 数据库是否应答 · Whether the database "
                "answered in time: 1 or 0\n# TYPE bulian_database_up gauge\n"
                "bulian_database_up 1.0\n"
            }
        },
    }
}


class Health(BaseModel):
    """Whether the process answers."""

    status: Literal["ok"] = Field(description="Always ok: a process that hangs does not answer")


class Readiness(BaseModel):
    """Whether the service can do its work."""

    status: Literal["ok", "degraded"] = Field(description="degraded: slower, still right")
    database: Literal["ok"] = Field(description="Where it is not, the answer is 503")
    redis: readiness.RedisState = Field(description="none: no Redis is configured")


@router.get("/healthz", summary="存活 · Liveness")
async def read_health() -> Health:
    """Whether the process answers; nothing else is looked at."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="就绪 · Readiness",
    responses=responses(DatabaseAway, Stopping),
    dependencies=[Depends(check_staying)],
)
def read_readiness(runtime: RuntimeDep) -> Readiness:
    """Whether the process can do its work, and will for a while: 503 also while it is stopping.

    Redis away is `degraded`: answers are right, but slower.
    """
    with database.snapshot(runtime.engine) as session:
        readiness.check_database(session)
    redis = readiness.redis_state(runtime.cache)
    return Readiness(status="degraded" if redis == "away" else "ok", database="ok", redis=redis)


@router.get(
    "/metrics",
    summary="指标 · Metrics",
    response_class=PlainTextResponse,
    responses=EXPOSED | responses(KeyNotAccepted, ScopeTooNarrow, TooManyCalls, DatabaseAway),
    dependencies=[Depends(check_scraper)],
)
def read_metrics(runtime: RuntimeDep) -> Response:
    """The figures of all processes of this server and of the database, for Prometheus.

    Open to calls from this machine; to others with the bearer token `BULIAN_METRICS_TOKEN`, or an
    administrator's key. With the database away it still answers what the processes know.
    """
    return Response(runtime.exposition.text(runtime), media_type=MEDIA_TYPE)
