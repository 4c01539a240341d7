"""Partners: who may hand in leads, where, under which terms."""

from typing import Any

from matching.reference.loader import Reference
from models.partner import PartnerCreate, PartnerUpdate
from service.conditional import NO_CONDITIONS, Preconditions
from service.filters import KeyFilter, LeadFilter, PartnerFilter
from service.leads.templates import lead_rules
from service.pages.admin.section import Section, reads, writes
from service.pages.asked import Asked, shaped
from service.pages.desk import Answer, Desk, Gone
from service.pages.tickets import ticket_of
from service.usecases import keys, leads, naming, partners


class Partners(Section):
    """合伙人."""

    name = "partners"
    path = "/partners"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The partners, and the form that registers one."""
        wanted = desk.wanted(PartnerFilter)
        page = partners.list_page(desk, desk.page, wanted)
        return self.show(
            "partners",
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            wanted=wanted,
            **_choices(desk),
        )

    @writes()
    def register(self, desk: Desk) -> Answer:
        """Register a partner."""
        body = shaped(PartnerCreate, _said(desk.asked))
        made = partners.register(desk, body, ticket_of(desk.asked))
        return Gone(f"/partners/{made.id}", "registered")

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One partner with its keys and its newest leads."""
        partner = partners.read(desk, desk.id)
        newest = leads.list_page(desk, LeadFilter(partner_id=partner.id), desk.page)
        held = keys.list_page(desk, desk.page, KeyFilter(partner_id=partner.id))
        ids = [id_ for row in newest.items for id_ in (row.zone_id, row.link_id)]
        return self.show(
            "partner",
            partner=partner,
            leads=newest.items,
            keys=held.items,
            names=naming.called(desk, [partner.id, *ids]),
            **_choices(desk),
        )

    @writes("/{id}/change")
    def change(self, desk: Desk) -> Answer:
        """Change a partner; what is left empty is cleared."""
        body = shaped(PartnerUpdate, _said(desk.asked))
        partners.change(desk, desk.id, body, seen(desk.asked))
        return Gone(f"/partners/{desk.id}", "changed")

    @writes("/{id}/close")
    def close(self, desk: Desk) -> Answer:
        """Close a partner."""
        partners.close(desk, desk.id, NO_CONDITIONS)
        return Gone(f"/partners/{desk.id}", "closed")


def seen(asked: Asked) -> Preconditions:
    """The version that the form was filled in for: a change of what has changed is refused."""
    version = asked.said("version")
    return NO_CONDITIONS if version is None else Preconditions(f'"{version}"', None)


def _said(asked: Asked) -> dict[str, Any]:
    fields = {name: asked.said(name) for name in ("name", "terms", "lead_rules")}
    return {**fields, "territories": asked.all_said("territories")}


def _choices(desk: Desk) -> dict[str, object]:
    reference: Reference = desk.runtime.scorer.reference
    return {"provinces": reference.provinces, "templates": lead_rules()}
