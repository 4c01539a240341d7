"""The tables of partners, their leads, what these name, and enterprises of zones."""

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


def references(table: str, **targets: str) -> Iterator[sa.ForeignKeyConstraint]:
    """Foreign keys by column and target."""
    return (
        sa.ForeignKeyConstraint([name], [target], name=f"fk_{table}_{name}")
        for name, target in targets.items()
    )


def upgrade() -> None:
    """Make the tables."""
    create_partner()
    create_company()
    create_lead()
    create_holding()
    create_contact()
    create_enterprise()
    op.add_column("gap", sa.Column("filled", sa.Integer, nullable=False, server_default="0"))


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
        known: dict[str, Any] = {"created_by": "system", "name": name, "territories": []}
        op.execute(table.insert().values(**row, **known))


def create_company() -> None:
    """Companies as leads name them, and what joins them."""
    op.create_table(
        "company",
        *columns(id=sa.String, number=sa.BigInteger, names=JSON),
        *columns(null=True, uscc=sa.String, lei=sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
        sa.UniqueConstraint("number", name="uq_company_number"),
    )
    op.create_table(
        "company_join",
        *columns(id=sa.String, number=sa.BigInteger, company_id=sa.String, into_id=sa.String),
        *columns(reasons=JSON, actor=sa.String, at=MOMENT),
        *columns(null=True, undone_by=sa.String, undone_at=MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_company_join"),
        sa.UniqueConstraint("number", name="uq_company_join_number"),
        *references("company_join", company_id="company.id", into_id="company.id"),
    )
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_company_join_company_id",
        "company_join",
        ["company_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_company_join_into_id", "company_join", ["into_id"])


def create_lead() -> None:
    """Leads and their moves."""
    op.create_table(
        "lead",
        *record(),
        *columns(number=sa.BigInteger, partner_id=sa.String, company_id=sa.String),
        *columns(investor_id=sa.String, investor=JSON, zone_id=sa.String),
        *columns(chain_id=sa.String, link_id=sa.String, rules=sa.String, status=WORD, told=JSON),
        *columns(null=True, gap_id=sa.String, note=sa.String, protected_until=MOMENT),
        *columns(null=True, due_at=MOMENT, contacts_erased_at=MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_lead"),
        sa.UniqueConstraint("number", name="uq_lead_number"),
        *references("lead", partner_id="partner.id", company_id="company.id", gap_id="gap.id"),
    )
    for column in ("company_id", "due_at", "gap_id", "investor_id", "partner_id", "status"):
        op.create_index(f"ix_lead_{column}", "lead", [column])
    op.create_index("ix_lead_link_id_zone_id", "lead", ["link_id", "zone_id"])
    op.create_table(
        "lead_move",
        sa.Column("lead_id", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        *columns(status=WORD, at=MOMENT, actor=sa.String, key_id=sa.String, recorded_at=MOMENT),
        *columns(null=True, reason=sa.String),
        sa.PrimaryKeyConstraint("lead_id", "position", name="pk_lead_move"),
        *references("lead_move", lead_id="lead.id"),
    )


def create_holding() -> None:
    """Who holds a company at a zone's link: its key lets nobody else."""
    op.create_table(
        "holding",
        *columns(company_id=sa.String, zone_id=sa.String, link_id=sa.String),
        *columns(lead_id=sa.String, since=MOMENT),
        sa.PrimaryKeyConstraint("company_id", "zone_id", "link_id", name="pk_holding"),
        sa.UniqueConstraint("lead_id", name="uq_holding_lead_id"),
        *references("holding", company_id="company.id", lead_id="lead.id"),
    )


def create_contact() -> None:
    """Persons, and what they agreed to."""
    op.create_table(
        "contact",
        *columns(id=sa.String, lead_id=sa.String, position=sa.Integer, name=sa.String),
        *columns(null=True, role=sa.String, phone=sa.String, email=sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        *references("contact", lead_id="lead.id"),
    )
    op.create_index("ix_contact_lead_id", "contact", ["lead_id"])
    op.create_table(
        "consent",
        *columns(lead_id=sa.String, given_by=sa.String, given_at=MOMENT),
        *columns(purpose=sa.String, retain_until=MOMENT),
        sa.PrimaryKeyConstraint("lead_id", name="pk_consent"),
        *references("consent", lead_id="lead.id"),
    )
    op.create_index("ix_consent_retain_until", "consent", ["retain_until"])


def create_enterprise() -> None:
    """Enterprises of zones."""
    op.create_table(
        "enterprise",
        *record(),
        *columns(zone_id=sa.String, name=sa.String, external_id=sa.String),
        *columns(link_ids=JSON, products=JSON, industry_codes=JSON, honours=JSON),
        *columns(null=True, lead_id=sa.String, uscc=sa.String, origin=WORD),
        *columns(null=True, revenue_cny=sa.BigInteger, employees=sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_enterprise"),
        sa.UniqueConstraint("zone_id", "external_id", name="uq_enterprise_zone_id_external_id"),
        *references("enterprise", zone_id="zone.id", lead_id="lead.id"),
    )


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    op.drop_column("gap", "filled")
    for table in (
        "enterprise",
        "consent",
        "contact",
        "holding",
        "lead_move",
        "lead",
        "company_join",
        "company",
        "partner",
    ):
        op.drop_table(table)
