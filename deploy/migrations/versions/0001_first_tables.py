"""The tables of zones, gaps, investors, keys, events, idempotency and the installation."""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)

Kind: TypeAlias = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]


def required(name: str, kind: Kind = sa.String) -> sa.Column[Any]:
    """A column that is never null."""
    return sa.Column(name, kind, nullable=False)


def optional(*names: str, kind: Kind = sa.String) -> list[sa.Column[Any]]:
    """Columns that are null when unknown."""
    return [sa.Column(name, kind, nullable=True) for name in names]


def record() -> list[sa.Column[Any]]:
    """What every record has."""
    return [
        required("id"),
        required("version", sa.Integer),
        required("created_at", MOMENT),
        required("updated_at", MOMENT),
        required("created_by"),
    ]


def upgrade() -> None:
    """Make every table."""
    create_zone()
    create_gap()
    create_investor()
    create_api_key()
    create_event()
    create_idempotency_record()
    create_installation()


def create_zone() -> None:
    """Zones: the id is the code."""
    op.create_table(
        "zone",
        *record(),
        required("name_zh"),
        *optional("name_en", "city_zh", "source_note"),
        required("province_code"),
        required("region", WORD),
        *optional("tier", "provenance", kind=WORD),
        required("aliases", JSON),
        required("leading_chains", JSON),
        *optional("readiness", "promotion_path", kind=JSON),
        *optional(
            "land_available_ha",
            "energy_cap_tce_per_10k_cny",
            "high_end_service_share_pct",
            kind=sa.Float,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_zone"),
    )
    for column in ("province_code", "region", "tier"):
        op.create_index(f"ix_zone_{column}", "zone", [column])


def create_gap() -> None:
    """Gaps, each of one zone at one link."""
    op.create_table(
        "gap",
        *record(),
        required("number", sa.BigInteger),
        required("zone_id"),
        required("kind", WORD),
        required("status", WORD),
        required("chain_id"),
        required("link_id"),
        required("is_placed", sa.Boolean),
        required("products", JSON),
        required("capacity", sa.Integer),
        *optional("title_zh", "title_en", "description", "evidence", "owner", "external_id"),
        *optional("investment_min_cny", "investment_max_cny", kind=sa.BigInteger),
        *optional("investment_floor_cny", kind=sa.BigInteger),
        *optional("technology_level_wanted", "technology_level_floor", kind=sa.Integer),
        *optional("severity", "jobs", kind=sa.Integer),
        *optional("land_ha", "energy_cap_tce", "emissions_cap_tco2e", kind=sa.Float),
        *optional("valid_from", "valid_until", kind=sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.UniqueConstraint("number", name="uq_gap_number"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_gap_zone_id"),
    )
    for column in ("created_by", "kind", "link_id", "status"):
        op.create_index(f"ix_gap_{column}", "gap", [column])
    for column in ("chain_id", "zone_id"):
        op.create_index(f"ix_gap_{column}_status", "gap", [column, "status"])
    create_external_id_index("gap", "status <> 'closed'")


def create_investor() -> None:
    """Investors; a closed one has the day of its closing."""
    op.create_table(
        "investor",
        *record(),
        required("number", sa.BigInteger),
        *optional("closed_at", kind=MOMENT),
        required("name"),
        required("country"),
        required("origin", WORD),
        *[
            required(name, JSON)
            for name in (
                "names",
                "aliases",
                "industry_codes",
                "products",
                "activities",
                "smart_manufacturing",
                "preferred_regions",
                "preferred_provinces",
            )
        ],
        required("opt_out", sa.Boolean),
        *optional("uscc", "lei", "website", "external_id"),
        *optional("planned_investment_min_cny", "planned_investment_max_cny", kind=sa.BigInteger),
        *optional("planned_output_cny", "revenue_cny", kind=sa.BigInteger),
        *optional("jobs", "patents", "technology_level", "employees", kind=sa.Integer),
        *optional("land_ha", "energy_tce", "emissions_tco2e", kind=sa.Float),
        *optional("rd_intensity_pct", "local_sourcing_pct", kind=sa.Float),
        *optional("circular", "rd_centre_committed", kind=sa.Boolean),
        *optional("is_chain_leader", "joint_venture", kind=sa.Boolean),
        *optional("start_by", kind=sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_investor"),
        sa.UniqueConstraint("number", name="uq_investor_number"),
    )
    for column in ("country", "created_by", "origin"):
        op.create_index(f"ix_investor_{column}", "investor", [column])
    create_external_id_index("investor", "closed_at IS NULL")


def create_external_id_index(table: str, is_active: str) -> None:
    """A caller's own id names one of its active records."""
    condition = sa.text(f"{is_active} AND external_id IS NOT NULL")
    op.create_index(
        f"uq_{table}_created_by_external_id",
        table,
        ["created_by", "external_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def create_api_key() -> None:
    """Keys, without their secrets."""
    op.create_table(
        "api_key",
        required("id"),
        required("name"),
        required("scope", WORD),
        *optional("partner_id"),
        required("secret_digest", sa.String(64)),
        required("prefix", sa.String(20)),
        required("created_at", MOMENT),
        *optional("expires_at", "revoked_at", kind=MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("secret_digest", name="uq_api_key_secret_digest"),
    )


def create_event() -> None:
    """The log; its numbers are given by the writer, in commit order."""
    op.create_table(
        "event",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        required("id"),
        required("at", MOMENT),
        required("actor"),
        required("action"),
        required("subject_type"),
        required("subject_id"),
        required("subject_version", sa.Integer),
        *optional("before", "after", kind=JSON),
        sa.PrimaryKeyConstraint("number", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_index("ix_event_subject", "event", ["subject_type", "subject_id"])


def create_idempotency_record() -> None:
    """Outcomes of POSTs, by key owner and key."""
    op.create_table(
        "idempotency_record",
        required("owner"),
        required("key"),
        required("method"),
        required("path"),
        required("body_digest"),
        required("status", sa.Integer),
        required("resource_type"),
        required("resource_id"),
        required("created_at", MOMENT),
        required("expires_at", MOMENT),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_idempotency_record"),
    )
    op.create_index("ix_idempotency_record_expires_at", "idempotency_record", ["expires_at"])


def create_installation() -> None:
    """The one row of the database."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        required("secret"),
        required("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
    )


def downgrade() -> None:
    """Drop every table, with all that is in it."""
    for table in (
        "installation",
        "idempotency_record",
        "event",
        "api_key",
        "investor",
        "gap",
        "zone",
    ):
        op.drop_table(table)
