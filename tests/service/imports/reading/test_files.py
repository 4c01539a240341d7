"""Every form of a file gives the same rows, with the lines they stand on."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from models.import_task import RecordKind
from models.job import JobPortion
from service.errors import NotValid
from service.imports import packing
from service.imports.packing import pack, unpack
from service.imports.reading import files, text
from service.imports.reading.limits import Source
from service.imports.reading.workbook import _cell  # pyright: ignore[reportPrivateUsage]
from tests.service.imports.sending import csv_of, xlsx_of

ROWS: list[list[Any]] = [
    ["高新区代码", "类型", "标题"],
    ["CNHTZ-3205", "缺链", '光刻胶, "高端"'],
    ["", "", ""],
    ["CNHTZ-3201", "弱链", "两\n行"],
    ["CNHTZ-3202", "弱链", ""],
]


def opened(content: bytes, name: str = "", **options: Any) -> Source:
    return files.read(io.BytesIO(content), name, RecordKind.GAPS, **options)


def rows_of(source: Source) -> list[tuple[int, list[Any]]]:
    return [(line, [cell or "" for cell in cells]) for line, cells in source.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_whatever_it_is_written_in(encoding: str, delimiter: str) -> None:
    source = opened(csv_of(ROWS, encoding, delimiter), "g.csv")
    assert source.headers == ROWS[0]
    assert rows_of(source) == [(2, ROWS[1]), (4, ROWS[3]), (6, ROWS[4])]


def test_a_workbook_gives_the_same(tmp_path: Any) -> None:
    source = opened(xlsx_of(ROWS), "g.xlsx")
    assert source.headers == ROWS[0]
    assert rows_of(source) == [(2, ROWS[1]), (4, ROWS[3]), (5, [*ROWS[4][:2], ""])]


def test_an_encoding_that_is_named_is_held_to() -> None:
    assert opened(csv_of(ROWS, "gb18030"), encoding="gbk").headers == ROWS[0]
    with pytest.raises(NotValid, match="not encoded as utf-8"):
        opened(csv_of(ROWS, "gb18030"), encoding="utf-8")
    assert opened(csv_of(ROWS), encoding="utf-8").headers == ROWS[0]


def test_lines_are_whole_wherever_a_block_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "一二三\n四五\n\n六".encode()
    for size in range(1, 12):
        monkeypatch.setattr(text, "BLOCK", size)
        assert list(text.lines_of(io.BytesIO(content), "utf-8-sig")) == [
            "一二三\n", "四五\n", "\n", "六",
        ]  # fmt: skip


def test_values_of_a_workbook_are_cells() -> None:
    moment = datetime(2030, 1, 2, 3, 4)  # noqa: DTZ001 - a sheet knows no zones
    values = [date(2030, 1, 2), datetime(2030, 1, 2), moment, time(3), timedelta(1), 2.0, 2.5, ""]  # noqa: DTZ001
    assert [_cell(value) for value in values] == [
        "2030-01-02", "2030-01-02", "2030-01-02T03:04:00", "03:00:00", "1 day, 0:00:00", 2, 2.5,
        None,
    ]  # fmt: skip


def test_rows_are_packed_and_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PORTION_ROWS", 3)
    monkeypatch.setattr(packing, "PORTION_LENGTH", 300)
    rows: list[Any] = [(n, ["x", 1, 2.5, True, None]) for n in range(7)]
    rows += [(7, ["长" * 200]), (8, {"a": "\ud800"}), (9, "no\nobject")]
    packets = list(pack(iter(rows)))
    assert [packet.rows for packet in packets] == [3, 3, 2, 2]
    assert [packet.last_line for packet in packets] == [2, 5, 7, 9]
    back = [
        row
        for packet in packets
        for row in unpack(
            JobPortion(job_id="", number=1, last_line=0, rows=0, content=packet.content)
        )
    ]
    assert back == rows
