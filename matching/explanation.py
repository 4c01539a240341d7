"""Why a pair scores what it scores: the same criteria, their levels and the values that met."""

from dataclasses import dataclass
from math import isnan

from matching import receipt
from matching.criteria import CRITERIA
from matching.criterion import Criterion, Fact
from matching.engine import Score, Scored
from matching.gate import Finding
from matching.gates import GATES, POOL_GATES
from matching.points import known, points, thousandths
from matching.profiles import Pair
from matching.ruleset import Ruleset
from matching.vocabulary import Origin, Pillar, Verdict

FDI_AXES = ("local_linkage", "frontier_technology")
"""与本土产业关联性强、有利于高端技术创新: the two axes of FDI relevance (the article)."""


@dataclass(frozen=True, slots=True)
class Component:
    """One criterion's part in a score. Weight and points in basis points, value in thousandths."""

    criterion: str
    pillar: Pillar
    weight: int
    value: int | None
    points: int
    assumed: bool
    band: str
    zh: str
    en: str
    investor_value: str
    gap_value: str
    evidence: list[Fact]
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A match with its reasons; points of the components add up to the score."""

    score: int
    coverage: int
    fdi_relevance: int | None
    pillars: dict[Pillar, int]
    conditions: list[Finding]
    components: list[Component]
    receipt: str


def explain(scored: Scored, rules: Ruleset) -> Explanation:
    """The reasons of a scored pair; criteria that carry no weight in its case are left out."""
    held, result = scored
    weights = rules.policy.case_weights(held.gap.row, held.row)
    components = [
        _component(criterion, weight, value, held)
        for criterion, weight, value in zip(CRITERIA, weights, result.values, strict=True)
        if weight
    ]
    pillars = {pillar: sum(c.points for c in components if c.pillar is pillar) for pillar in Pillar}
    return Explanation(
        score=result.score,
        coverage=result.coverage,
        fdi_relevance=_fdi_relevance(held, weights, result),
        pillars=pillars,
        conditions=[f for f in findings(held) if f.verdict is not Verdict.BLOCKED],
        components=components,
        receipt=receipt.write(receipt.of_pair(held, rules)),
    )


def findings(held: Pair) -> list[Finding]:
    """What every gate says of the pair, in the order they are asked."""
    return [finding for gate in (*POOL_GATES, *GATES) for finding in gate.findings(held)]


def _component(criterion: Criterion, weight: int, value: float, held: Pair) -> Component:
    assumed = isnan(value)
    level, met = criterion.level(value), criterion.evidence(held)
    zh, en = level.zh, level.en
    if assumed:
        zh, en = f"{zh}，按中性值计入", f"{en}; counts at the neutral value"
    else:
        zh = zh.format(**{name: label.zh for name, label in met.words.items()})
        en = en.format(**{name: label.en for name, label in met.words.items()})
        if met.assumed:
            zh += f"（{'、'.join(label.zh for label in met.assumed)}未知，按中性值计）"
            en += f" (unknown, taken at the neutral value: {', '.join(p.en for p in met.assumed)})"
    quantised = thousandths(known(value, held.tables.neutral))
    return Component(
        criterion=criterion.key,
        pillar=criterion.pillar,
        weight=weight,
        value=None if assumed else quantised,
        points=points(weight, quantised),
        assumed=assumed,
        band=level.key,
        zh=zh,
        en=en,
        investor_value=met.investor_value,
        gap_value=met.gap_value,
        evidence=list(met.facts),
        source=criterion.source,
    )


def _fdi_relevance(held: Pair, weights: tuple[int, ...], result: Score) -> int | None:
    """The two axes by their weights, 0…1000; null for domestic investors."""
    if held.investor.facts.origin is Origin.DOMESTIC:
        return None
    axes = [
        (weight, thousandths(known(value, held.tables.neutral)))
        for criterion, weight, value in zip(CRITERIA, weights, result.values, strict=True)
        if criterion.key in FDI_AXES
    ]
    whole = sum(weight for weight, _ in axes)
    return (2 * sum(w * v for w, v in axes) + whole) // (2 * whole) if whole else None
