"""Leads: where they stand, what is due, who is named in them, and what may be done."""

from models.lead import MergeRequest, TransitionRequest
from models.lead_answers import LeadForAdmin
from models.zone import ZonePublic
from service.conditional import NO_CONDITIONS
from service.filters import LeadFilter, ZoneFilter
from service.leads.machine import Actor, moves_of
from service.pages.admin.section import Section, reads, writes
from service.pages.asked import china_moment, shaped
from service.pages.desk import Answer, Desk, Gone
from service.pagination import MOST, PageParams
from service.usecases import erasure, leads, merging, naming, partners, transitions, zones

MOVES_SHOWN = 100


class Leads(Section):
    """线索."""

    name = "leads"
    path = "/leads"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The leads with the next thing that is due."""
        wanted = desk.wanted(LeadFilter)
        page = leads.list_page(desk, wanted, desk.page)
        ids = [id_ for row in page.items for id_ in (row.partner_id, row.zone_id, row.link_id)]
        return self.show(
            "leads",
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            wanted=wanted,
            partners=partners.list_page(desk, PageParams(limit=MOST)).items,
            chains=desk.runtime.scorer.reference.chains,
            zones=_zones(desk),
            names=naming.called(desk, [*ids, wanted.zone_id, wanted.gap_id]),
        )

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One lead with everything an administrator may know of it."""
        lead = leads.read(desk, desk.id)
        assert isinstance(lead, LeadForAdmin)  # noqa: S101 - nobody else has a session
        moves = leads.list_moves(desk, lead.id, PageParams(limit=MOVES_SHOWN)).items
        ids = [lead.partner_id, lead.zone_id, lead.link_id, lead.gap_id, lead.holder_id]
        others = [one.id for one in lead.duplicates]
        actors = [getattr(move, "key_id", None) for move in moves]
        matched = [match.gap.zone.id for match in lead.matches]
        linked = [match.gap.link_id for match in lead.matches]
        placed = [place.link_id for place in lead.placement]
        names = naming.called(desk, [*ids, *others, *actors, *matched, *linked, *placed])
        return self.show(
            "lead",
            lead=lead,
            moves=moves,
            allowed=moves_of(lead.status, Actor.ADMINISTRATOR),
            is_merged=merging.is_merged(desk, lead.id),
            names=names,
        )

    @writes("/{id}/move")
    def move(self, desk: Desk) -> Answer:
        """Move a lead, or record a report of it."""
        asked = desk.asked
        said = {"to": asked.said("to"), "reason": asked.said("reason")}
        body = shaped(TransitionRequest, {**said, "at": china_moment(asked, "at")})
        transitions.transition(desk, desk.id, body)
        return Gone(f"/leads/{desk.id}", "moved")

    @writes("/{id}/merge")
    def merge(self, desk: Desk) -> Answer:
        """Take its company for that of another lead."""
        body = shaped(MergeRequest, {"into": desk.asked.said("into")})
        merging.merge(desk, desk.id, body.into)
        return _back(desk, "merged")

    @writes("/{id}/unmerge")
    def unmerge(self, desk: Desk) -> Answer:
        """Undo the last merge."""
        merging.unmerge(desk, desk.id)
        return _back(desk, "unmerged")

    @writes("/{id}/erase")
    def erase(self, desk: Desk) -> Answer:
        """Erase the persons of a lead."""
        erasure.erase(desk, desk.id, NO_CONDITIONS)
        return Gone(f"/leads/{desk.id}", "erased")


def _back(desk: Desk, done: str) -> Gone:
    """To the list of duplicates where the form stood there, else to the lead."""
    is_list = desk.asked.said("back") == "duplicates"
    return Gone("/duplicates" if is_list else f"/leads/{desk.id}", done)


def _zones(desk: Desk) -> list[ZonePublic]:
    """Every zone, for a field that proposes them."""
    found: list[ZonePublic] = []
    page = zones.list_page(desk, ZoneFilter(), PageParams(limit=MOST))
    found += page.items
    while page.next_cursor is not None:
        page = zones.list_page(desk, ZoneFilter(), PageParams(limit=MOST, cursor=page.next_cursor))
        found += page.items
    return found
