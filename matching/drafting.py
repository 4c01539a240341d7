"""From one policy to the next: its figures as they are written, and some of them changed."""

from collections.abc import Mapping
from typing import cast

from matching.criteria import CRITERIA
from matching.diagnosis import thresholds
from matching.policy import CASES, Policy, check_name, read_policy
from matching.reweighting import KEYS, reweighted
from matching.rows import KINDS, REGIONS

Figures = Mapping[str, object]
"""The part of a policy that moves a score, in its TOML form."""

NUMBERS = ("neutral", "relevance_floor", "labour_cap_east")
TABLES = ("weights", "orientation", "diagnosis")


def figures_of(policy: Policy) -> dict[str, object]:
    """The figures of a policy in the form that `read_policy` reads."""
    weights = {
        criterion.key: dict(zip(CASES, column, strict=True))
        for criterion, column in zip(CRITERIA, zip(*policy.weights, strict=True), strict=True)
    }
    orientation = {
        region: dict(zip(KINDS, row, strict=True))
        for region, row in zip(REGIONS, policy.orientation, strict=True)
    }
    numbers = {name: getattr(policy, name) for name in NUMBERS}
    lines = dict(thresholds.figures(policy.diagnosis))
    return {**numbers, "weights": weights, "orientation": orientation, "diagnosis": lines}


def amended(policy: Policy, changes: Figures) -> Policy:
    """The policy with some of its figures changed, checked as a whole.

    `weights` may hold whole numbers: each is that criterion's weight wherever it counts, and the
    others keep their proportions. Or rows of single cases, taken as they are.

    Raises:
        ValueError: a name is unknown (the nearest one is proposed), a number is out of its range,
            or the weights of a case do not add up to 10,000.
    """
    for name in changes:
        check_name(name, (*NUMBERS, *TABLES), "figure")
    weights = cast("Mapping[str, object]", changes.get("weights", {}))
    plain = {name: weight for name, weight in weights.items() if isinstance(weight, int)}
    if plain and len(plain) < len(weights):
        raise ValueError("weights must be all whole numbers, or all tables of the four cases")
    start = reweighted(policy, plain) if plain else policy
    tables = {} if plain else {"weights": weights}
    return with_figures(policy, _overlaid(figures_of(start), {**changes, "weights": {}, **tables}))


def with_figures(policy: Policy, figures: Figures) -> Policy:
    """The policy's name and standing, with these figures in place of its own.

    Raises:
        ValueError: see `read_policy`.
    """
    head = {
        "id": policy.id,
        "version": policy.version,
        "name_zh": policy.name_zh,
        "name_en": policy.name_en,
        "effective_from": policy.effective_from,
        "source": policy.source,
    }
    return read_policy({**figures, **head})


def _overlaid(figures: dict[str, object], changes: Figures) -> dict[str, object]:
    """The figures with the changes laid over them, cell by cell."""
    laid = {**figures, **{name: changes[name] for name in NUMBERS if name in changes}}
    for name, rows in (("weights", KEYS), ("orientation", REGIONS)):
        table = cast("dict[str, Mapping[str, object]]", laid[name])
        changed = cast("Mapping[str, Mapping[str, object]]", changes.get(name, {}))
        for row in changed:
            check_name(row, tuple(rows), f"{name} row")
        laid[name] = {row: {**cells, **changed.get(row, {})} for row, cells in table.items()}
    lines = cast("dict[str, object]", laid["diagnosis"])
    changed_lines = cast("Mapping[str, object]", changes.get("diagnosis", {}))
    return {**laid, "diagnosis": {**lines, **changed_lines}}
