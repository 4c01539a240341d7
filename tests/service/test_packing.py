"""Investors come out of their packing as they went in, and few of them are made ready twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.codes import CodeScheme, IndustryCode
from matching.facts import InvestorFacts
from matching.preparing import prepare_investor
from matching.vocabulary import Activity, Origin, Region, SmartManufacturing
from service import packing
from service.indexed import IndexedInvestor
from service.packing import EXAMPLE, Packing
from tests.matching.making import PLACER, REFERENCE, investor_facts


class Preparing:
    """Prepares, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, facts: InvestorFacts, name: str) -> IndexedInvestor:
        self.count += 1
        return IndexedInvestor(prepare_investor(facts, REFERENCE, PLACER), name)


def some(number: int) -> IndexedInvestor:
    facts = replace(EXAMPLE, id=f"inv_{number}", number=number)
    return IndexedInvestor(prepare_investor(facts, REFERENCE, PLACER), f"示例{number}")


AMOUNTS = st.none() | st.integers(0, 2**62)
SHARES = st.none() | st.floats(0, 1e12, allow_nan=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
FACTS = st.builds(
    InvestorFacts,
    id=st.just("inv_1"),
    version=st.integers(1, 2**40),
    number=st.integers(1, 2**60),
    country=st.sampled_from(["CN", "DE", "TW"]),
    origin=st.sampled_from(Origin),
    products=st.lists(TEXTS, max_size=3).map(tuple),
    industry_codes=st.lists(
        st.builds(IndustryCode, st.sampled_from(CodeScheme), st.just("3985")), max_size=2
    ).map(tuple),
    activities=st.lists(st.sampled_from(Activity), unique=True).map(tuple),
    planned_investment_min_cny=AMOUNTS,
    energy_tce=SHARES,
    rd_intensity_pct=SHARES,
    circular=st.none() | st.booleans(),
    technology_level=st.none() | st.integers(1, 5),
    smart_manufacturing=st.lists(st.sampled_from(SmartManufacturing), unique=True).map(tuple),
    preferred_regions=st.lists(st.sampled_from(Region), unique=True).map(tuple),
    start_by=st.none() | st.dates(date(2000, 1, 1)),
    is_closed=st.booleans(),
)


@given(FACTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_an_investor_comes_out_as_it_went_in(facts: InvestorFacts, name: str) -> None:
    preparing = Preparing()
    record = preparing(facts, name)
    held = Packing(preparing).pack(record)
    again = Packing(preparing).unpack(held)  # another one has nothing ready
    assert again.name == name
    assert again.profile.facts == facts
    assert [type(value) for value in again.profile.facts.activities] == [Activity] * len(
        facts.activities
    )
    assert repr(again.profile) == repr(record.profile)  # NaN is NaN


def test_what_was_asked_for_last_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "READY", 2)
    preparing = Preparing()
    packed = Packing(preparing)
    first, second, third = (packed.pack(some(number)) for number in (1, 2, 3))
    assert packed.unpack(second) is packed.unpack(second)
    assert (packed.unpack(third).name, preparing.count) == ("示例3", 0)
    assert (packed.unpack(first).name, preparing.count) == ("示例1", 1)
    assert (packed.unpack(second).name, preparing.count) == ("示例2", 2)  # which made room for it


def test_an_id_is_told_without_making_the_investor_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "READY", 0)
    preparing = Preparing()
    packed = Packing(preparing)
    assert packed.id_of(packed.pack(some(7))) == "inv_7"
    assert preparing.count == 0


def test_two_versions_are_two_records() -> None:
    packed = Packing(Preparing())
    old = packed.pack(some(1))
    facts = investor_facts(id="inv_1", version=2, products=("隔膜",))
    new = packed.pack(IndexedInvestor(prepare_investor(facts, REFERENCE, PLACER), "示例"))
    assert packed.unpack(old).profile.facts.products == EXAMPLE.products
    assert packed.unpack(new).profile.facts.version == 2


def test_an_investor_is_held_in_few_bytes() -> None:
    packed = Packing(Preparing())
    sizes = [len(packed.pack(some(number))) for number in range(100)]
    assert sum(sizes) / len(sizes) < 120
