"""Investors held in few bytes: most are never shown, and those that are can be made ready again."""

import zlib
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Final

from pydantic import TypeAdapter

from matching.codes import CodeScheme, IndustryCode
from matching.facts import InvestorFacts
from matching.vocabulary import Activity, Origin, Region, SmartManufacturing
from service.indexed import IndexedInvestor

READY: Final = 4_096
"""Investors kept ready as they were last asked for, about 10 kB each; of the others 100 bytes."""

EXAMPLE: Final = InvestorFacts(
    id="inv_01M",
    version=1,
    number=1,
    country="DE",
    origin=Origin.FOREIGN,
    products=("材料",),
    industry_codes=tuple(IndustryCode(scheme, "3985") for scheme in CodeScheme),
    activities=tuple(Activity),
    planned_investment_min_cny=100_000_000,
    planned_investment_max_cny=500_000_000,
    jobs=100,
    land_ha=1.5,
    planned_output_cny=100_000_000,
    energy_tce=1.5,
    emissions_tco2e=1.5,
    circular=True,
    rd_intensity_pct=5.0,
    rd_centre_committed=True,
    technology_level=3,
    smart_manufacturing=tuple(SmartManufacturing),
    is_chain_leader=False,
    revenue_cny=1_000_000_000,
    local_sourcing_pct=30.0,
    preferred_regions=tuple(Region),
    preferred_provinces=("32",),
    start_by=date(2027, 1, 1),
)
"""What recurs in it is not held again with each investor."""

FORM: Final = TypeAdapter(tuple[InvestorFacts, str])

USUAL: Final = FORM.dump_json((EXAMPLE, "股份有限公司"))

Prepare = Callable[[InvestorFacts, str], IndexedInvestor]


class Packing:
    """Packs investors and gives them again as they were; the last asked for are kept ready."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._lock = Lock()
        self._ready: dict[bytes, IndexedInvestor] = {}

    def pack(self, record: IndexedInvestor) -> bytes:
        """What is held of an investor: its facts and its name."""
        said = FORM.dump_json((record.profile.facts, record.name), exclude_defaults=True)
        squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS, zdict=USUAL)
        held = squeeze.compress(said) + squeeze.flush()
        self._keep(held, record)
        return held

    def unpack(self, held: bytes) -> IndexedInvestor:
        """The investor again; placing it anew takes a millisecond or two."""
        with self._lock:
            record = self._ready.pop(held, None)
        record = record or self._prepare(*_spread(held))
        self._keep(held, record)
        return record

    def id_of(self, held: bytes) -> str:
        """The investor's id, some twenty microseconds."""
        facts, _ = _spread(held)
        return facts.id

    def _keep(self, held: bytes, record: IndexedInvestor) -> None:
        """As the last one asked for; the one not asked for longest makes room."""
        with self._lock:
            self._ready[held] = record
            if len(self._ready) > READY:
                del self._ready[next(iter(self._ready))]


def _spread(held: bytes) -> tuple[InvestorFacts, str]:
    loose = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=USUAL)
    return FORM.validate_json(loose.decompress(held))
