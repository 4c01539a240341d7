"""Where firms stand: an officer's word, the list, words, codes; nobody is dropped."""

from typing import Any

import pytest

from matching.codes import IndustryCode
from matching.diagnosis.placing import NOT_FOUND, SET_ASIDE, UNLISTED, place
from matching.vocabulary import CodeScheme, PlacedBy
from service.scorer import Scorer
from tests.matching.diagnosis.making import CELLS, ELECTROLYTE, SEPARATOR, a_firm, placed


def gb(code: str) -> IndustryCode:
    return IndustryCode(CodeScheme.GB4754, code)


@pytest.mark.parametrize(
    ("fields", "links", "by"),
    [
        ({"products": ("锂离子电池电解液",)}, [ELECTROLYTE], PlacedBy.WORDS),
        ({"products": ("动力电芯", "湿法隔膜")}, [CELLS, SEPARATOR], PlacedBy.WORDS),
        ({"link_ids": (CELLS,), "products": ("湿法隔膜",)}, [CELLS], PlacedBy.DECLARATION),
        ({"link_ids": (CELLS, "no.such")}, [CELLS], PlacedBy.DECLARATION),
        ({"products": ("锂电隔膜",)}, [SEPARATOR, "newmat.membrane"], PlacedBy.WORDS),
    ],
)
def test_where_firms_stand(
    scorer: Scorer, fields: dict[str, Any], links: list[str], by: PlacedBy
) -> None:
    firm = placed(scorer, a_firm(**fields))
    assert [standing.link_id for standing in firm.standings] == sorted(links)
    assert {standing.by for standing in firm.standings} == {by}
    assert sum(standing.share for standing in firm.standings) == pytest.approx(1)
    assert firm.unplaced is None


def test_words_say_how_sure_they_are(scorer: Scorer) -> None:
    (standing,) = placed(scorer, a_firm(products=("动力电芯",))).standings
    assert 0.9 < standing.confidence < 1
    assert "动力电芯" in standing.why.zh


def test_a_correction_stands_before_all(scorer: Scorer) -> None:
    firm = a_firm(link_ids=(CELLS,), products=("动力电芯",))
    (standing,) = placed(scorer, firm, SEPARATOR).standings
    assert (standing.link_id, standing.by, standing.confidence) == (
        SEPARATOR, PlacedBy.CORRECTION, 1.0,
    )  # fmt: skip
    aside = place(firm, (), scorer.placer, scorer.reference)
    assert (aside.standings, aside.unplaced) == ((), SET_ASIDE)


def unique_code(scorer: Scorer) -> tuple[str, str]:
    """A class that one link of all chains has to itself."""
    owners: dict[str, list[str]] = {}
    for link in scorer.reference.links.values():
        for code in link.gb4754_codes:
            owners.setdefault(code, []).append(link.link_id)
    return next((code, links[0]) for code, links in owners.items() if len(links) == 1)


def test_a_code_alone_places_where_it_is_of_one_link(scorer: Scorer) -> None:
    code, link = unique_code(scorer)
    (standing,) = placed(scorer, a_firm(industry_codes=(gb(code),))).standings
    assert (standing.link_id, standing.by) == (link, PlacedBy.CODES)
    assert standing.confidence < 0.5


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"products": ("综合实业",)}, NOT_FOUND),
        ({"industry_codes": (gb("3841"),)}, NOT_FOUND),  # battery makers: links of four chains
        ({"industry_codes": (gb("3985"),)}, NOT_FOUND),
        ({"products": ("综合实业",), "industry_codes": (gb("2921"),)}, NOT_FOUND),
        ({"link_ids": ("no.such",)}, UNLISTED),
        ({}, NOT_FOUND),
    ],
)
def test_who_stands_nowhere_is_told_why(
    scorer: Scorer, fields: dict[str, Any], why: object
) -> None:
    firm = placed(scorer, a_firm(**fields))
    assert (firm.standings, firm.unplaced) == ((), why)
