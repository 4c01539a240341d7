"""The tables of partners."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)


def columns(*, null: bool = False, **kinds: Any) -> Iterator[sa.Column[Any]]:
    """Columns by name and kind, in the order given."""
    return (sa.Column(name, kind, nullable=null) for name, kind in kinds.items())


def record() -> Iterator[sa.Column[Any]]:
    """What every record has."""
    return columns(
        id=sa.String,
        version=sa.Integer,
        created_at=MOMENT,
        updated_at=MOMENT,
        created_by=sa.String,
    )


def upgrade() -> None:
    """Make the tables."""
    create_partner()


def create_partner() -> None:
    """Partners; one is made for every partner that a key names already, so that it goes on."""
    table = op.create_table(
        "partner",
        *record(),
        *columns(name=sa.String, territories=JSON),
        *columns(null=True, terms=sa.String, lead_rules=sa.String, closed_at=MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
    )
    key = sa.table("api_key", sa.column("partner_id"), sa.column("name"))
    named = (
        sa.select(key.c.partner_id, sa.func.min(key.c.name))
        .where(key.c.partner_id.is_not(None))
        .group_by(key.c.partner_id)
    )
    moment = datetime.now(UTC)
    for partner_id, name in op.get_bind().execute(named).all():
        row = {"id": partner_id, "version": 1, "created_at": moment, "updated_at": moment}
        known = {"created_by": "system", "name": name, "territories": []}
        op.execute(table.insert().values(**row, **known))


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    op.drop_table("partner")
