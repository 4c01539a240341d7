"""The table of administrators' sessions in a browser."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "session",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        *(
            sa.Column(name, MOMENT, nullable=False)
            for name in ("created_at", "expires_at", "last_seen_at")
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name="fk_session_key_id"),
    )
    for column in ("key_id", "expires_at"):
        op.create_index(f"ix_session_{column}", "session", [column])


def downgrade() -> None:
    """Drop the table: everyone has to sign in again."""
    op.drop_table("session")
