"""The table of editions of parts of the reference."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TEXTS = ("name_zh", "name_en", "edition", "source", "quality", "digest")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reference_edition",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("chain_id", sa.String, nullable=True),
        *(sa.Column(name, sa.String, nullable=False) for name in TEXTS),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.Column("activated_at", MOMENT, nullable=True),
        sa.Column("effective_from", sa.Date, nullable=True),
        sa.Column("effective_until", sa.Date, nullable=True),
        sa.Column("rolled_back_at", MOMENT, nullable=True),
        sa.Column("discarded_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reference_edition"),
        sa.UniqueConstraint("number", name="uq_reference_edition_number"),
    )


def downgrade() -> None:
    """Drop the table, with the editions in it."""
    op.drop_table("reference_edition")
