"""The event log: who changed what, and when."""

from typing import Final

from service.filters import EventFilter, EventOrder
from service.pages.admin.section import Section, reads
from service.pages.desk import Answer, Desk
from service.usecases import audit, naming
from service.usecases.history import SUBJECTS

BESIDE: Final = {"company", "enterprise", "installation", "job", "cache"}
"""What events tell of beside the records that have a version."""


class Events(Section):
    """操作记录."""

    name = "events"
    path = "/events"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """Events, newest first."""
        wanted = desk.wanted(EventFilter)
        page = audit.list_page(desk, wanted, EventOrder.NEWEST, desk.page)
        ids = [id_ for row in page.items for id_ in (row.actor, row.subject_id)]
        return self.show(
            "events",
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            wanted=wanted,
            subjects=sorted({*SUBJECTS.values(), *BESIDE}),
            names=naming.called(desk, [*ids, wanted.actor, wanted.subject_id]),
        )
