"""The tables of webhooks, of how far each has been told, and of their deliveries."""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

Kind: TypeAlias = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]


def needed(kind: Kind, *names: str) -> list[sa.Column[Any]]:
    """Columns of one kind that are never null."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def known(kind: Kind, *names: str) -> list[sa.Column[Any]]:
    """Columns of one kind that are null when there is nothing to say."""
    return [sa.Column(name, kind, nullable=True) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webhook",
        *needed(sa.String, "id"),
        *needed(sa.Integer, "version"),
        *needed(MOMENT, "created_at", "updated_at"),
        *needed(sa.String, "created_by", "owner", "url"),
        *needed(WORD, "scope", "status"),
        *needed(JSON, "actions"),
        *needed(sa.Integer, "secret_number"),
        *known(sa.String, "name"),
        *known(WORD, "disabled_because"),
        *known(MOMENT, "secret_rotated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    for column in ("owner", "status"):
        op.create_index(f"ix_webhook_{column}", "webhook", [column])
    create_progress()
    create_delivery()


def create_progress() -> None:
    """One row a webhook, which the worker changes."""
    op.create_table(
        "webhook_progress",
        *needed(sa.String, "webhook_id"),
        *needed(sa.BigInteger, "position"),
        *needed(sa.Integer, "deliveries", "failures"),
        *known(MOMENT, "failing_since", "next_attempt_at", "lease_until"),
        *known(sa.String, "leased_by"),
        sa.PrimaryKeyConstraint("webhook_id", name="pk_webhook_progress"),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name="fk_webhook_progress_webhook_id"
        ),
    )


def create_delivery() -> None:
    """The log, numbered for each webhook."""
    op.create_table(
        "webhook_delivery",
        *needed(sa.String, "webhook_id"),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        *needed(sa.BigInteger, "event_number"),
        *needed(sa.String, "event_id", "action"),
        *needed(WORD, "status"),
        *needed(sa.Integer, "attempt"),
        *needed(sa.Boolean, "is_redelivery"),
        *needed(MOMENT, "at"),
        *known(sa.Integer, "duration_ms", "status_code"),
        *known(WORD, "fault"),
        sa.PrimaryKeyConstraint("webhook_id", "number", name="pk_webhook_delivery"),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name="fk_webhook_delivery_webhook_id"
        ),
    )
    op.create_index("ix_webhook_delivery_at", "webhook_delivery", ["at"])
    op.create_index(
        "ix_webhook_delivery_webhook_id_status", "webhook_delivery", ["webhook_id", "status"]
    )


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    for table in ("webhook_delivery", "webhook_progress", "webhook"):
        op.drop_table(table)
