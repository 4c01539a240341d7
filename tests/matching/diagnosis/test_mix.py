"""High-end services, factor kinds and variety of a zone's firms."""

from math import isnan

import pytest

from matching.codes import IndustryCode
from matching.diagnosis.mix import class_of, mix
from matching.vocabulary import CodeScheme, Kind
from service.scorer import Scorer
from tests.matching.diagnosis.making import CELLS, SEPARATOR, a_firm, at, placed

SOFTWARE, GARMENTS, TRUCKS = "6513", "1811", "5430"


def coded(external_id: str, code: str, employees: int) -> object:
    codes = (IndustryCode(CodeScheme.GB4754, code),)
    return a_firm(external_id, industry_codes=codes, employees=employees)


def test_shares_by_employees_where_all_state_them(scorer: Scorer) -> None:
    firms = [
        placed(scorer, coded(*row))  # type: ignore[arg-type]
        for row in (("A", SOFTWARE, 60), ("B", GARMENTS, 30), ("C", TRUCKS, 10))
    ]
    found = mix([*firms, placed(scorer, a_firm("D", products=("综合实业",)))], scorer.reference)
    assert (found.by, found.classed, found.unclassed) == ("employees", 3, ("D",))
    assert found.high_end_services == pytest.approx(0.6, abs=1e-9)
    assert found.producer_services >= found.high_end_services
    assert found.kinds[Kind.LABOUR_INTENSIVE] == pytest.approx(0.3, abs=1e-9)
    assert found.kinds[Kind.SERVICES] == pytest.approx(0.7, abs=1e-9)
    assert sum(found.kinds.values()) + found.kind_unknown == pytest.approx(1)


def test_nothing_is_known_of_nobody(scorer: Scorer) -> None:
    found = mix([], scorer.reference)
    assert (found.by, found.classed, found.unclassed, found.kinds) == ("firms", 0, (), {})
    shares = found.high_end_services, found.kind_unknown, found.concentration
    assert all(isnan(share) for share in shares)


def test_a_division_without_a_kind_is_counted_as_unknown(scorer: Scorer) -> None:
    known = {code for code, row in scorer.reference.divisions.items() if row.kind}
    code = next(
        code for code, row in scorer.reference.gb4754.items()
        if row.level == "class" and code[:2] not in known
    )  # fmt: skip
    found = mix([placed(scorer, coded("A", code, 5))], scorer.reference)  # type: ignore[arg-type]
    assert (found.kind_unknown, found.kinds) == (1.0, {})


def test_a_firm_of_one_link_is_of_its_class(scorer: Scorer) -> None:
    links = scorer.reference.links
    one = placed(scorer, at(CELLS))
    assert class_of(one, scorer.reference) == links[CELLS].gb4754_codes[0]
    two = placed(scorer, a_firm(link_ids=(CELLS, SEPARATOR)))
    assert class_of(two, scorer.reference) is None
    strange = IndustryCode(CodeScheme.GB4754, "9Z99")
    assert class_of(placed(scorer, a_firm(industry_codes=(strange,))), scorer.reference) is None


def test_variety_is_counted_over_chains(scorer: Scorer) -> None:
    firms = [placed(scorer, at(CELLS, "A")), placed(scorer, at("ic.photoresist", "B"))]
    assert mix(firms, scorer.reference).concentration == pytest.approx(0.5, abs=1e-9)
