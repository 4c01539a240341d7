"""What single changes open to the investor would add, to the exact point.

They are information, never a condition of approval: investment law forbids forced transfer of
technology, and local-content demands are barred by trade rules, so local sourcing is not among
them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matching.criterion import Label
from matching.engine import Scored, blocking_gate, is_in_pool, score_pair
from matching.facts import InvestorFacts
from matching.preparing import prepare_investor
from matching.profiles import Pair, pair
from matching.ruleset import Ruleset
from matching.text.placement import Placer
from matching.vocabulary import SmartManufacturing

NOT_A_CONDITION = Label(
    "（仅供参考，不构成审批条件）", " (for information; never a condition of approval)"
)

Value = bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One change of the investor's fields and what it would add to the score (basis points)."""

    change: dict[str, Value]
    points: int
    zh: str
    en: str


def counterfactuals(scored: Scored, rules: Ruleset, placer: Placer) -> list[Counterfactual]:
    """The changes that would add points, most first; applying one gives exactly score + points."""
    held = scored.pair
    found: list[Counterfactual] = []
    for change, label in _open_changes(held):
        changed = _changed(held.investor.facts, change)
        profile = prepare_investor(changed, rules.reference, placer)
        after = pair(profile, held.gap, held.tables, held.reference)
        if not is_in_pool(after) or blocking_gate(after):
            continue
        gain = score_pair(after, rules).score.score - scored.score.score
        if gain > 0:
            zh, en = label.zh + NOT_A_CONDITION.zh, label.en + NOT_A_CONDITION.en
            found.append(Counterfactual(change, gain, zh, en))
    return sorted(found, key=lambda c: -c.points)


def _open_changes(held: Pair) -> Iterator[tuple[dict[str, Value], Label]]:
    facts, gap = held.investor.facts, held.gap.facts
    if not facts.rd_centre_committed:
        yield (
            {"rd_centre_committed": True},
            Label("若承诺设立研发中心", "If an R&D centre is committed to"),
        )
    wanted = gap.investment_min_cny
    if wanted and (facts.plan_cny is None or facts.plan_cny < wanted):
        yield (
            {"planned_investment_max_cny": wanted},
            Label("若计划投资达到需求下限", "If the plan is raised to the wanted minimum"),
        )
    level = gap.technology_level_wanted
    if level is not None and (facts.technology_level is None or facts.technology_level < level):
        yield (
            {"technology_level": level},
            Label("若技术水平达到需求", "If the technology level meets what is wanted"),
        )
    if len(facts.smart_manufacturing) < len(SmartManufacturing):
        yield (
            {"smart_manufacturing": tuple(SmartManufacturing)},
            Label("若全面实施智造六化", "If all six aspects of smart manufacturing are brought"),
        )
    link = held.gap.link
    if link.name_zh not in facts.products and not held.fit.neighbour:
        yield (
            {"products": (*facts.products, link.name_zh)},
            Label(
                f"若确有该产品并写明“{link.name_zh}”",
                f"If it does make this and names “{link.name_en}” among its products",
            ),
        )


def _changed(facts: InvestorFacts, change: dict[str, Value]) -> InvestorFacts:
    return replace(facts, **change)  # pyright: ignore[reportArgumentType] — names are fields of facts
