"""Companies as leads name them, what joins them, and who holds one at a zone's link."""

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from models.base import utc_now
from models.columns import JsonOf
from models.ids import new_id

ANYWHERE = "*"
"""Stands for "no zone in particular"; no zone has this code."""


class Company(SQLModel, table=True):
    """A company as one partner named it; rows never change.

    What belongs together is joined instead, so that every joining can be undone.
    """

    id: str = Field(default_factory=lambda: new_id("cmp"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """The number of the event of its first lead: the order of registration."""
    names: list[str] = Field(sa_type=JsonOf(list[str]))
    uscc: str | None = Field(default=None)
    lei: str | None = Field(default=None)


class CompanyJoin(SQLModel, table=True):
    """One company is taken for another, with who said so and why; undone, it stays as history."""

    __tablename__ = "company_join"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late
    __table_args__ = (
        Index(
            "uq_company_join_company_id",
            "company_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("jon"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """The number of the event that tells of it: the order of joining."""
    company_id: str = Field(foreign_key="company.id")
    into_id: str = Field(foreign_key="company.id", index=True)
    reasons: list[dict[str, str]] = Field(
        default_factory=list, sa_type=JsonOf(list[dict[str, str]])
    )
    """What the two have in common: key, zh, en."""
    actor: str
    """The id of a key, or "system"."""
    at: AwareDatetime = Field(default_factory=utc_now)
    undone_by: str | None = Field(default=None)
    undone_at: AwareDatetime | None = Field(default=None)


class Holding(SQLModel, table=True):
    """The one lead that holds a company at a zone's link; gone when it no longer does."""

    company_id: str = Field(primary_key=True, foreign_key="company.id")
    """The company that those joined with it are taken for."""
    zone_id: str = Field(primary_key=True)
    """A zone's code, or `ANYWHERE`."""
    link_id: str = Field(primary_key=True)
    lead_id: str = Field(foreign_key="lead.id", unique=True)
    since: AwareDatetime
