import base64
import json
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.facts import ZoneEvidence
from matching.receipt import FORM, Receipt, of_pair, read, write
from tests.matching.making import RULES, a_pair, gap_facts, investor_facts, zone_facts

GIVEN = of_pair(a_pair(), RULES)


def test_a_receipt_names_what_met() -> None:
    held = a_pair(investor_facts(version=2), gap_facts(zone_facts(version=4), version=3))
    found = of_pair(held, RULES)
    assert (found.investor_version, found.gap_version, found.zone_version) == (2, 3, 4)
    assert (found.ruleset, found.policy) == (RULES.digest, "national-2026")


@given(st.builds(Receipt))
def test_what_was_written_is_read(receipt: Receipt) -> None:
    assert read(write(receipt)) == receipt


def test_a_receipt_names_what_the_zones_firms_said() -> None:
    evidence = ZoneEvidence(version="v7", credibility=0.5, strengths=(), settled=(), levels=())
    held = a_pair(gap=gap_facts(zone_facts(evidence=evidence)))
    assert of_pair(held, RULES).zone_evidence == "v7"
    assert GIVEN.zone_evidence == ""


def test_one_written_before_firms_counted_is_still_read() -> None:
    *older, evidence = astuple(GIVEN)
    assert evidence == ""
    assert read(line_of(older)) == GIVEN


def line_of(values: object) -> str:
    return FORM + base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "r1.",
        "r1.!!!",
        "r1.é",
        "x" + write(GIVEN),
        line_of({"a": 1}),
        line_of([1, 2]),
        line_of(["a", "b", True, "c", 1, "d", 1, "e", 1]),
        line_of("[" * 10),
    ],
)
def test_what_is_no_receipt_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no receipt"):
        read(line)
