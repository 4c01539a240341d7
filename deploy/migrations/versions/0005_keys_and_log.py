"""Two secrets, the last use and the limit of a key, and contracts of partners."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

COLUMNS = (
    ("api_key", "old_secret_digest", sa.String(64)),
    ("api_key", "old_secret_until", MOMENT),
    ("api_key", "last_used_at", MOMENT),
    ("api_key", "rate_limit", sa.Integer()),
    ("partner", "contract_from", sa.Date()),
    ("partner", "contract_until", sa.Date()),
)


def upgrade() -> None:
    """Add what is null until somebody says it."""
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_api_key_old_secret_digest", "api_key", ["old_secret_digest"])


def downgrade() -> None:
    """Drop it; old secrets that still worked stop."""
    op.drop_index("ix_api_key_old_secret_digest", "api_key")
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
