"""Leads and investors that may be the same company."""

from typing import Final

from service.errors import invalid
from service.pages.admin.section import Section, reads
from service.pages.desk import Answer, Desk
from service.usecases import alike, naming

KINDS: Final = {"leads": alike.list_leads, "investors": alike.list_investors}


class Duplicates(Section):
    """疑似重复."""

    name = "duplicates"
    path = "/duplicates"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """Pairs to decide upon, with what speaks for it."""
        kind = desk.asked.query.get("kind", "leads")
        if kind not in KINDS:
            raise invalid("is none of the known kinds", "query", "kind")
        page = KINDS[kind](desk, desk.page)
        ids = [id_ for pair in page.items for id_ in (pair.id, pair.other_id)]
        return self.show(
            "duplicates",
            kind=kind,
            kinds=tuple(KINDS),
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            names=naming.called(desk, ids),
        )
