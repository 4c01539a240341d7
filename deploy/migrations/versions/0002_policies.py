"""The table of administrators' policies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "policy",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("name_zh", sa.String, nullable=False),
        sa.Column("name_en", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("based_on", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("activated_at", MOMENT, nullable=True),
        sa.Column("effective_from", sa.Date, nullable=True),
        sa.Column("effective_until", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_policy"),
        sa.UniqueConstraint("number", name="uq_policy_number"),
    )


def downgrade() -> None:
    """Drop the table, with the policies in it."""
    op.drop_table("policy")
