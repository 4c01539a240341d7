"""Investors from a file, known by `external_id`."""

from collections.abc import Mapping, Sequence
from typing import Final

from models.ids import new_id
from models.investor import Investor, InvestorCreate, merge_investor
from service.imports.checking import Checked, Rule, check_is_new
from service.imports.taking import Kind, Values, tell_each
from service.repositories import investors
from service.runtime import Work


def find_known(work: Work, rows: Sequence[Checked[InvestorCreate]]) -> Mapping[str, Investor]:
    """The owner's active investors."""
    named = [row.own_id for row in rows if row.own_id is not None]
    others = [row.key for row in rows if row.own_id is None]
    return {
        **investors.by_external_id(work.session, work.caller.key_id, others),
        **investors.by_id_for_change(work.session, named),
    }


def make(work: Work, row: Checked[InvestorCreate], number: int) -> Values:
    """The columns of a new investor."""
    check_is_new(row)
    return vars(row.body) | {
        "id": new_id("inv"),
        "number": number,
        "created_by": work.caller.key_id,
        "closed_at": None,
    }


def merge(_work: Work, stored: Investor, changes: Values) -> None:
    """Bring an investor to what its row says."""
    merge_investor(stored, changes)


KIND: Final = Kind(
    rule=Rule(InvestorCreate, has_id=True),
    table=Investor,
    find_known=find_known,
    make=make,
    merge=merge,
    tell=tell_each("investor"),
)
