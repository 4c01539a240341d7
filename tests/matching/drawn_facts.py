"""Investors and gaps of which any part may be unknown, for properties that hold of all."""

from typing import Any

from hypothesis import strategies as st

from matching.vocabulary import Activity, GapKind, Origin, Region, SmartManufacturing
from tests.matching.making import gap_facts, investor_facts, zone_facts

PRODUCTS = (
    "光刻胶",
    "photoresist",
    "12英寸硅片",
    "正极材料",
    "工业机器人",
    "EDA软件",
    "房地产开发",
)
LINKS = ("ic.photoresist", "ic.wafer_si", "ic.eda", "battery.cathode", "battery.anode", "ic.fab")


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


INVESTORS = st.builds(
    investor_facts,
    products=st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=2).map(tuple),
    origin=st.sampled_from(Origin),
    activities=st.lists(st.sampled_from(Activity), max_size=3, unique=True).map(tuple),
    planned_investment_max_cny=maybe(st.integers(0, 10**11)),
    jobs=maybe(st.integers(0, 10**5)),
    rd_intensity_pct=maybe(st.floats(0, 100)),
    rd_centre_committed=maybe(st.booleans()),
    technology_level=maybe(st.integers(1, 5)),
    smart_manufacturing=st.lists(st.sampled_from(SmartManufacturing), unique=True).map(tuple),
    is_chain_leader=maybe(st.booleans()),
    revenue_cny=maybe(st.integers(0, 10**13)),
    local_sourcing_pct=maybe(st.floats(0, 100)),
    energy_tce=maybe(st.floats(0, 1e6)),
    circular=maybe(st.booleans()),
)
ZONES = st.builds(
    zone_facts,
    st.sampled_from(Region),
    leading_chains=st.sampled_from([(), ("ic",), ("battery", "ic"), ("agrifood",)]),
)
GAPS = st.builds(
    gap_facts,
    ZONES,
    kind=st.sampled_from(GapKind),
    link_id=st.sampled_from(LINKS),
    technology_level_wanted=maybe(st.integers(1, 5)),
    investment_min_cny=maybe(st.integers(0, 10**11)),
    severity=maybe(st.integers(0, 100)),
    number=st.integers(1, 10**6),
    products=st.lists(st.sampled_from(PRODUCTS), max_size=2).map(tuple),
    energy_cap_tce=maybe(st.floats(0, 1e6)),
)
