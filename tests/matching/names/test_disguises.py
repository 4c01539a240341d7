import pytest

from matching.names.comparing import Company, compare
from matching.names.judged import Relation
from matching.names.register import Register
from tests.matching.names.disguises import disguises
from tests.matching.names.measure import measure, render
from tests.matching.names.synthetic import NameMaker

COMPANIES = [
    "苏州示例半导体科技有限公司",
    "无锡示例半导体科技有限公司",
    "深圳晨曦光电股份有限公司",
    "杭州迅捷达网络科技有限责任公司",
    "Acme Robotics Co., Ltd.",
    "Borealis Optics GmbH",
    "Zenithal Energy Systems Inc.",
    "Siemens AG",
]
CASES = [(name, disguise) for name in COMPANIES for disguise in disguises(name)]


@pytest.mark.parametrize("name", COMPANIES)
def test_a_name_has_many_disguises(name: str) -> None:
    found = disguises(name)
    assert len(found) == len(set(found)) >= 18
    assert name not in found


@pytest.mark.parametrize(("name", "disguise"), CASES)
def test_no_disguise_makes_another_company(name: str, disguise: str) -> None:
    found = compare(Company((name,)), Company((disguise,)))
    assert found.relation is Relation.SAME, [why.key for why in found.reasons]


def test_a_register_sees_through_every_disguise() -> None:
    maker = NameMaker(3)
    register = Register([*(maker.make() for _ in range(2_000)), *COMPANIES])
    for name, disguise in CASES:
        found = register.search(disguise, 1)
        assert found[0].position == 2_000 + COMPANIES.index(name), (name, disguise)


def test_disguises_of_two_companies_stay_apart() -> None:
    one, other = COMPANIES[:2]
    for disguise in disguises(one):
        if "苏州" not in disguise.replace("\u200b", "") and "蘇州" not in disguise:
            continue
        found = compare(Company((disguise,)), Company((other,)))
        assert found.relation is Relation.DIFFERENT, disguise


def test_names_are_made_by_the_seed() -> None:
    def made(seed: int) -> list[str]:
        maker = NameMaker(seed)
        names = [maker.make() for _ in range(50)]
        return names + [maker.misspell(name) for name in names]

    assert made(1) == made(1) != made(2)
    assert all(made(1))


def test_the_figures_are_measured() -> None:
    figures = measure(3_000, checked=30)
    assert figures.equal >= 0.96
    assert 0 < figures.search_p50 <= figures.search_p95
    assert figures.megabytes < 3_000 * 250 / 1e6
    assert figures.search_p50 < 5
    text = render(3_000, figures)
    assert text.startswith("3,000 names\n")
    assert "search_p95" in text
