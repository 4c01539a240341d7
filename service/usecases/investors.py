"""Investors: registering, reading, changing, closing."""

from collections.abc import Sequence
from functools import partial

from models.investor import (
    Investor,
    InvestorCreate,
    InvestorPublic,
    InvestorUpdate,
    merge_investor,
)
from models.page import Page
from service import clock
from service.conditional import Preconditions
from service.errors import AlreadyClosed, AlreadyRegistered, InvestorNotFound
from service.filters import InvestorFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, investors
from service.runtime import Work
from service.usecases import history, replays
from service.usecases.duplicates import duplicates_of
from service.usecases.reference_checks import check_codes
from service.usecases.replays import Made, Ticket


def register(work: Work, body: InvestorCreate, ticket: Ticket | None) -> Made:
    """Register an investor, or find the one this ticket registered before."""
    return replays.once(work, ticket, "investor", partial(_create, work, body))


def _create(work: Work, body: InvestorCreate) -> str:
    check_codes(work.reference, dict(body))
    owner = work.caller.key_id
    _check_external_id(work, owner, body.external_id)
    number = events.reserve(work.session)
    row = Investor.model_validate(body, update={"number": number, "created_by": owner})
    history.created(work.session, owner, row, number)
    return row.id


def read(work: Work, investor_id: str) -> InvestorPublic:
    """An investor with its placement, its completeness and what it may duplicate.

    Raises:
        InvestorNotFound: no such investor.
    """
    row = investors.find(work.session, investor_id)
    if row is None:
        raise InvestorNotFound
    return _shown(work, [row])[0]


def list_page(work: Work, wanted: InvestorFilter, page: PageParams) -> Page[InvestorPublic]:
    """Active investors, newest first."""
    mark = fingerprint("investors", wanted)
    before = read_cursor(mark, page.cursor, int)
    rows = investors.list_active(work.session, wanted, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    return Page[InvestorPublic](items=_shown(work, kept), next_cursor=following)


def change(
    work: Work, investor_id: str, body: InvestorUpdate, conditions: Preconditions
) -> InvestorPublic:
    """Apply what was sent to an investor, as long as the whole stays valid.

    Raises:
        InvestorNotFound: no such investor.
        NotYours: another key registered it.
        AlreadyClosed: it is closed.
        VersionPassed: it has changed since the caller read it.
        NotValid: a code is unknown.
        FieldsDisagree: the merged record breaks a rule.
    """
    row = _get_own(work, investor_id)
    if row.closed_at is not None:
        raise AlreadyClosed
    conditions.check_version(row.version)
    changes = body.changes()
    check_codes(work.reference, changes)
    if changes.get("external_id") != row.external_id:
        _check_external_id(work, row.created_by, changes.get("external_id"))
    before = history.snapshot_of(row)
    merge_investor(row, changes)
    history.changed(work.session, work.caller.key_id, "updated", row, before)
    return _shown(work, [row])[0]


def close(work: Work, investor_id: str, conditions: Preconditions) -> None:
    """Take an investor out of the pool; it stays readable. Closing it again changes nothing.

    Raises:
        InvestorNotFound: no such investor.
        NotYours: another key registered it.
        VersionPassed: it has changed since the caller read it.
    """
    row = _get_own(work, investor_id)
    if row.closed_at is not None:
        return
    conditions.check_version(row.version)
    before = history.snapshot_of(row)
    row.closed_at = clock.now()
    history.changed(work.session, work.caller.key_id, "closed", row, before)


def _get_own(work: Work, investor_id: str) -> Investor:
    row = investors.find_for_change(work.session, investor_id)
    if row is None:
        raise InvestorNotFound
    work.caller.check_owner(row.created_by)
    return row


def _check_external_id(work: Work, owner: str, external_id: str | None) -> None:
    if external_id is None:
        return
    if investors.find_by_external_id(work.session, owner, external_id) is not None:
        raise AlreadyRegistered("Another of your active investors has this external_id")


def _shown(work: Work, rows: Sequence[Investor]) -> list[InvestorPublic]:
    twins = duplicates_of(work.session, rows)
    rules = work.rules.on(clock.china_day())
    shown: list[InvestorPublic] = []
    for row in rows:
        said = work.bench.descriptions.of(row, rules)
        derived = {
            "placement": said.placement,
            "completeness": said.completeness,
            "warnings": said.warnings,
            "possible_duplicates": twins[row.id],
        }
        shown.append(InvestorPublic.model_validate(row, update=derived))
    return shown
