import pytest
from pydantic import BaseModel

from models.readiness import PromotionPath, Readiness
from tests.models.bodies import complaints

FORCES = {
    "strategy_planning": [
        "overall_development_efficiency",
        "industrial_economic_efficiency",
        "regional_driving_effect",
    ],
    "resource_integration": [
        "innovation_resource_integration",
        "space_resource_integration",
        "capital_resource_integration",
    ],
    "implementation": [
        "management_and_service_environment",
        "industry_environment",
        "investment_promotion_efficiency",
    ],
}
STEPS = ["plan", "park", "policy", "fund", "promotion"]


def test_three_forces_of_three_dimensions_each() -> None:
    full = {force: dict.fromkeys(names, 60) for force, names in FORCES.items()}
    assert Readiness.model_validate(full).model_dump() == full


@pytest.mark.parametrize(
    ("force", "name"), [(force, name) for force, names in FORCES.items() for name in names]
)
@pytest.mark.parametrize("mark", [-1, 101, "60", 60.5, True])
def test_a_dimension_is_marked_from_0_to_100(force: str, name: str, mark: object) -> None:
    ((where, _),) = complaints(Readiness, {force: {name: mark}})
    assert where == f"{force}.{name}"


@pytest.mark.parametrize("shape", [Readiness, PromotionPath])
def test_nothing_known_is_all_null(shape: type[BaseModel]) -> None:
    assert set(shape().model_dump().values()) == {None}


def test_five_steps_in_their_order() -> None:
    path = PromotionPath.model_validate(dict.fromkeys(STEPS, True))
    assert list(path.model_dump()) == STEPS
    assert set(path.model_dump().values()) == {True}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_done_or_not(step: str) -> None:
    assert complaints(PromotionPath, {step: "yes"}) == [(step, "Input should be a valid boolean")]
