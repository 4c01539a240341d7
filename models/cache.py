"""What the cache holds and what it was good for, as administrators read it."""

from enum import StrEnum

from pydantic import Field

from models.base import PublicShape


class PurgeScope(StrEnum):
    """What to forget."""

    ALL = "all"
    RANKINGS = "rankings"
    RECORDS = "records"


class ProcessCache(PublicShape):
    """What the process that answers holds itself; counts since its start."""

    entries: int = Field(description="Finished answers held")
    bytes: int = Field(description="Bytes they take")
    max_bytes: int = Field(description="Bytes they may take")
    evictions: int = Field(description="Answers that left because room was needed")
    hits: int = Field(description="Answers found here")
    misses: int = Field(description="Answers not found here: from Redis, made, or waited for")
    computed: int = Field(description="Answers made")


class SharedCache(PublicShape):
    """What is known of Redis; counts of this process since its start."""

    state: str = Field(description="closed: in use; open or probing: away, nobody asks it")
    entries: int | None = Field(description="Answers of this installation in it; null = unknown")
    bytes: int | None = Field(description="Bytes of these answers; null = unknown")
    hits: int = Field(description="Answers found in it")
    misses: int = Field(description="Answers not found in it")
    rejected: int = Field(description="Values found that this installation had not sealed")
    stored: int = Field(description="Answers written to it")
    oversized: int = Field(description="Answers too long to be written")
    refused: int = Field(description="Questions that it answered with an error")
    failed: int = Field(description="Questions that it did not answer in time")
    skipped: int = Field(description="Questions not asked, because it was away or busy")
    openings: int = Field(description="How often it was found to be away")


class CacheFigures(PublicShape):
    """The answer of `GET /v1/admin/cache`."""

    process: ProcessCache = Field(description="This process; others have caches of their own")
    shared: SharedCache | None = Field(description="Redis or Valkey; null = none is configured")
