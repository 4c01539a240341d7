"""The tables of jobs and of the portions of their files."""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENTS = ("next_attempt_at", "lease_until", "started_at", "finished_at")

Kind: TypeAlias = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]


def columns(kind: Kind, *names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Columns of one kind."""
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "job",
        *columns(sa.String, "id", "created_by"),
        *columns(sa.Integer, "version", "rows", "rows_done", "portions", "position", "attempts"),
        *columns(MOMENT, "created_at", "updated_at"),
        *columns(WORD, "kind", "status"),
        *columns(JSON, "task", "counts"),
        *columns(sa.Boolean, "cancel_requested"),
        *columns(sa.String, "error", "leased_by", nullable=True),
        *columns(MOMENT, *MOMENTS, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_status_next_attempt_at", "job", ["status", "next_attempt_at"])
    op.create_index("ix_job_finished_at", "job", ["finished_at"])
    op.create_table(
        "job_portion",
        *columns(sa.String, "job_id"),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        *columns(sa.Integer, "last_line", "rows", "refused"),
        *columns(sa.LargeBinary, "content"),
        *columns(JSON, "refusals"),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_job_portion"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name="fk_job_portion_job_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    op.drop_table("job_portion")
    op.drop_table("job")
