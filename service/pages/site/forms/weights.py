"""The sliders of a trial, read into the weights and the orientation of the call that tries them.

A slider stands for a weight in points of the full hundred, wherever its criterion counts, or for a
value of the orientation in points of its full thousand. One that stands where the policy has it
says nothing, so that the policy's own figures for single cases stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching.vocabulary import Kind, Pillar, Region, RegionGroup
from models.policy import CriterionPublic, PolicyDetail
from service.errors import invalid
from service.pages.site.forms.numbers import decimal_of

POINT: Final = 100
"""Basis points of a point."""

STEP: Final = 50
"""Basis points from one position of a slider to the next."""

MOST: Final = 6_000
"""Basis points at a slider's end: two and a half times the greatest weight we give."""

MEMBERS: Final[Mapping[RegionGroup, tuple[Region, ...]]] = {
    RegionGroup.EAST: (Region.EAST,),
    RegionGroup.CENTRAL_WEST: (Region.CENTRAL, Region.WEST),
    RegionGroup.NORTHEAST: (Region.NORTHEAST,),
}
"""The groups of the article: it favours the same kinds in the centre and in the west."""

ORIENTATION_STEP: Final = 50
ORIENTATION_MOST: Final = 1_000
ORIENTATION_POINT: Final = 10


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider; all figures in points of a hundred."""

    name: str
    usual: float
    """Where the policy has it."""
    now: float
    most: float
    step: float

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere than the policy has it."""
        return self.now != self.usual


@dataclass(frozen=True, slots=True)
class Sliders:
    """All sliders of a trial."""

    weights: Mapping[Pillar, Sequence[Slider]]
    orientation: Mapping[RegionGroup, Sequence[Slider]]

    @property
    def moved(self) -> list[Slider]:
        """Those that stand elsewhere than the policy has them."""
        groups = [*self.weights.values(), *self.orientation.values()]
        return [slider for group in groups for slider in group if slider.is_moved]

    @property
    def own_weights(self) -> dict[str, int]:
        """Weights of one's own by criterion, basis points."""
        moved = [one for group in self.weights.values() for one in group if one.is_moved]
        return {slider.name: round(slider.now * POINT) for slider in moved}

    @property
    def own_orientation(self) -> dict[Region, dict[Kind, int]]:
        """Values of one's own by region and kind, thousandths."""
        found: dict[Region, dict[Kind, int]] = {}
        for group, sliders in self.orientation.items():
            moved = {
                _kind(one): round(one.now * ORIENTATION_POINT) for one in sliders if one.is_moved
            }
            if moved:
                found |= dict.fromkeys(MEMBERS[group], moved)
        return found


def read(
    policy: PolicyDetail, criteria: Sequence[CriterionPublic], said: Mapping[str, str]
) -> Sliders:
    """The sliders as an address or a form has them; those it does not name stand as usual.

    Raises:
        NotValid: a number is none, or beyond the end of its slider.
    """
    weights: dict[Pillar, list[Slider]] = {pillar: [] for pillar in Pillar}
    for criterion in criteria:
        usual = _usual_weight(policy, criterion.criterion)
        slider = _slider(criterion.criterion, usual, max(MOST, usual), STEP, POINT, said)
        weights[criterion.pillar].append(slider)
    orientation = {
        group: [
            _slider(
                f"{group}.{kind}",
                round(sum(policy.orientation[region][kind] for region in members) / len(members)),
                ORIENTATION_MOST,
                ORIENTATION_STEP,
                ORIENTATION_POINT,
                said,
            )
            for kind in Kind
        ]
        for group, members in MEMBERS.items()
    }
    return Sliders(weights, orientation)


def _usual_weight(policy: PolicyDetail, criterion: str) -> int:
    """The mean of the cases in which the criterion counts, at a position of its slider."""
    cases = [weight for weight in policy.weights[criterion].model_dump().values() if weight]
    return round(sum(cases) / len(cases) / STEP) * STEP if cases else 0


def _slider(
    name: str, usual: int, most: int, step: int, point: int, said: Mapping[str, str]
) -> Slider:
    now = decimal_of(said.get(name, "")) if said.get(name) else usual / point
    if now is None or now > most / point:
        raise invalid("is beyond the end of its slider", "query", name)
    return Slider(name, usual / point, float(now), most / point, step / point)


def _kind(slider: Slider) -> Kind:
    return Kind(slider.name.partition(".")[2])
