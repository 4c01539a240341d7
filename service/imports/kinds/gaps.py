"""Gaps from a file: placed by their products where they name no link, known by `external_id`."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from matching.vocabulary import GapStatus
from models.gap import Gap, GapCreate, merge_gap
from models.ids import new_id
from service.errors import NotValid
from service.imports.checking import Checked, Rule, check_is_new
from service.imports.taking import Kind, Values, tell_each
from service.repositories import gaps
from service.runtime import Work
from service.scorer import Scorer
from service.usecases.placement import link_for


def warm(scorer: Scorer, body: GapCreate) -> None:
    """Place the products; the result is kept in the process."""
    if body.link_id is None and body.products:
        with suppress(NotValid):
            link_for(scorer, body.products)


def find_known(work: Work, rows: Sequence[Checked[GapCreate]]) -> Mapping[str, Gap]:
    """The owner's gaps that are not closed."""
    named = [row.own_id for row in rows if row.own_id is not None]
    others = [row.key for row in rows if row.own_id is None]
    return {
        **gaps.by_external_id(work.session, work.caller.key_id, others),
        **gaps.by_id_for_change(work.session, named),
    }


def make(work: Work, row: Checked[GapCreate], number: int) -> Values:
    """The columns of a new gap."""
    check_is_new(row)
    body = row.body
    link_id = body.link_id or link_for(work.bench.scorer, body.products or ())
    return vars(body) | {
        "id": new_id("gap"),
        "number": number,
        "created_by": work.caller.key_id,
        "status": GapStatus.OPEN,
        "chain_id": link_id.partition(".")[0],
        "link_id": link_id,
        "is_placed": body.link_id is None,
        "is_computed": False,
        "filled": 0,
    }


def merge(work: Work, stored: Gap, changes: Values) -> None:
    """Bring a gap to what its row says."""
    if merge_gap(stored, changes):
        stored.link_id = link_for(work.bench.scorer, stored.products)
        stored.chain_id = stored.link_id.partition(".")[0]


KIND: Final = Kind(
    rule=Rule(GapCreate, has_id=True),
    table=Gap,
    find_known=find_known,
    make=make,
    merge=merge,
    tell=tell_each("gap"),
    zone_of=lambda row: row.body.zone_id,
    warm=warm,
)
