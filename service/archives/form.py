"""What an archive holds: a ZIP file with JSON Lines, one member a table, and a manifest at its end.

A line is a row, a list of values in the order of the manifest's columns: moments and days in
ISO 8601 (moments in UTC), bytes in base64, JSON columns as they are.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

import pydantic_core
from pydantic import AwareDatetime, Base64UrlBytes, BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy import Date, LargeBinary, Table
from sqlmodel.sql.sqltypes import UTCDateTime

MANIFEST: Final = "manifest.json"
Decoder = Callable[[Any], Any]
DECODERS: Final[dict[type, Decoder]] = {
    UTCDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    LargeBinary: TypeAdapter(Base64UrlBytes).validate_python,
}
ROW: Final = TypeAdapter[list[Any]](list[Any])


class TableEntry(BaseModel):
    """One table in an archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern="^[a-z_]+$")
    columns: tuple[str, ...]
    rows: int = Field(ge=0)
    sha256: str
    """Of the member's bytes, unpacked."""

    @property
    def member(self) -> str:
        """The name of the file in the archive."""
        return f"{self.name}.jsonl"


class Manifest(BaseModel):
    """What an archive says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal["bulian archive 1"] = "bulian archive 1"
    version: str
    """Of the service that wrote it."""
    revision: str
    """Of the schema."""
    made_at: AwareDatetime
    database: str
    """Its kind, which need not be that of the database it is restored into."""
    head: str | None
    """The last event, NUMBER:HASH; None where the log had no hashes yet."""
    tables: tuple[TableEntry, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)


def line_of(row: Sequence[Any]) -> bytes:
    """A row as it is written.

    >>> line_of([1, "补链", None, b"x", date(2030, 1, 2)]).decode().strip()
    '[1,"补链",null,"eA==","2030-01-02"]'
    """
    return pydantic_core.to_json(list(row), bytes_mode="base64") + b"\n"


class Lines:
    """Reads the lines of a table back into rows.

    Args:
        table: whose columns say what their values are.
        names: the columns of a line, in its order.
    """

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        kinds = [type(table.c[name].type) for name in names]
        decoders = [(place, DECODERS.get(kind)) for place, kind in enumerate(kinds)]
        self._width = len(names)
        self._decoders = [(place, decode) for place, decode in decoders if decode is not None]

    def row_of(self, line: bytes) -> list[Any]:
        """The row that a line holds.

        Raises:
            ValueError: it holds none.
        """
        cells = ROW.validate_json(line)
        if len(cells) != self._width:
            raise ValueError("no row of this table")
        for place, decode in self._decoders:
            if cells[place] is not None:
                cells[place] = decode(cells[place])
        return cells
