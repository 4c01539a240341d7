"""The cache: what it holds, how often it was of use, and having everybody forget."""

from typing import Final

from pydantic import BaseModel

from models.cache import PurgeScope
from service.pages.admin.section import Section, reads, writes
from service.pages.asked import shaped
from service.pages.desk import Answer, Desk, Gone
from service.usecases import caching

PROCESS: Final = ("entries", "hits", "misses", "computed", "evictions")
SHARED: Final = (
    "entries", "hits", "misses", "stored", "rejected", "oversized", "refused", "failed", "skipped",
    "openings",
)  # fmt: skip


class Purge(BaseModel):
    """What the form says."""

    purge: PurgeScope


class Cache(Section):
    """缓存."""

    name = "cache"
    path = "/cache"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The figures, and the form that has everybody forget."""
        found = caching.figures(desk.runtime.cache)
        return self.show(
            "cache",
            process=found.process,
            shared=found.shared,
            process_figures=PROCESS,
            shared_figures=SHARED,
            scopes=tuple(PurgeScope),
        )

    @writes()
    def purge(self, desk: Desk) -> Answer:
        """Have all processes forget; what lies in Redis is removed once the answer has left."""
        said = shaped(Purge, {"purge": desk.asked.said("purge")})
        caching.purge(desk, said.purge)
        return Gone("/cache", "purged", desk.runtime.cache.purge)
