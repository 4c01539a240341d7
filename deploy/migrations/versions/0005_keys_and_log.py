"""Two secrets, last use and limit of a key, contracts of partners, the chain of the log."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.event_chain import BEGINNING, FIELDS, hash_after

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

COLUMNS = (
    ("api_key", "old_secret_digest", sa.String(64)),
    ("api_key", "old_secret_until", MOMENT),
    ("api_key", "last_used_at", MOMENT),
    ("api_key", "rate_limit", sa.Integer()),
    ("partner", "contract_from", sa.Date()),
    ("partner", "contract_until", sa.Date()),
)


EVENT = (
    ("number", sa.BigInteger),
    ("id", sa.String),
    ("at", MOMENT),
    ("actor", sa.String),
    ("action", sa.String),
    ("subject_type", sa.String),
    ("subject_id", sa.String),
    ("subject_version", sa.Integer),
    ("before", JSON),
    ("after", JSON),
    ("hash", sa.String(64)),
)
PAGE = 1000


def upgrade() -> None:
    """Add what is null until somebody says it, and a chain of hashes along the log."""
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_api_key_old_secret_digest", "api_key", ["old_secret_digest"])
    op.add_column("event", sa.Column("hash", sa.String(64), nullable=True))
    chain(op.get_bind())
    with op.batch_alter_table("event") as event:
        event.alter_column("hash", existing_type=sa.String(64), nullable=False)


def chain(connection: sa.Connection) -> None:
    """Give every event there is its hash, oldest first, some at a time."""
    table = sa.Table("event", sa.MetaData(), *(sa.Column(*column) for column in EVENT))
    write = (
        sa.update(table)
        .where(table.c.number == sa.bindparam("of"))
        .values(hash=sa.bindparam("is_now"))
    )
    place, previous = 0, BEGINNING
    while True:
        read = sa.select(*(table.c[name] for name in FIELDS)).where(table.c.number > place)
        rows = connection.execute(read.order_by(table.c.number).limit(PAGE)).all()
        if not rows:
            return
        hashes: list[dict[str, Any]] = []
        for row in rows:
            previous, place = hash_after(previous, row), row.number
            hashes.append({"of": place, "is_now": previous})
        connection.execute(write, hashes)


def downgrade() -> None:
    """Drop it; old secrets that still worked stop."""
    op.drop_column("event", "hash")
    op.drop_index("ix_api_key_old_secret_digest", "api_key")
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
