"""`/v1/admin/cache`: its figures, and having everybody forget."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query

from models.cache import CacheFigures, PurgeScope
from service.dependencies import AdminReads, AdminWrites
from service.usecases import caching

router = APIRouter(prefix="/v1/admin/cache", tags=["administration"])


@router.get("", summary="缓存状况 · Figures of the cache")
def read_cache(work: AdminReads) -> CacheFigures:
    """What this process and Redis hold, and how often it was of use. Null means unknown."""
    return caching.figures(work.runtime.cache)


@router.delete("", status_code=204, summary="清空缓存 · Purge the cache")
def purge_cache(
    work: AdminWrites,
    afterwards: BackgroundTasks,
    scope: Annotated[
        PurgeScope,
        Query(
            description="rankings: finished answers; records: what is made ready of them for "
            "scoring, read anew from the database; all: both"
        ),
    ] = PurgeScope.ALL,
) -> None:
    """Have all processes forget, from the next call on; the log tells of it.

    No answer changes: it is for records that were changed in the database by hand, and for doubts.
    What lies in Redis is removed after this answer has left.
    """
    caching.purge(work, scope)
    afterwards.add_task(work.runtime.cache.purge)
