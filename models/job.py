"""Jobs: work that outlasts a request, done by whichever worker has it, a portion at a time."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.allocation import AllocationTask
from models.base import InputShape, PublicShape, Record, RecordPublic
from models.columns import JsonOf, enum_column
from models.ids import new_id
from models.import_task import ImportTask


class JobKind(StrEnum):
    """What a job does (任务种类)."""

    IMPORT = "import"
    """批量导入."""
    ALLOCATION = "allocation"
    """统筹配置."""


class JobStatus(StrEnum):
    """How far a job is (任务状态)."""

    QUEUED = "queued"
    """排队中: also between two attempts."""
    RUNNING = "running"
    """执行中."""
    DONE = "done"
    """已完成."""
    FAILED = "failed"
    """已失败: given up; it goes on where it stopped when an administrator retries it."""
    CANCELLED = "cancelled"
    """已取消."""


ENDED = frozenset({JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED})
"""A job with one of these is touched by no worker."""


Task = ImportTask | AllocationTask
"""What a job is about."""


class JobCounts(InputShape):
    """What became of the rows so far."""

    created: int = Field(default=0, ge=0, description="Rows that became new records")
    updated: int = Field(default=0, ge=0, description="Rows that changed a record")
    unchanged: int = Field(default=0, ge=0, description="Rows that say what is known already")
    refused: int = Field(default=0, ge=0, description="Rows that were not taken, with reasons")

    def plus(self, other: "JobCounts") -> "JobCounts":
        """Both together."""
        mine, its = self.model_dump(), other.model_dump()
        return JobCounts(**{name: mine[name] + its[name] for name in mine})


class RowFault(InputShape):
    """One thing that is wrong with a row."""

    column: str = Field(description="The file's own name of the column; empty = the whole row")
    field: str = Field(description="The field, as the API names it; empty = the whole row")
    msg: str = Field(description="What is wrong; it does not repeat the value")


class RowRefusal(InputShape):
    """A row that was not taken."""

    line: int = Field(description="Its line in the file, counted from 1, the header included")
    faults: list[RowFault] = Field(description="All that is wrong with it")


class Job(Record, table=True):
    """A job as stored; what it is about never changes, where it stands does with each portion."""

    __table_args__ = (Index("ix_job_status_next_attempt_at", "status", "next_attempt_at"),)

    id: str = Field(default_factory=lambda: new_id("job"), primary_key=True)
    kind: JobKind = Field(sa_type=enum_column(JobKind))
    status: JobStatus = Field(default=JobStatus.QUEUED, sa_type=enum_column(JobStatus))
    created_by: str
    """The key that asked for it, or "system"; what it makes belongs to that key."""
    task: Task = Field(sa_type=JsonOf(Task))
    rows: int
    rows_done: int = Field(default=0)
    portions: int
    position: int = Field(default=0)
    """How many portions are done: kept in the same transaction as what they changed."""
    counts: JobCounts = Field(default_factory=JobCounts, sa_type=JsonOf(JobCounts))
    attempts: int = Field(default=0)
    """Turns begun since it last came on."""
    next_attempt_at: AwareDatetime | None = Field(default=None)
    """Not before this moment; null = at once."""
    error: str | None = Field(default=None)
    cancel_requested: bool = Field(default=False)
    leased_by: str | None = Field(default=None)
    """The worker whose turn it is."""
    lease_until: AwareDatetime | None = Field(default=None)
    started_at: AwareDatetime | None = Field(default=None)
    finished_at: AwareDatetime | None = Field(default=None, index=True)

    @property
    def import_task(self) -> ImportTask:
        """What an import is about; asked of imports only."""
        if isinstance(self.task, ImportTask):
            return self.task
        raise TypeError(f"{self.id} is no import")


class JobPortion(SQLModel, table=True):
    """Some rows of a job's file, and which of them were refused."""

    __tablename__ = "job_portion"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    job_id: str = Field(primary_key=True, foreign_key="job.id", ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """Counts the portions of a job from 1."""
    last_line: int
    """Of the file; the portions are in the order of their lines."""
    rows: int
    content: bytes
    """The rows as `service.imports.packing` writes them; of an allocation what is asked for, and
    then its answer."""
    refused: int = Field(default=0)
    refusals: list[RowRefusal] = Field(default_factory=list, sa_type=JsonOf(list[RowRefusal]))


class JobPublic(RecordPublic):
    """A job as answered."""

    kind: JobKind = Field(description="What it does: import or allocation")
    status: JobStatus = Field(description="queued, running, done, failed or cancelled")
    created_by: str = Field(description="The key that asked for it; system = the command line")
    task: Task = Field(description="What it is about")
    rows: int = Field(description="Rows of the file, number; 1 of an allocation")
    rows_done: int = Field(description="Rows that are done, refused ones included, number")
    counts: JobCounts = Field(description="What became of them")
    attempts: int = Field(description="Turns begun since it last came on")
    next_attempt_at: AwareDatetime | None = Field(description="Next try, UTC; null = at once")
    error: str | None = Field(description="Why the last turn broke off; null = it did not")
    cancel_requested: bool = Field(description="Whether it is to end after the portion under way")
    started_at: AwareDatetime | None = Field(description="When first begun, UTC; null = not yet")
    finished_at: AwareDatetime | None = Field(description="When it ended, UTC; null = not yet")


class JobDetail(JobPublic):
    """One job as answered."""

    errors: list[RowRefusal] = Field(
        description="The first rows that were not taken, 20 at most; `/refusals` lists them all"
    )
    edition_id: str | None = Field(
        description="The draft edition that was loaded, see `/v1/admin/reference`; null = none"
    )


class JobProgress(PublicShape):
    """One message of a job's stream of events."""

    status: JobStatus = Field(description="queued, running, done, failed or cancelled")
    rows: int = Field(description="Rows of the file, number")
    rows_done: int = Field(description="Rows that are done, number")
    counts: JobCounts = Field(description="What became of them")
    error: str | None = Field(description="Why the last turn broke off; null = it did not")
