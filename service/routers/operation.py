"""`/healthz` and `/readyz`: for load balancers and supervisors."""

from typing import Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from service import database
from service.dependencies import RuntimeDep, check_staying
from service.errors import DatabaseAway, Stopping
from service.problems import responses
from service.usecases import readiness

router = APIRouter(tags=["operation"])


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
