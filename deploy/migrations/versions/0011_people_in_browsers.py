"""Sessions of people whom the issuer knows, beside those of keys. Sessions there are end."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def made(*columns: sa.Column[object], key_is_needed: bool) -> None:
    """Make the table anew: whoever was signed in signs in again."""
    op.drop_table("session")
    op.create_table(
        "session",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String, nullable=not key_is_needed),
        *columns,
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name="fk_session_key_id"),
    )
    op.create_index("ix_session_key_id", "session", ["key_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])


def upgrade() -> None:
    """A session is a key's or a person's."""
    person = sa.Column("person_id", sa.String, nullable=True)
    made(person, sa.Column("scope", sa.String(40), nullable=True), key_is_needed=False)


def downgrade() -> None:
    """A session is a key's."""
    made(key_is_needed=True)
