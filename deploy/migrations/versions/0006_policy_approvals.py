"""Policies remember when a draft was closed, and what awaits a second administrator."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns; nothing is closed and nothing awaits anybody."""
    op.add_column("policy", sa.Column("closed_at", MOMENT, nullable=True))
    op.add_column("policy", sa.Column("pending", JSON, nullable=True))


def downgrade() -> None:
    """Drop them: closed drafts are drafts again, and what was asked for is forgotten."""
    op.drop_column("policy", "pending")
    op.drop_column("policy", "closed_at")
