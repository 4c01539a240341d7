"""A policy with some weights of the caller's own: for trying out, never stored."""

from collections.abc import Mapping
from dataclasses import replace

from matching.criteria import CRITERIA
from matching.points import WHOLE
from matching.policy import Policy, check_name

KEYS = tuple(criterion.key for criterion in CRITERIA)


def reweighted(policy: Policy, weights: Mapping[str, int]) -> Policy:
    """The policy with these weights (basis points); the others keep their proportions.

    A criterion that carries no weight in a case (the anchor of a missing link for a weak one)
    carries none afterwards. Each case adds up to 10,000 again, to the point.

    Raises:
        ValueError: a name is unknown (the nearest one is proposed), a weight is out of its range,
            or in some case the weights named leave nothing to scale or are more than the whole.
    """
    for name, weight in weights.items():
        check_name(name, KEYS, "criterion")
        if not 0 <= weight <= WHOLE:
            msg = f"the weight of {name} must be from 0 to {WHOLE}, not {weight}"
            raise ValueError(msg)
    return replace(policy, weights=tuple(_case(row, weights) for row in policy.weights))


def _case(row: tuple[int, ...], weights: Mapping[str, int]) -> tuple[int, ...]:
    named = {n: weights[key] for n, key in enumerate(KEYS) if key in weights and row[n]}
    others = [n for n in range(len(row)) if n not in named]
    rest, before = WHOLE - sum(named.values()), sum(row[n] for n in others)
    if rest < 0:
        msg = f"the weights named add up to {WHOLE - rest}, more than {WHOLE}"
        raise ValueError(msg)
    if rest and not before:
        msg = f"all weights are named, but they add up to {WHOLE - rest}, not {WHOLE}"
        raise ValueError(msg)
    scaled = dict(zip(others, shared_out(rest, [row[n] for n in others]), strict=True))
    return tuple(named.get(n, scaled.get(n, 0)) for n in range(len(row)))


def shared_out(whole: int, parts: list[int]) -> list[int]:
    """Whole numbers in the proportions of `parts` that add up to `whole`: largest remainder first.

    >>> shared_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    floors = [whole * part // total for part in parts]
    remainders = sorted(range(len(parts)), key=lambda n: (-(whole * parts[n] % total), n))
    for n in remainders[: whole - sum(floors)]:
        floors[n] += 1
    return floors
