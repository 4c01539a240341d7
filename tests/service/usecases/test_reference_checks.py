"""Codes that must exist: all that do not are told at once, by their place."""

from typing import Any

import pytest

from matching.vocabulary import CodeScheme
from models.industry import IndustryCode
from service.errors import NotValid
from service.scorer import Scorer
from service.usecases.reference_checks import check_codes


def code(scheme: str, text: str) -> IndustryCode:
    return IndustryCode(scheme=CodeScheme(scheme), code=text)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"industry_codes": None, "province_code": None, "link_id": None, "jobs": 7},
        {"industry_codes": [code("gb4754", "C3985"), code("nace2", "2611")]},
        {"province_code": "32", "preferred_provinces": ["11", "65"]},
        {"leading_chains": ["ic", "battery"], "link_id": "ic.photoresist"},
    ],
)
def test_known_codes_pass(scorer: Scorer, fields: dict[str, Any]) -> None:
    check_codes(scorer.reference, fields)


def test_unknown_codes_are_all_told(scorer: Scorer) -> None:
    fields = {
        "industry_codes": [code("gb4754", "3985"), code("isic4", "9999"), code("gb4754", "0000")],
        "province_code": "99",
        "preferred_provinces": ["32", "00"],
        "leading_chains": ["none"],
        "link_id": "ic.none",
    }
    with pytest.raises(NotValid) as refused:
        check_codes(scorer.reference, fields)
    assert [error.loc for error in refused.value.errors] == [
        ["body", "industry_codes", 1, "code"],
        ["body", "industry_codes", 2, "code"],
        ["body", "province_code"],
        ["body", "preferred_provinces", 1],
        ["body", "leading_chains", 0],
        ["body", "link_id"],
    ]
