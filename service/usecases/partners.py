"""Partners: registering, reading, changing, closing."""

from functools import partial
from typing import Any, Final

from models.page import Page
from models.partner import Partner, PartnerCreate, PartnerPublic, PartnerUpdate
from service import clock
from service.conditional import Preconditions
from service.errors import AlreadyClosed, PartnerNotFound, invalid
from service.filters import PartnerFilter
from service.leads.templates import lead_rules
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, partners
from service.runtime import Work
from service.usecases import history, replays
from service.usecases.reference_checks import check_codes
from service.usecases.replays import Made, Ticket

ALL: Final = PartnerFilter()


def register(work: Work, body: PartnerCreate, ticket: Ticket | None) -> Made:
    """Register a partner, or find the one this ticket registered before."""
    return replays.once(work, ticket, "partner", partial(_create, work, body))


def _create(work: Work, body: PartnerCreate) -> str:
    _check(work, dict(body))
    actor = work.caller.key_id
    row = Partner.model_validate(body, update={"created_by": actor})
    history.created(work.session, actor, row, events.reserve(work.session))
    return row.id


def read(work: Work, partner_id: str) -> PartnerPublic:
    """A partner, closed ones too.

    Raises:
        PartnerNotFound: no such partner.
    """
    row = partners.find(work.session, partner_id)
    if row is None:
        raise PartnerNotFound
    return PartnerPublic.model_validate(row)


def list_page(work: Work, page: PageParams, wanted: PartnerFilter = ALL) -> Page[PartnerPublic]:
    """Partners, oldest first, closed ones too unless a state is named."""
    mark = fingerprint("partners", wanted)
    after = read_cursor(mark, page.cursor, str)
    rows = partners.list_after(work.session, wanted, after, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    items = [PartnerPublic.model_validate(row) for row in kept]
    return Page[PartnerPublic](items=items, next_cursor=following)


def change(
    work: Work, partner_id: str, body: PartnerUpdate, conditions: Preconditions
) -> PartnerPublic:
    """Apply what was sent to a partner; leads handed in before keep their rules.

    Raises:
        PartnerNotFound: no such partner.
        AlreadyClosed: it is closed.
        VersionPassed: it has changed since the caller read it.
        NotValid: a province or a template is unknown.
        FieldsDisagree: the contract would end before it begins.
    """
    row = _find(work, partner_id)
    if row.closed_at is not None:
        raise AlreadyClosed
    conditions.check_version(row.version)
    changes = body.changes()
    _check(work, changes)
    before = history.snapshot_of(row)
    row.sqlmodel_update(changes)
    row.check_contract()
    history.changed(work.session, work.caller.key_id, "updated", row, before)
    return PartnerPublic.model_validate(row)


def close(work: Work, partner_id: str, conditions: Preconditions) -> None:
    """Close a partner: its keys stop working, its leads stay. Closing it again changes nothing.

    Raises:
        PartnerNotFound: no such partner.
        VersionPassed: it has changed since the caller read it.
    """
    row = _find(work, partner_id)
    if row.closed_at is None:
        conditions.check_version(row.version)
        before = history.snapshot_of(row)
        row.closed_at = clock.now()
        history.changed(work.session, work.caller.key_id, "closed", row, before)


def _check(work: Work, fields: dict[str, Any]) -> None:
    check_codes(work.reference, fields)
    if fields.get("lead_rules") not in {None, *lead_rules()}:
        known = ", ".join(lead_rules())
        raise invalid(f"is no template of rules; known: {known}", "body", "lead_rules")


def _find(work: Work, partner_id: str) -> Partner:
    row = partners.find_for_change(work.session, partner_id)
    if row is None:
        raise PartnerNotFound
    return row
