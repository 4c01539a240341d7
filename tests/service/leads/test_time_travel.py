"""Each template lived day by day (`scenarios`), and slept through."""

import pytest

from service.leads.templates import lead_rules
from tests.service.leads.moments import at, told
from tests.service.leads.scenarios import SCENARIOS, Scenario
from tests.service.leads.travel import day_by_day, live, script


def keep(scenario: Scenario, lines: list[str]) -> list[str]:
    """Of lines such as `2026-02-14 09:00 answer.reminder`, those of the scenario's steps."""
    steps = scenario.steps
    return [line for line in lines if not steps or line.split()[2].split(".")[0] in steps]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_life_under_a_template(scenario: Scenario) -> None:
    life = scenario.lived()
    wanted = [line.strip() for line in scenario.told.strip().splitlines()]
    assert keep(scenario, life.telling()) == wanted
    assert life.end() == scenario.end


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_same_life_when_the_server_slept(scenario: Scenario) -> None:
    """One look at the end instead of two a day: the same moves, and nothing told that is over."""
    moves = script(scenario.moves)
    slept = live(lead_rules()[scenario.template], moves, [at(f"{scenario.until} 12:00")])
    awake = scenario.lived()
    assert slept.moves == awake.moves
    assert set(slept.told) <= set(awake.told)


@pytest.mark.parametrize("template", lead_rules())
def test_every_template_is_lived(template: str) -> None:
    ends = {scenario.end.split()[-2] for scenario in SCENARIOS if scenario.template == template}
    assert ends
    assert "released" in ends


def test_looks_are_twice_a_day() -> None:
    looks = day_by_day(at("2026-02-28 08:00"), at("2026-03-02 12:00"))
    assert [told(look) for look in looks] == [
        "2026-02-28 09:00",
        "2026-03-01 00:00",
        "2026-03-01 09:00",
        "2026-03-02 00:00",
        "2026-03-02 09:00",
        "2026-03-02 12:00",
    ]
