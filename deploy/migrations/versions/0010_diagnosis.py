"""What a zone's diagnosis keeps: officers' words on links and firms, and which gaps it computed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def said_of(table: str, key: str, what: sa.Column[object]) -> None:
    """Make a table of what officers say of something in a zone."""
    op.create_table(
        table,
        sa.Column("zone_id", sa.String, nullable=False),
        sa.Column(key, sa.String, nullable=False),
        what,
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("zone_id", key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=f"fk_{table}_zone_id"),
    )


def upgrade() -> None:
    """Make the tables and the column; gaps there are were declared."""
    said_of("link_override", "link_id", sa.Column("status", sa.String(40), nullable=False))
    said_of("placement_correction", "external_id", sa.Column("link_ids", JSON, nullable=False))
    declared = sa.Column("is_computed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("gap", declared)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("gap", "is_computed")
    op.drop_table("placement_correction")
    op.drop_table("link_override")
