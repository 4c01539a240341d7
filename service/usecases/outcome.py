"""What a signed and a landed lead change in the zone: its gaps, and the firms it has."""

from collections.abc import Sequence
from datetime import date

from matching.vocabulary import GapStatus, Honour, LeadStatus
from models.company import ANYWHERE
from models.enterprise import Enterprise
from models.gap import Gap
from models.lead import Lead
from models.text import LONG_LENGTH
from service import clock
from service.lead_errors import GapFull
from service.repositories import enterprises, events, gaps, leads
from service.repositories.events import Change
from service.runtime import Work
from service.security import SYSTEM
from service.usecases import history


def lock_gaps(work: Work, lead: Lead, to: LeadStatus) -> list[Gap]:
    """The gaps that a move may change, locked until the transaction ends; its own one first.

    To be called before the first event is numbered: others lock a gap, then take a number.
    """
    own = [lead.gap_id] if lead.gap_id is not None else []
    if to is LeadStatus.LANDED and lead.zone_id != ANYWHERE:
        links = {lead.link_id, *_neighbours(work, lead.link_id)}
        near = gaps.ids_at(work.session, lead.zone_id, links)
        own += [gap_id for gap_id in near if gap_id != lead.gap_id]
    if to not in {LeadStatus.SIGNED, LeadStatus.LANDED, LeadStatus.RELEASED}:
        return []
    locked = {row.id: row for row in gaps.list_for_change(work.session, own)}
    return [locked[gap_id] for gap_id in own]


def follow(work: Work, lead: Lead, before: LeadStatus, locked: Sequence[Gap]) -> None:
    """Change what follows from the move that a lead has just made.

    Args:
        work: the request.
        lead: the lead, moved.
        before: the status it had.
        locked: what `lock_gaps` gave.

    Raises:
        GapFull: as many investors as the gap can take have signed.
    """
    own = locked[0] if locked and locked[0].id == lead.gap_id else None
    if lead.status is LeadStatus.SIGNED and own is not None:
        _fill(work, own)
    if lead.status is LeadStatus.RELEASED and before is LeadStatus.SIGNED and own is not None:
        _vacate(work, own)
    if lead.status is LeadStatus.LANDED:
        if lead.zone_id != ANYWHERE:
            _settle_in(work, lead)
        for gap in locked:
            _strengthen(work, lead, gap)


def _fill(work: Work, gap: Gap) -> None:
    if gap.filled >= gap.capacity:
        raise GapFull
    before = history.snapshot_of(gap)
    gap.filled += 1
    if gap.filled >= gap.capacity and gap.status is GapStatus.OPEN:
        gap.status = GapStatus.FILLED
    history.changed(work.session, work.caller.key_id, "signed_for", gap, before)


def _vacate(work: Work, gap: Gap) -> None:
    before = history.snapshot_of(gap)
    gap.filled -= 1
    if gap.status is GapStatus.FILLED:
        gap.status = GapStatus.OPEN
    history.changed(work.session, work.caller.key_id, "vacated", gap, before)


def _strengthen(work: Work, lead: Lead, gap: Gap) -> None:
    """Lower the severity of a gap because a firm has landed at its link or next to it.

    The lead's own gap: the severity stands for the capacity that is still missing, so each of its
    places that lands takes an equal share of it, the last one all of the rest. Another gap of the
    zone at the link, or at one of its suppliers or customers: a link leans on itself and its n
    neighbours alike, and one of these n + 1 has become stronger. Both are ours (derived); the gap's
    `evidence` says what happened, an unknown severity stays unknown.
    """
    is_own = gap.id == lead.gap_id
    if is_own:
        landed = leads.count_landed(work.session, gap.id)
        left, of = gap.capacity - landed, gap.capacity - landed + 1
    else:
        left = len(_neighbours(work, gap.link_id))
        of = left + 1
    before = history.snapshot_of(gap)
    old = gap.severity
    if old is not None:
        gap.severity = share_of(old, max(left, 0), max(of, 1))
    if is_own or gap.severity != old:
        line = told(clock.china_day(), lead.link_id, (old, gap.severity))
        gap.evidence = "\n".join(filter(None, [gap.evidence, line]))[-LONG_LENGTH:]
    history.changed(work.session, work.caller.key_id, "strengthened", gap, before)


def share_of(value: int, part: int, of: int) -> int:
    """`value × part / of`, rounded to the nearest whole number, a half upwards.

    >>> share_of(70, 1, 2), share_of(75, 1, 2), share_of(70, 0, 1)
    (35, 38, 0)
    """
    return (2 * value * part + of) // (2 * of)


def told(day: date, link_id: str, severity: tuple[int | None, int | None]) -> str:
    """What a gap's evidence says of a landing, in both languages.

    >>> told(date(2026, 11, 24), "ic.fab", (70, 35)).partition(" · ")[2]
    'A firm has landed at ic.fab: severity 70 → 35'
    """
    old, new = ("?" if value is None else value for value in severity)
    zh = f"{day} 环节 {link_id} 有企业落地，严重程度 {old} → {new}"
    return f"{zh} · A firm has landed at {link_id}: severity {old} → {new}"


def _settle_in(work: Work, lead: Lead) -> None:
    """Let the firm be one of the zone's enterprises, known there by its investor's id."""
    row = enterprises.find_by_external_id(work.session, lead.zone_id, lead.investor_id)
    if row is None:
        row = _enterprise(lead)
    elif lead.link_id not in row.link_ids:
        row.link_ids = [*row.link_ids, lead.link_id]
        row.version += 1
        row.updated_at = clock.now()
    work.session.add(row)
    work.session.flush()
    change = Change(
        actor=work.caller.key_id,
        action="enterprise.landed",
        subject_type="enterprise",
        subject_id=row.id,
        subject_version=row.version,
        after=row.model_dump(mode="json", exclude={"lead_id"}),
    )
    events.append(work.session, change, events.reserve(work.session))


def _enterprise(lead: Lead) -> Enterprise:
    """The firm as its lead described it; the group's figures are not those of the new site."""
    investor = lead.investor
    return Enterprise.model_validate(
        {
            "zone_id": lead.zone_id,
            "external_id": lead.investor_id,
            "lead_id": lead.id,
            "created_by": SYSTEM,
            "name": investor.name,
            "uscc": investor.uscc,
            "origin": investor.origin,
            "link_ids": [lead.link_id],
            "products": investor.products,
            "industry_codes": investor.industry_codes,
            "honours": [Honour.CHAIN_LEADER] if investor.is_chain_leader else [],
        }
    )


def _neighbours(work: Work, link_id: str) -> list[str]:
    """The suppliers and customers of a link."""
    reference = work.reference
    around = (*reference.suppliers.get(link_id, ()), *reference.customers.get(link_id, ()))
    return list(dict.fromkeys(around))
