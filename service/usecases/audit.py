"""The event log as administrators read it: in pages, and as one long export."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from sqlalchemy import Engine

from models.event import Event, EventPublic
from models.page import Page
from service import database
from service.filters import EventFilter, EventOrder
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, feed
from service.runtime import Work

PAGE: Final = 1000
COLUMNS: Final = tuple(EventPublic.model_fields)


class ExportFormat(StrEnum):
    """How an export is written: an object a line, or a table."""

    JSONL = "jsonl"
    CSV = "csv"


def list_page(
    work: Work, wanted: EventFilter, order: EventOrder, page: PageParams
) -> Page[EventPublic]:
    """Events in an order; all filters given must hold."""
    mark = fingerprint(f"events {order}", wanted)
    place = read_cursor(mark, page.cursor, int)
    rows = events.page_of(work.session, wanted, order, place, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    items = [EventPublic.model_validate(row) for row in kept]
    return Page[EventPublic](items=items, next_cursor=following)


def export(work: Work, wanted: EventFilter, form: ExportFormat) -> Iterator[str]:
    """The events there are now, oldest first, as text, some at a time.

    Each part is read in a transaction of its own, so that a slow reader holds up nobody; events
    never change, so that all of it is still one state.
    """
    last = feed.last_mark(work.session).number
    pages = _pages(work.runtime.engine, wanted, last)
    return _written_lines(pages) if form is ExportFormat.JSONL else _written_table(pages)


def _pages(engine: Engine, wanted: EventFilter, last: int) -> Iterator[Sequence[Event]]:
    place = 0
    while place < last:
        with database.snapshot(engine) as session:
            rows = events.page_of(session, wanted, EventOrder.OLDEST, place, PAGE)
        yield [row for row in rows if row.number <= last]
        place = rows[-1].number if len(rows) == PAGE else last


def _written_lines(pages: Iterator[Sequence[Event]]) -> Iterator[str]:
    for rows in pages:
        yield "".join(f"{EventPublic.model_validate(row).model_dump_json()}\n" for row in rows)


def _written_table(pages: Iterator[Sequence[Event]]) -> Iterator[str]:
    """The table, for spreadsheets: no cell can be taken for a formula.

    Numbers, ids, names of ours and JSON objects begin with a letter, a digit or a brace.
    """
    yield _table([COLUMNS])
    for rows in pages:
        yield _table([_cells(row) for row in rows])


def _cells(row: Event) -> list[object]:
    told = EventPublic.model_validate(row).model_dump(mode="json")
    return [
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
        for value in told.values()
    ]


def _table(rows: Sequence[Sequence[object]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
