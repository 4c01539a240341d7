"""What is made once for each database."""

import secrets

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from models.base import utc_now

ONLY = 1


class Installation(SQLModel, table=True):
    """The one row of a database."""

    id: int = Field(default=ONLY, primary_key=True, sa_column_kwargs={"autoincrement": False})
    secret: str = Field(default_factory=lambda: secrets.token_hex(32))
    """256 random bits, hexadecimal: signs entries of the shared cache and cursors."""
    created_at: AwareDatetime = Field(default_factory=utc_now)
