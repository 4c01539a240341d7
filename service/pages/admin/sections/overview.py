"""The first page: how much there is, what waits, what is due."""

from service.pages.admin.section import Section, reads
from service.pages.desk import Answer, Desk
from service.usecases import naming, overview


class Overview(Section):
    """总览."""

    name = "overview"
    path = "/"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """How things stand."""
        found = overview.read(desk)
        rows = [*found.waiting, *found.due]
        ids = [id_ for row in rows for id_ in (row.partner_id, row.zone_id, row.link_id)]
        asked_by = [row.pending.asked_by for row in found.pending if row.pending]
        return self.show("overview", found=found, names=naming.called(desk, [*ids, *asked_by]))
