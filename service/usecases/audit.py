"""The event log as administrators read it."""

from models.event import EventPublic
from models.page import Page
from service.filters import EventFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events
from service.runtime import Visit


def list_page(visit: Visit, wanted: EventFilter, page: PageParams) -> Page[EventPublic]:
    """Events, newest first. They hold no secret and nothing that a partner wrote in words."""
    mark = fingerprint("events", wanted)
    before = read_cursor(mark, page.cursor, int)
    rows = events.list_before(visit.session, wanted, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    items = [EventPublic.model_validate(row, from_attributes=True) for row in kept]
    return Page[EventPublic](items=items, next_cursor=following)
