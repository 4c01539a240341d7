"""Rows come back from their lines as they were; what is no row is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import JSON, Boolean, Column, Date, Float, LargeBinary, MetaData, String, Table
from sqlmodel.sql.sqltypes import UTCDateTime

from service.archives.form import Lines, Manifest, TableEntry, line_of

KINDS: list[tuple[Any, Any]] = [
    (UTCDateTime(), st.datetimes(timezones=st.just(UTC))),
    (Date(), st.dates()),
    (LargeBinary(), st.binary()),
    (JSON(), st.dictionaries(st.text(), st.lists(st.floats(allow_nan=False) | st.integers()))),
    (Float(), st.floats(allow_nan=False)),
    (Boolean(), st.booleans()),
    (String(), st.text()),
]
NAMES = tuple(f"c{place}" for place in range(len(KINDS)))
TABLE = Table("t", MetaData(), *(Column(name, KINDS[at][0]) for at, name in enumerate(NAMES)))
ROW: list[Any] = [datetime(2030, 1, 1, tzinfo=UTC), date(2030, 1, 1), b"x", {}, 1.5, True, "补链"]
ENTRY = {"name": "gap", "columns": ["id"], "rows": 1, "sha256": "0" * 64}
SAID = {
    "version": "1",
    "revision": "0001",
    "made_at": "2030-01-01T00:00:00Z",
    "database": "sqlite",
    "head": "0:0",
    "tables": [ENTRY, ENTRY],
}


@settings(max_examples=20)
@given(st.tuples(*(st.none() | values for _, values in KINDS)))
def test_a_row_comes_back_from_its_line(row: tuple[Any, ...]) -> None:
    line = line_of(row)
    assert line.count(b"\n") == 1
    assert Lines(TABLE, NAMES).row_of(line) == list(row)


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[1]", b"nonsense", b'["x",null,null,null,null,null,null]', b"\xff"]
)
def test_what_is_no_row_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Lines(TABLE, NAMES).row_of(line)


def test_the_columns_of_a_line_say_their_order() -> None:
    assert Lines(TABLE, NAMES[::-1]).row_of(line_of(ROW[::-1])) == ROW[::-1]


def test_a_manifest_counts_its_rows() -> None:
    assert Manifest.model_validate(SAID).rows == 2
    assert TableEntry.model_validate(ENTRY).member == "gap.jsonl"


@pytest.mark.parametrize(
    "change", [{"form": "bulian archive 2"}, {"rows": 1}, {"made_at": "2030-01-01"}]
)
def test_another_manifest_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate(SAID | change)


@pytest.mark.parametrize("name", ["../gap", "gap.x", ""])
def test_a_table_is_named_plainly(name: str) -> None:
    with pytest.raises(ValidationError):
        TableEntry.model_validate(ENTRY | {"name": name})
