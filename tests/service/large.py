"""An allocation made as a job, however small it is."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service.jobs.kinds import JOBS
from service.jobs.worker import Worker
from service.usecases import allocations


def large_allocation(client: TestClient, **body: Any) -> str:
    """The id of a job of the caller's that has made its allocation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocations, "MOST_AT_ONCE", -1)
        made = client.post("/v1/allocations", json=body).json()
    app: Any = client.app
    Worker(app.state.runtime, JOBS).tick(made["id"])
    return made["id"]
